import { html, nothing, render } from 'lit';
import { within } from '../lib/api.js';
import { count, date, time } from '../lib/words.js';
import { busy, failed, heading, state, tag, when } from '../ui/parts.js';
import { ask, complain, say } from '../ui/talk.js';
import { View, define } from '../ui/view.js';
import './records.css';

const COUNTS = [['published', 'Published'], ['held', 'Waiting'], ['rejected', 'Rejected'], ['withdrawn', 'Taken back']];
const TERMS = [['7', 'For a week'], ['30', 'For 30 days'], ['365', 'For a year'], ['', 'Until it is lifted']];
const DAY_MS = 86_400_000;

/** A commenter: what they wrote, how it stands, what is held against them. */
class CommenterPage extends View {
  static properties = { tenant: {}, me: { attribute: false }, commenter: {}, history: { state: true } };

  get at() {
    return within(this.tenant);
  }

  get path() {
    return `/commenters/${this.commenter}`;
  }

  willUpdate(changed) {
    if (this.hasUpdated && (changed.has('commenter') || changed.has('tenant'))) {
      this.history = null;
      this.reload();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.hide?.();
  }

  async load(signal) {
    this.history = await this.at.get(this.path, {}, signal);
  }

  async ban() {
    const made = await ask({
      title: `Ban ${this.history.commenter.name}?`,
      text: 'Everything sent at their address is held from now on. They are not told that they are banned.',
      confirm: 'Ban',
      kind: 'bad',
      fields: [
        { name: 'reason', type: 'textarea', label: 'Reason', required: true, hint: 'For colleagues and the trail.' },
        { name: 'days', type: 'select', label: 'How long', options: TERMS, value: '30' },
      ],
      act: ({ reason, days }) => this.at.post(`${this.path}/sanctions`, { kind: 'BAN', reason, ...(days && { until: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }) }),
    });
    if (!made) return;
    say('Banned', { seconds: 4 });
    this.reload();
  }

  async lift(sanction) {
    const sure = await ask({ title: 'Lift the ban?', text: 'What they send is judged like anybody’s again. What is held stays held.', confirm: 'Lift it', act: () => this.at.remove(`${this.path}/sanctions/${sanction.id}`) });
    if (!sure) return;
    say('Lifted', { seconds: 4 });
    this.reload();
  }

  /** The address stands in a dialog alone; with the dialog, the page or the tab it is gone. */
  async reveal() {
    await ask({
      title: 'Reveal the address?',
      text: html`<p>Addresses are kept sealed. Each look is written into the trail, with your name and reason, and can’t be taken out.</p>`,
      confirm: 'Reveal',
      fields: [{ name: 'reason', type: 'textarea', label: 'Why do you need it?', required: true }],
      act: async ({ reason }) => {
        const { address } = await this.at.post(`${this.path}/email-reveals`, { reason });
        this.show(address);
      },
    });
  }

  show(address) {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.setAttribute('aria-labelledby', 'address-title');
    const hide = () => {
      window.removeEventListener('pagehide', hide);
      dialog.remove();
      this.hide = null;
    };
    this.hide = hide;
    window.addEventListener('pagehide', hide);
    dialog.addEventListener('close', hide);
    render(
      html`<h2 id="address-title">Address of ${this.history.commenter.name}</h2><p class="r-address">${address}</p><p class="soft">It is shown this once. Your look is in the trail.</p>
        <form method="dialog" class="row end"><button autofocus>Hide it</button></form>`,
      dialog,
    );
    dialog.showModal();
  }

  async erase() {
    const { name } = this.history.commenter;
    const sure = await ask({
      title: 'Erase the address?',
      text: 'The sealed address is destroyed for good. Comments stay; mails, bans and the proof of the address go with it.',
      confirm: 'Erase the address',
      kind: 'bad',
      fields: [{ name: 'name', label: `Type the name to confirm: ${name}`, required: true, must: name }],
      act: () => this.at.remove(`${this.path}/address`),
    });
    if (!sure) return;
    say('The address is erased', { seconds: 5 });
    this.reload();
  }

  render() {
    if (!this.history) return this.problem ? html`${heading('Commenter')}${failed(this.problem, () => this.reload())}` : html`${heading('Commenter')}${busy()}`;
    const { commenter, banned, comments, counts = {}, sanctions = [] } = this.history;
    const admin = this.me.role === 'ADMIN';
    return html`
      ${heading(commenter.name, html`${banned ? tag('Banned', 'bad') : html`<button class="plain" @click=${this.ban}>Ban…</button>`}${admin && !commenter.erased ? html`<button class="plain" @click=${this.reveal}>Reveal address…</button><button class="plain" @click=${this.erase}>Erase address…</button>` : nothing}`)}
      ${this.problem ? failed(this.problem, () => this.reload()) : nothing}
      <p class="r-line soft"><span>${commenter.erased ? 'had everything erased' : commenter.verified ? 'address confirmed' : 'address not confirmed'}</span><span>since ${date(commenter.createdAt)}</span>${commenter.website ? html`<span>gave ${commenter.website}</span>` : nothing}</p>
      <dl class="r-counts">${COUNTS.map(([name, title]) => html`<div><dt>${title}</dt><dd>${count(counts[name])}</dd></div>`)}</dl>
      ${sanctions.length > 0 ? this.renderSanctions(sanctions) : nothing}
      <section><h2>Comments</h2>
        ${comments.length === 0 ? html`<p class="soft">None that you may see.</p>` : html`<ol class="r-list plain-list">${comments.map((one) => html`<li>${this.renderComment(one)}</li>`)}</ol>`}
        <p class="r-more"><a href="/console/${this.tenant}/comments?commenter=${commenter.id}">Search all of their comments</a></p>
      </section>`;
  }

  renderSanctions(sanctions) {
    return html`<section class="r-sanctions"><h2>Bans</h2><ul class="plain-list">${sanctions.map((one) => {
      const over = one.liftedAt || (one.until && Date.parse(one.until) < Date.now());
      return html`<li class="card"><p>${one.reason}</p><p class="r-line soft"><span>from ${time(one.createdAt)}</span><span>${one.liftedAt ? `lifted ${time(one.liftedAt)}` : one.until ? `until ${time(one.until)}` : 'until it is lifted'}</span>
        ${over ? nothing : html`<button class="plain r-chip" @click=${() => this.lift(one).catch(complain)}>Lift…</button>`}</p></li>`;
    })}</ul></section>`;
  }

  renderComment(one) {
    return html`<p class="r-line">${state(one.status)} ${one.spam ? tag('Spam', 'bad') : nothing} <span class="soft">${when(one.createdAt)}</span>${one.article ? html`<span class="soft">${one.article.title ?? one.article.key ?? ''}</span>` : nothing}</p>
      <a class="r-body" dir="auto" href="/console/${this.tenant}/comments/${one.id}">${one.body ?? 'Its text is not kept.'}</a>`;
  }
}

define('commenter-page', CommenterPage);
