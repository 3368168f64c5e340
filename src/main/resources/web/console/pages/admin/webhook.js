import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { go } from '../../lib/router.js';
import { DELIVERY_STATES, OFF_BY_ITSELF, eventOf, hostOf, isOffByItself, learnt, outcomeOf } from '../../lib/webhooks.js';
import { plural, time } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, empty, failed, heading, notice, table, tag, when } from '../../ui/parts.js';
import { ask, complain, say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import './admin.css';
import './webhook-form.js';
import { newSecret } from './webhook-secret.js';
import { hookState } from './webhooks.js';

/** One webhook: what was sent, what was not, and its secret. */
class WebhookPage extends Page {
  static properties = { ...Page.properties, hook: { state: true }, sites: { state: true }, secret: { state: true }, editing: { state: true }, only: { state: true }, items: { state: true }, cursor: { state: true } };

  asks() {
    return this.params.webhook;
  }

  get path() {
    return `/webhooks/${this.params.webhook}`;
  }

  get at() {
    return within(this.tenant);
  }

  async load(signal) {
    const [hooks, sites, page] = await Promise.all([
      this.at.get('/webhooks', {}, signal),
      this.at.get('/sites', {}, signal),
      this.at.get(`${this.path}/deliveries`, { state: this.only, limit: 50 }, signal),
    ]);
    const hook = hooks.items.find((h) => h.id === this.params.webhook);
    Object.assign(this, { hook, sites: sites.items, items: page.items, cursor: page.cursor ?? null });
    learnt(this.tenant, hooks.items);
  }

  async loadMore() {
    try {
      const page = await this.at.get(`${this.path}/deliveries`, { state: this.only, limit: 50, cursor: this.cursor });
      this.items = [...this.items, ...page.items];
      this.cursor = page.cursor ?? null;
    } catch (e) {
      complain(e);
    }
  }

  show(event) {
    this.only = event.target.value;
    this.reload();
  }

  /** Does something, says so, and looks again. */
  async act(work, words) {
    try {
      await work();
      say(words, { kind: 'good' });
      await this.reload();
    } catch (e) {
      complain(e);
    }
  }

  test() {
    return this.act(() => this.at.post(`${this.path}/tests`), 'A test is on its way. Look again in a moment to see what became of it.');
  }

  replay(delivery) {
    return this.act(() => this.at.post(`${this.path}/deliveries/${delivery.id}/replay`), 'It is sent again.');
  }

  replayDead() {
    return this.act(() => this.at.post(`${this.path}/replays`), 'What was given up is sent again.');
  }

  /** Switches it on, or leaves off what was switched off by itself: then the notice of it goes. */
  switchTo(enabled) {
    const { address, description, events, sites } = this.hook;
    return this.act(() => this.at.put(this.path, { address, description, events, sites, enabled }), enabled ? 'It is switched on; what waited is on its way.' : 'It stays off.');
  }

  async rotate() {
    const made = await ask({
      title: 'Make a new secret?',
      text: html`<p>For a day, messages are signed with both, so that your program can go over to the new one. You can end that earlier.</p>`,
      confirm: 'Make a new one',
      act: () => this.at.post(`${this.path}/secrets`),
    });
    if (!made) return;
    this.hook = made.webhook;
    this.secret = made.secret;
    await this.updateComplete;
    this.querySelector('.made h2')?.focus();
  }

  endPrevious() {
    return this.act(() => this.at.remove(`${this.path}/secrets/previous`), 'The former secret signs no more.');
  }

  async expel() {
    const done = await ask({
      title: 'Delete this webhook?',
      text: 'Its log is deleted too, and what waits is not sent.',
      confirm: 'Delete',
      kind: 'bad',
      act: () => this.at.remove(this.path),
    });
    if (!done) return;
    say('The webhook is deleted.', { kind: 'good' });
    go(`/console/${this.tenant}/webhooks`);
  }

  async changed({ detail }) {
    this.editing = false;
    if (detail) await this.reload();
    await this.updateComplete;
    this.querySelector('.change')?.focus();
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.hook) return busy();
    const { hook } = this;
    return html`
      <p class="back"><a href="/console/${this.tenant}/webhooks">Webhooks</a></p>
      ${heading(hostOf(hook.address), html`<button ?disabled=${!hook.enabled} @click=${this.test}>Send a test</button>`, hook.description || nothing)}
      ${isOffByItself(hook)
        ? notice('waiting', `It was switched off by itself: ${OFF_BY_ITSELF[hook.disabledBecause]}. No messages are made for it while it is off.`, html`<div class="row apart"><button @click=${() => this.switchTo(true)}>Switch it on</button><button class="plain" @click=${() => this.switchTo(false)}>Leave it off</button></div>`)
        : nothing}
      ${this.secret ? newSecret(this.secret, () => (this.secret = null)) : nothing}
      <section class="card narrow"><div class="row between"><h2>How it does</h2>${hookState(hook)}</div>
        ${this.editing
          ? html`<webhook-form .tenant=${this.tenant} .sites=${this.sites} .webhook=${hook} @webhook-done=${this.changed}></webhook-form>`
          : html`<dl class="facts">
              <dt>Address</dt><dd><code>${hook.address}</code></dd>
              <dt>Told when</dt><dd>${hook.events.map(eventOf).join('; ')}</dd>
              ${hook.failingSince ? html`<dt>Fails since</dt><dd>${time(hook.failingSince)}</dd>` : nothing}
              ${hook.askedUntil ? html`<dt>Asked not to be called</dt><dd>until ${time(hook.askedUntil)}</dd>` : nothing}
              ${hook.retryAt ? html`<dt>Next trial</dt><dd>${time(hook.retryAt)}</dd>` : nothing}
              ${hook.previousSecretUntil ? html`<dt>Former secret</dt><dd>signs too until ${time(hook.previousSecretUntil)} <button class="plain small" @click=${this.endPrevious}>End it now</button></dd>` : nothing}
            </dl>
            <div class="row apart"><button class="plain change" @click=${() => (this.editing = true)}>Change</button>
              <button class="plain" @click=${this.rotate}>Make a new secret…</button>
              <button class="plain" @click=${this.expel}>Delete…</button></div>`}
      </section>
      ${this.renderLog()}`;
  }

  renderLog() {
    const { hook } = this;
    return html`<section class="block"><h2>Deliveries</h2>
      <div class="filters"><div><label for="hook-only">Show</label><select id="hook-only" @change=${this.show}>
          <option value="">Everything</option>
          ${Object.entries(DELIVERY_STATES).map(([code, [words]]) => html`<option value=${code} ?selected=${code === this.only}>What ${code === 'WAITING' ? words : `was ${words}`}</option>`)}</select></div>
        <button class="plain" @click=${() => this.reload()}>Look again</button>
        ${hook.dead > 0 && hook.enabled ? html`<button class="plain" @click=${this.replayDead}>Send ${plural(hook.dead, 'given-up one', 'given-up ones')} again</button>` : nothing}</div>
      ${this.items.length === 0 ? empty('Nothing here', 'What is sent stands here for 30 days.') : table('Deliveries, newest first', [
        { title: 'What', cell: (d) => html`${eventOf(d.type)}${d.comment ? html`<div class="soft"><a href="/console/${this.tenant}/comments/${d.comment}">the comment</a></div>` : nothing}` },
        { title: 'When', cell: (d) => when(d.createdAt) },
        { title: 'State', cell: (d) => html`${tag(...DELIVERY_STATES[d.state])}<div class="soft">${outcomeOf(d)}</div>` },
        { title: 'Attempts', number: true, cell: (d) => d.attempts },
        { title: 'Next', cell: (d) => (d.dueAt ? time(d.dueAt) : nothing) },
        { title: 'Actions', cell: (d) => (d.state === 'WAITING' || !hook.enabled ? nothing : html`<button class="plain small" aria-label="Send again: ${eventOf(d.type)}, ${time(d.createdAt)}" @click=${() => this.replay(d)}>Send again</button>`) },
      ], this.items)}
      ${this.cursor ? html`<p class="more"><button class="plain" @click=${this.loadMore}>Show more</button></p>` : nothing}
    </section>`;
  }
}

define('webhook-page', WebhookPage);
