import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { within } from '../../lib/api.js';
import { articleOf } from '../../lib/articles.js';
import { ask } from '../../lib/router.js';
import { count, date } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, empty, failed, heading, tag } from '../../ui/parts.js';
import { complain, say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import { metadataOf } from './article-form.js';
import './admin.css';

const EDIT = 'edit';

/** Articles of one site at a time. The site, the search and the article that is being changed stand in the address. */
class ArticlesPage extends Page {
  static properties = { ...Page.properties, sites: { state: true }, items: { state: true }, cursor: { state: true }, more: { state: true } };

  asks() {
    const { site, q, open } = this.query;
    return JSON.stringify([site, q, open]);
  }

  get at() {
    return within(this.tenant);
  }

  async load(signal) {
    const id = this.query[EDIT];
    const [sites, edited] = await Promise.all([this.at.get('/sites', {}, signal), id && id !== 'new' ? articleOf(this.tenant, id, signal) : null]);
    this.sites = sites.items;
    this.site = this.sites.find((s) => s.id === (this.query.site ?? edited?.siteId)) ?? this.sites[0];
    this.apart = edited?.siteId === this.site?.id ? edited : null;
    const page = this.site ? await this.ask({}, signal) : { items: [] };
    this.items = page.items;
    this.cursor = page.cursor ?? null;
  }

  ask(more, signal) {
    const { q, open } = this.query;
    return this.at.get(`/sites/${this.site.id}/articles`, { q, open, limit: 50, ...more }, signal);
  }

  async loadMore() {
    this.more = true;
    try {
      const page = await this.ask({ cursor: this.cursor });
      this.items = [...this.items, ...page.items];
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
    ask({ site: form.get('site'), q: String(form.get('q') ?? '').trim(), open: form.get('open'), [EDIT]: null });
  }

  /** At once on the page; back if the server refuses. */
  async toggle(article) {
    const open = !article.open;
    this.replace(article, { open });
    try {
      this.replace(article, await this.at.put(`/sites/${this.site.id}/articles/${encodeURIComponent(article.key)}`, { open, metadata: metadataOf(article) }));
      say(open ? `“${article.title ?? article.key}” takes comments again.` : `“${article.title ?? article.key}” takes no more comments. Those that are there stay.`, { kind: 'good', seconds: 6 });
    } catch (e) {
      this.replace(article, { open: article.open });
      complain(e);
    }
  }

  replace(article, changes) {
    this.items = this.items.map((a) => (a.id === article.id ? { ...a, ...changes } : a));
    if (this.apart?.id === article.id) this.apart = { ...this.apart, ...changes };
  }

  changed(event) {
    const { article, made } = event.detail;
    if (made) this.items = [{ comments: 0, pending: 0, ...article }, ...this.items.filter((a) => a.id !== article.id)];
    else this.replace(article, article);
    this.close();
  }

  async close() {
    const was = this.query[EDIT];
    ask({ [EDIT]: null });
    await this.updateComplete;
    this.querySelector(`[data-article="${was}"]`)?.focus();
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.items) return busy();
    if (!this.site) return html`${heading('Articles')}${empty('No site yet', 'Articles belong to a site.', html`<p><a href="/console/${this.tenant}/sites">Add a site</a></p>`)}`;
    const { query } = this;
    const adding = query[EDIT] === 'new';
    // An address may name one that is not among the newest.
    const edited = this.items.find((a) => a.id === query[EDIT]) ?? (this.apart?.id === query[EDIT] ? this.apart : undefined);
    return html`
      ${heading('Articles', html`<button class=${adding ? 'plain' : ''} data-article="new" aria-expanded=${adding} @click=${() => (adding ? this.close() : ask({ [EDIT]: 'new' }))}>${adding ? 'Close' : 'Add an article'}</button>`, 'An article is known from its first comment on. What you set here counts over what a reader’s page said.')}
      <form class="filters" role="search" aria-label="Articles" @submit=${this.send} @change=${(e) => e.target.matches('select') && e.currentTarget.requestSubmit()}>
        ${this.sites.length > 1 ? html`<div><label for="a-site">Site</label><select id="a-site" name="site">${this.sites.map((s) => html`<option value=${s.id} ?selected=${s === this.site}>${s.name}</option>`)}</select></div>` : nothing}
        <div class="wide"><label for="a-q">Words in title, key or address</label><input id="a-q" name="q" type="search" maxlength="100" .value=${query.q ?? ''}></div>
        <div><label for="a-open">Comments</label><select id="a-open" name="open">${[['', 'All'], ['true', 'Open'], ['false', 'Closed']].map(([value, name]) => html`<option value=${value} ?selected=${value === (query.open ?? '')}>${name}</option>`)}</select></div>
        <button class="plain">Search</button>
      </form>
      ${adding ? html`<div class="card narrow"><h2>An article of ${this.site.name}</h2><article-form .tenant=${this.tenant} .site=${this.site} @article-changed=${this.changed} @article-left=${this.close}></article-form></div><hr>` : nothing}
      ${edited ? html`<div class="card narrow"><h2>Change “${edited.title ?? edited.key}”</h2>${keyed(edited.id, html`<article-form .tenant=${this.tenant} .site=${this.site} .article=${edited} @article-changed=${this.changed} @article-left=${this.close}></article-form>`)}</div><hr>` : nothing}
      ${this.items.length === 0 ? empty('No article found', query.q || query.open ? 'Fewer words find more.' : 'They appear here by themselves with their first comments.') : this.renderRows()}`;
  }

  renderRows() {
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label="Articles" aria-busy=${this.loading}><table>
        <caption class="unseen">Articles, newest first</caption>
        <thead><tr><th scope="col">Article</th><th scope="col">Categories</th><th scope="col" class="number">Comments</th><th scope="col" class="number">Waiting</th><th scope="col">State</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
        <tbody>${this.items.map((a) => this.renderRow(a))}</tbody></table></div>
      ${this.cursor ? html`<p class="more"><button class="plain" ?disabled=${this.more} @click=${this.loadMore}>Show more</button></p>` : nothing}`;
  }

  renderRow(a) {
    const name = a.title ?? a.key;
    const at = `/console/${this.tenant}`;
    return html`<tr class="art">
      <td>${a.url ? html`<a href=${a.url} target="_blank" rel="noopener">${name}<span class="unseen"> in a new tab</span></a>` : name}
        <div class="soft">${[a.key !== name && a.key, a.authors.join(', '), date(a.publishedAt)].filter(Boolean).join(' · ')}</div></td>
      <td>${a.categories.map((c) => html`${tag(c)} `)}${a.provisional ? html`<div class="soft" title="Its categories don’t steer the policy until you save them here, or your server signs them.">known from a reader’s page only</div>` : nothing}</td>
      <td class="number"><a href="${at}/comments?article=${a.id}" aria-label="${count(a.comments)} comments on ${name}">${count(a.comments)}</a></td>
      <td class="number">${count(a.pending)}</td>
      <td>${a.open ? tag('Open', 'good') : tag('Closed', 'gone')}</td>
      <td class="acts"><div class="row">
        <button class="plain small" aria-label="${a.open ? 'Close' : 'Open'}: ${name}" @click=${() => this.toggle(a)}>${a.open ? 'Close' : 'Open'}</button>
        <button class="plain small" aria-label="Change: ${name}" data-article=${a.id} @click=${() => ask({ [EDIT]: a.id })}>Change</button>
        <a href="${at}/policies/edit?scope=ARTICLE&ref=${a.id}" aria-label="Policy of ${name}">Policy</a>
      </div></td></tr>`;
  }
}

define('articles-page', ArticlesPage);
