import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { language } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, empty, failed, heading, table } from '../../ui/parts.js';
import { define } from '../../ui/view.js';
import './admin.css';
import './site-form.js';

/** The sites of a tenant. */
class SitesPage extends Page {
  static properties = { ...Page.properties, sites: { state: true }, adding: { state: true } };

  async load(signal) {
    this.sites = (await within(this.tenant).get('/sites', {}, signal)).items;
  }

  async add() {
    this.adding = !this.adding;
    await this.updateComplete;
    (this.querySelector('site-form input') ?? this.querySelector('.add-site'))?.focus();
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.sites) return busy();
    return html`
      ${heading('Sites', html`<button class="add-site ${this.adding ? 'plain' : ''}" aria-expanded=${Boolean(this.adding)} @click=${this.add}>${this.adding ? 'Close' : 'Add a site'}</button>`, 'Where your readers read. Each has a key of its own, which its pages use to show comments, and may have a policy of its own.')}
      ${this.adding ? html`<div class="card narrow"><h2>A new site</h2><site-form .tenant=${this.tenant}></site-form></div><hr>` : nothing}
      ${this.sites.length === 0
        ? empty('No site yet', 'Add the first one: then its pages can show comments.')
        : table('Sites', [
            { title: 'Name', cell: (s) => html`<a href="/console/${this.tenant}/sites/${s.id}">${s.name}</a>` },
            { title: 'Key', cell: (s) => html`<code>${s.key}</code>` },
            { title: 'Language', cell: (s) => language(s.language) },
            { title: 'Its pages are at', cell: (s) => html`<ul class="lines">${s.origins.map((o) => html`<li>${o}</li>`)}</ul>` },
            { title: 'More', cell: (s) => html`<a href="/console/${this.tenant}/articles?site=${s.id}" aria-label="Articles of ${s.name}">Articles</a>` },
          ], this.sites)}`;
  }
}

define('sites-page', SitesPage);
