import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { ask } from '../../lib/router.js';
import { ACTS, actOf, actorOf, factsOf, gistOf, subjectPath } from '../../lib/trail.js';
import { time } from '../../lib/words.js';
import { isChosen } from '../../ui/form.js';
import { Page } from '../../ui/page.js';
import { busy, empty, failed, heading } from '../../ui/parts.js';
import { complain } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import './admin.css';
import './verification.js';

const NAMES = ['action', 'actor', 'subject', 'from', 'to'];
const upper = (text) => text[0].toUpperCase() + text.slice(1);

/** Who did what and when. Filters stand in the address. */
class AuditPage extends Page {
  static properties = { ...Page.properties, entries: { state: true }, cursor: { state: true }, members: { state: true }, more: { state: true } };

  asks() {
    return JSON.stringify(this.filter);
  }

  get at() {
    return within(this.tenant);
  }

  get filter() {
    return Object.fromEntries(NAMES.map((name) => [name, this.query[name]]));
  }

  async load(signal) {
    this.members ??= (await this.at.get('/members', {}, signal)).items;
    const page = await this.at.get('/audit', { ...this.filter, limit: 50 }, signal);
    this.entries = page.items;
    this.cursor = page.cursor ?? null;
  }

  async loadMore() {
    this.more = true;
    try {
      const page = await this.at.get('/audit', { ...this.filter, limit: 50, cursor: this.cursor });
      this.entries = [...this.entries, ...page.items];
      this.cursor = page.cursor ?? null;
    } catch (e) {
      complain(e);
    } finally {
      this.more = false;
    }
  }

  send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    ask(Object.fromEntries(NAMES.map((name) => [name, String(form.get(name) ?? '').trim()])));
  }

  render() {
    const { from, to } = this.filter;
    return html`
      ${heading('Audit trail', html`<a href=${this.at.url('/audit/export', { from, to })} download="audit-${this.tenant}.ndjson">Download${from || to ? ' these days' : ''}</a>`, 'Whatever staff does here stands in this trail, chained so that nothing can be changed or left out unseen. It holds no address and no reader’s text.')}
      <audit-verification .tenant=${this.tenant}></audit-verification>
      ${this.renderFilters()}
      ${this.problem ? failed(this.problem, () => this.reload()) : this.renderEntries()}`;
  }

  renderFilters() {
    const { action, actor, subject, from, to } = this.filter;
    const some = NAMES.some((name) => this.query[name]);
    return html`<form class="filters block" role="search" aria-label="Audit trail" @submit=${this.send} @change=${(e) => isChosen(e) && e.currentTarget.requestSubmit()}>
      <div><label for="au-action">What</label><select id="au-action" name="action"><option value="">Everything</option>
        ${Object.entries(ACTS).map(([code, words]) => html`<option value=${code} ?selected=${code === action}>${upper(words)}</option>`)}</select></div>
      <div><label for="au-actor">Who</label><select id="au-actor" name="actor"><option value="">Everybody</option>
        ${(this.members ?? []).map((m) => html`<option value=${m.id} ?selected=${m.id === actor}>${m.name}</option>`)}
        <option value="parley" ?selected=${actor === 'parley'}>Parley</option>
        ${actor && actor !== 'parley' && !(this.members ?? []).some((m) => m.id === actor) ? html`<option value=${actor} selected>Somebody else</option>` : nothing}</select></div>
      <div><label for="au-from">From</label><input id="au-from" name="from" type="date" .value=${from ?? ''}></div>
      <div><label for="au-to">To</label><input id="au-to" name="to" type="date" .value=${to ?? ''}></div>
      <div class="wide"><label for="au-subject">Id of what it was done to</label><input id="au-subject" name="subject" maxlength="255" autocomplete="off" .value=${subject ?? ''}></div>
      <button class="plain">Show</button>
      ${some ? html`<button type="button" class="plain" @click=${() => ask(Object.fromEntries(NAMES.map((name) => [name, null])))}>All</button>` : nothing}
    </form>`;
  }

  renderEntries() {
    if (!this.entries) return busy();
    if (this.entries.length === 0) return empty('Nothing found', 'No entry fits. Fewer conditions or more days find more.');
    return html`<ol class="trail plain-list" aria-label="Entries, newest first" aria-busy=${this.loading}>${this.entries.map((e) => html`<li>${this.renderEntry(e)}</li>`)}</ol>
      ${this.cursor ? html`<p class="more"><button class="plain" ?disabled=${this.more} @click=${this.loadMore}>Show more</button></p>` : nothing}`;
  }

  renderEntry(entry) {
    const path = subjectPath(this.tenant, entry);
    const facts = factsOf(entry.detail);
    return html`<time datetime=${entry.at}>${time(entry.at)}</time>
      <details><summary><strong>${actorOf(entry.actor)}</strong> ${actOf(entry.action)}${gistOf(entry) ? html`<span class="soft">: ${gistOf(entry)}</span>` : nothing}</summary>
          <dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
            <dt>Done to</dt><dd>${path ? html`<a href=${path}>${entry.subjectKind.replace('-', ' ')}</a>` : entry.subjectKind} <code>${entry.subjectId}</code>
              <button class="plain small" aria-label="Show all about this ${entry.subjectKind}" @click=${() => ask({ subject: entry.subjectId, action: null, actor: null })}>All about it</button></dd>
            <dt>Entry</dt><dd><code>${entry.id}</code></dd></dl></details>`;
  }
}

define('audit-page', AuditPage);
