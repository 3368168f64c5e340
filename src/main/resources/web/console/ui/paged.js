import { html, nothing } from 'lit';
import { within } from '../lib/api.js';
import { date } from '../lib/words.js';
import { busy, empty, failed } from './parts.js';
import { View } from './view.js';

/**
 * A page that asks for something and shows it bit by bit. Subclasses have `source` (path under the tenant), `asked` (what
 * the address asks for, as the API wants it), `row(item)` and `nothing` (`[title, text]`).
 */
export class Paged extends View {
  static properties = { tenant: {}, query: { attribute: false }, items: { state: true }, cursor: { state: true }, more: { state: true }, lookedTo: { state: true } };

  get at() {
    return within(this.tenant);
  }

  willUpdate() {
    const key = JSON.stringify([this.tenant, this.asked]);
    if (this.hasUpdated && key !== this.key) this.reload();
    this.key = key;
  }

  async load(signal) {
    this.cursor = null;
    this.lookedTo = null;
    await this.read([], 50, signal);
  }

  async loadMore() {
    if (this.more) return;
    this.more = true;
    try {
      await this.read(this.items, this.items.length + 50, this.asking.signal);
    } catch (problem) {
      if (problem.name !== 'AbortError') this.problem = problem;
    } finally {
      this.more = false;
    }
  }

  /** Reads on behind these until there are so many or no more: a search answers with fewer, and how far back it looked. */
  async read(items, many, signal) {
    let all = items;
    let { cursor } = this;
    do {
      const page = await this.at.get(this.source, { ...this.asked, limit: 50, cursor: cursor ?? undefined }, signal);
      if (signal.aborted) return;
      all = [...all, ...page.items];
      cursor = page.cursor ?? null;
      this.items = all;
      this.cursor = cursor;
      this.lookedTo = page.lookedTo ?? null;
    } while (cursor && all.length < many);
  }

  get searching() {
    return `Looked back to ${date(this.lookedTo)}. Looking further …`;
  }

  renderRows(label) {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.items) return busy();
    const looking = (this.loading || this.more) && this.lookedTo;
    if (this.items.length === 0) return looking ? busy(this.searching) : empty(...this.nothing);
    return html`
      <ol class="r-list plain-list" aria-label=${label} aria-busy=${this.loading}>${this.items.map((item) => html`<li>${this.row(item)}</li>`)}</ol>
      ${looking ? busy(this.searching) : this.cursor ? html`<p class="r-more"><button class="plain" ?disabled=${this.more} @click=${this.loadMore}>Show more</button></p>` : nothing}`;
  }
}
