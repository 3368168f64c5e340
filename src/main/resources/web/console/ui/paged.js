import { html, nothing } from 'lit';
import { within } from '../lib/api.js';
import { busy, empty, failed } from './parts.js';
import { View } from './view.js';

/**
 * A page that asks for something and shows it bit by bit. Subclasses have `source` (path under the tenant), `asked` (what
 * the address asks for, as the API wants it), `row(item)` and `nothing` (`[title, text]`).
 */
export class Paged extends View {
  static properties = { tenant: {}, query: { attribute: false }, items: { state: true }, cursor: { state: true }, more: { state: true } };

  get at() {
    return within(this.tenant);
  }

  willUpdate() {
    const key = JSON.stringify([this.tenant, this.asked]);
    if (this.hasUpdated && key !== this.key) this.reload();
    this.key = key;
  }

  async load(signal) {
    const page = await this.at.get(this.source, { ...this.asked, limit: 50 }, signal);
    this.items = page.items;
    this.cursor = page.cursor ?? null;
  }

  async loadMore() {
    if (this.more) return;
    this.more = true;
    try {
      const page = await this.at.get(this.source, { ...this.asked, limit: 50, cursor: this.cursor });
      this.items = [...this.items, ...page.items];
      this.cursor = page.cursor ?? null;
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.more = false;
    }
  }

  renderRows(label) {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.items) return busy();
    if (this.items.length === 0) return empty(...this.nothing);
    return html`
      <ol class="r-list plain-list" aria-label=${label} aria-busy=${this.loading}>${this.items.map((item) => html`<li>${this.row(item)}</li>`)}</ol>
      ${this.cursor ? html`<p class="r-more"><button class="plain" ?disabled=${this.more} @click=${this.loadMore}>Show more</button></p>` : nothing}`;
  }
}
