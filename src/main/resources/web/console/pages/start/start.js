import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { Page } from '../../ui/page.js';
import { busy, failed, heading } from '../../ui/parts.js';
import { define } from '../../ui/view.js';
import { TRIAL } from './comment.js';
import './invite.js';
import './preset.js';
import './site.js';
import './snippet.js';
import './start.css';

const PACE = 5_000;

/** The first hour of an admin: what is to be done, each item doing its work in place. */
class StartPage extends Page {
  static properties = { ...Page.properties, state: { state: true }, open: { state: true } };

  constructor() {
    super();
    this.open = null;
  }

  connectedCallback() {
    super.connectedCallback();
    // The snippet and the first comment come from elsewhere: looked for while the page is seen.
    this.ticking = setInterval(() => document.visibilityState === 'visible' && this.isWaiting && this.look().catch(() => {}), PACE);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.ticking);
  }

  get isWaiting() {
    return this.state && this.items.some((i) => !i.done);
  }

  load(signal) {
    return this.look(signal);
  }

  async look(signal) {
    const api = within(this.tenant);
    const [sites, policies, members, invitations, comments] = await Promise.all([
      api.get('/sites', {}, signal),
      api.get('/policies', {}, signal),
      api.get('/members', {}, signal),
      api.get('/invitations', {}, signal),
      api.get('/comments', { limit: 1 }, signal),
    ]);
    const [site] = sites.items;
    const articles = site ? (await api.get(`/sites/${site.id}/articles`, { limit: 20 }, signal)).items : [];
    this.state = {
      sites: sites.items,
      site,
      article: articles.find((a) => a.key !== TRIAL),
      trial: articles.find((a) => a.key === TRIAL),
      policy: policies.items.find((p) => p.scope === 'TENANT'),
      members: members.items,
      invitations: invitations.items.filter((i) => i.state === 'OPEN'),
      comment: comments.items[0],
    };
  }

  get items() {
    const { tenant, state } = this;
    const { sites, site, article, policy, members, invitations, comment } = state;
    return [
      { key: 'site', title: 'Add your site', done: sites.length > 0, said: site && `${site.name}, ${site.origins.join(', ')}`, view: () => html`<start-site .tenant=${tenant}></start-site>` },
      { key: 'snippet', title: 'Paste the snippet', done: Boolean(article), said: article && `The first article was seen: ${article.title ?? article.key}`, needs: site, view: () => html`<start-snippet .site=${site} .seen=${article}></start-snippet>` },
      { key: 'preset', title: 'Choose what is held', done: Boolean(policy), said: policy && `Set in version ${policy.version}: “${policy.reason}”`, view: () => html`<start-preset .tenant=${tenant}></start-preset>` },
      { key: 'invite', title: 'Invite a moderator', done: members.length > 1 || invitations.length > 0, said: members.length > 1 ? `${members.length} people are in` : invitations[0] && `${invitations[0].name} is invited`, view: () => html`<start-invite .tenant=${tenant}></start-invite>` },
      { key: 'comment', title: 'Write the first comment', done: Boolean(comment), said: comment && 'The first comment is there', needs: site, view: () => html`<start-comment .tenant=${tenant} .site=${site} .article=${article ?? state.trial}></start-comment>` },
    ];
  }

  /** Something was done: show it, and go on to what is open next. */
  async moved() {
    this.open = null;
    await this.look();
    await this.updateComplete;
    this.querySelector('.step[data-now] h2, .all-done')?.focus();
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.state) return busy();
    const { items } = this;
    const done = items.filter((i) => i.done).length;
    const now = items.find((i) => !i.done && (i.needs !== undefined || !('needs' in i)))?.key;
    return html`
      ${heading('Get started', nothing, 'Five things until readers can comment and somebody looks after it. Come back whenever you like; what is done stays done.')}
      <p class="progress-line"><progress max=${items.length} .value=${done} aria-label="Done"></progress> <span role="status">${done} of ${items.length} done</span></p>
      <ol class="steps" @start-moved=${() => this.moved()}>${items.map((i, n) => this.renderItem(i, n + 1, now))}</ol>
      ${done === items.length ? html`<p class="notice good all-done" tabindex="-1">All is set up. What waits for a decision is in the <a href=${`/console/${this.tenant}/queue`}>queue</a>.</p>` : nothing}`;
  }

  renderItem(item, number, now) {
    const blocked = 'needs' in item && !item.needs;
    const isOpen = !blocked && (this.open === item.key || (this.open === null && item.key === now));
    return html`<li class="card step ${item.done ? 'done' : ''}" ?data-now=${item.key === now}>
      <div class="row between">
        <h2 tabindex="-1"><span class="mark" aria-hidden="true">${item.done ? '✓' : number}</span>${item.title}<span class="unseen">: ${item.done ? 'done' : 'open'}</span></h2>
        ${blocked || (isOpen && item.key === now) ? nothing : html`<button class="plain small" aria-expanded=${isOpen} aria-label="${isOpen ? 'Close' : 'Show'}: ${item.title}" @click=${() => (this.open = isOpen ? '' : item.key)}>${isOpen ? 'Close' : 'Show'}</button>`}
      </div>
      ${item.said && item.done ? html`<p class="soft">${item.said}</p>` : nothing}
      ${blocked ? html`<p class="soft">Once there is a site.</p>` : nothing}
      ${isOpen ? html`<div class="work">${item.view()}</div>` : nothing}
    </li>`;
  }
}

define('start-page', StartPage);
