import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { Page } from '../../ui/page.js';
import { copied } from '../../ui/copy.js';
import { busy, failed, heading } from '../../ui/parts.js';
import { define } from '../../ui/view.js';
import { publicOrigin } from '../start/snippet.js';
import './admin.css';
import './site-form.js';
import './site-secret.js';

/** One site: what is set of it, what to paste into its pages, what its readers see. */
class SitePage extends Page {
  static properties = { ...Page.properties, site: { state: true }, articles: { state: true } };

  asks() {
    return this.params.site;
  }

  async load(signal) {
    const api = within(this.tenant);
    const { items } = await api.get('/sites', {}, signal);
    const site = items.find((s) => s.id === this.params.site) ?? null;
    this.articles = site ? (await api.get(`/sites/${site.id}/articles`, { limit: 20 }, signal)).items : [];
    this.site = site;
  }

  get snippet() {
    return `<script async src="${publicOrigin()}/embed.js"></script>\n<parley-comments site="${this.site.key}" article="KEY-OF-THE-ARTICLE"></parley-comments>`;
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (this.site === undefined) return busy();
    if (!this.site) return html`${heading('Site')}<p>There is no such site. <a href="/console/${this.tenant}/sites">All sites</a></p>`;
    const { site, tenant } = this;
    return html`
      <p class="back"><a href="/console/${tenant}/sites">← Sites</a></p>
      ${heading(site.name, html`<a href="/console/${tenant}/articles?site=${site.id}">Articles</a> <a href="/console/${tenant}/policies/edit?scope=SITE&ref=${site.id}">Policy of this site</a>`, html`Key <code>${site.key}</code>`)}
      <div class="columns">
        <section class="card"><h2>Settings</h2><site-form .tenant=${tenant} .site=${site} @site-changed=${(e) => (this.site = e.detail)}></site-form></section>
        <div class="stack">
          <section class="card"><h2>Paste this into your pages</h2>
            <p>Into the template of your articles, where the comments shall stand. In place of <code>KEY-OF-THE-ARTICLE</code> goes what names an article in your system, such as its number.</p>
            ${copied(this.snippet, 'The snippet', 'Snippet')}
            <p class="hint">An article is known here from its first comment on. Its title and address are taken from your page.</p>
          </section>
          <section class="card secret"><h2>Secret</h2><site-secret .tenant=${tenant} .site=${site}></site-secret></section>
        </div>
      </div>
      <section class="card block"><h2>What readers see</h2>${this.renderPreview()}</section>`;
  }

  /** A frame may be shown by pages of the site's origins alone: this page can show it only if it is one of them. */
  renderPreview() {
    const [article] = this.articles;
    if (!article) return html`<p class="soft">Once the site has an article, its comments can be seen here. Add one under <a href="/console/${this.tenant}/articles?site=${this.site.id}">Articles</a>, or let a page with the snippet be commented on.</p>`;
    const address = `${publicOrigin()}/embed/${this.site.key}/${encodeURIComponent(article.key)}`;
    const framed = this.site.origins.includes(location.origin);
    return html`
      <p>The comments of “${article.title ?? article.key}”${article.url ? html` (<a href=${article.url} target="_blank" rel="noopener">its page<span class="unseen"> in a new tab</span></a>)` : nothing}. <a href=${address} target="_blank" rel="noopener">Open them in a new tab</a></p>
      ${framed
        ? html`<iframe class="preview" title="Comments as readers see them" src=${address} loading="lazy"></iframe><p class="hint">This is the real thing: what you send here is sent.</p>`
        : html`<p class="soft">They can’t be shown on this page: only pages of the site may, and the console (${location.origin}) is none of them. That keeps others from dressing up your form. In a tab of their own they look as they do on your pages.</p>`}`;
  }
}

define('site-page', SitePage);
