import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { articleOf } from '../../lib/articles.js';
import { draftOf } from '../../lib/draft.js';
import { SCOPES, sentences } from '../../lib/policy.js';
import { go } from '../../lib/router.js';
import { count } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, failed, field, heading, table, tag, when } from '../../ui/parts.js';
import { define } from '../../ui/view.js';
import { pathOf, people, placeName } from './common.js';
import './policies.css';

const ABOUT = {
  TENANT: 'Holds for every site, unless something narrower below says otherwise.',
  SITE: 'Each on top of the one for everything.',
  CATEGORY: 'On top of that of an article’s site. Of several categories the strictest counts.',
  ARTICLE: 'The narrowest: on top of all others.',
};

const TRIALS = { RUNNING: ['running', 'waiting'], DONE: ['done', 'good'], CANCELLED: ['cancelled', 'gone'], FAILED: ['failed', 'bad'] };

/** The policies in force, widest first: what each says of its own, who changed it last, and why. */
class PoliciesPage extends Page {
  static properties = { ...Page.properties, policies: { state: true }, chosen: { state: true } };

  constructor() {
    super();
    this.chosen = 'SITE';
  }

  async load(signal) {
    const api = within(this.tenant);
    const [policies, sites, who, trials] = await Promise.all([
      api.get('/policies', {}, signal),
      api.get('/sites', {}, signal),
      people(this.tenant, signal),
      api.get('/policies/simulations', {}, signal).catch((e) => (e.name === 'AbortError' ? Promise.reject(e) : { items: [] })),
    ]);
    const articles = policies.items.filter((p) => p.scope === 'ARTICLE');
    this.articles = await Promise.all(articles.map((p) => articleOf(this.tenant, p.scopeRef, signal)));
    Object.assign(this, { sites: sites.items, who, trials: trials.items, policies: policies.items });
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.policies) return busy();
    return html`
      ${heading('Policies', nothing, 'What becomes of a comment when it is sent: it appears, it waits for a moderator, or it is rejected. What a narrower policy leaves out comes from the wider one.')}
      <div class="policies">
        ${Object.keys(SCOPES).map((scope) => this.renderScope(scope))}
        ${this.renderAdd()}
        ${this.renderTrials()}
      </div>`;
  }

  renderScope(scope) {
    const found = this.policies.filter((p) => p.scope === scope);
    if (scope === 'TENANT' && found.length === 0) return html`<section><h2>For everything</h2><p class="soft">${ABOUT.TENANT}</p>${this.renderUnset()}</section>`;
    if (found.length === 0) return nothing;
    const titles = { TENANT: 'For everything', SITE: 'Sites', CATEGORY: 'Categories', ARTICLE: 'Articles' };
    return html`<section><h2>${titles[scope]}</h2><p class="soft">${ABOUT[scope]}</p>${found.map((p) => this.renderPolicy(p))}</section>`;
  }

  renderUnset() {
    const place = { scope: 'TENANT', ref: '' };
    return html`<article class="card policy">
      <div class="row between"><h3>The preset Balanced</h3>${this.renderActions(place, 0)}</div>
      <p>Nothing was changed yet. Comments appear at once; what is likely hostile or advertising waits, and so does every link.</p>
    </article>`;
  }

  renderPolicy(p) {
    const place = { scope: p.scope, ref: p.scopeRef };
    const name = placeName(place, this.sites, this.articles);
    const said = sentences(p.document);
    return html`<article class="card policy">
      <div class="row between"><h3>${p.scope === 'TENANT' ? this.me.tenantName : name}</h3>${this.renderActions(place, p.version, name)}</div>
      ${said.length ? html`<ul class="says">${said.map((s) => html`<li>${s}</li>`)}</ul>` : html`<p>Says nothing of its own: all of it comes from the wider policy.</p>`}
      <p class="soft">Version ${count(p.version)} by ${this.who(p.createdBy)}, ${when(p.createdAt)}: “${p.reason}”</p>
    </article>`;
  }

  renderActions(place, version, name = 'Everything') {
    const draft = draftOf(this.tenant, place);
    return html`<div class="row">
      ${draft ? tag('Your draft is open', 'waiting') : nothing}
      <a href=${pathOf(this.tenant, '/edit', place)} aria-label="Change: ${name}">Change</a>
      ${version > 0 ? html`<a href=${pathOf(this.tenant, '/history', place)} aria-label="Versions: ${name}">Versions</a>` : nothing}
    </div>`;
  }

  renderAdd() {
    const taken = (scope) => new Set(this.policies.filter((p) => p.scope === scope).map((p) => p.scopeRef));
    const sites = this.sites.filter((s) => !taken('SITE').has(s.id));
    return html`<section><h2>Another policy</h2>
      <form class="card add" @submit=${this.add}>
        ${field('add-scope', 'For', html`<select id="add-scope" @change=${(e) => (this.chosen = e.target.value)}>
          <option value="SITE" ?selected=${this.chosen === 'SITE'}>one site</option>
          <option value="CATEGORY" ?selected=${this.chosen === 'CATEGORY'}>a category of articles</option>
          <option value="ARTICLE" ?selected=${this.chosen === 'ARTICLE'}>one article</option>
        </select>`)}
        ${this.chosen === 'SITE'
          ? sites.length
            ? field('add-ref', 'Site', html`<select id="add-ref" name="ref">${sites.map((s) => html`<option value=${s.id}>${s.name}</option>`)}</select>`)
            : html`<p class="soft grow">Every site has one already.</p>`
          : nothing}
        ${this.chosen === 'CATEGORY' ? field('add-ref', 'Category', html`<input id="add-ref" name="ref" maxlength="60" required autocomplete="off">`) : nothing}
        ${this.chosen === 'ARTICLE' ? this.renderArticles() : nothing}
        <button class="plain" ?disabled=${this.chosen === 'SITE' && !sites.length}>Write it</button>
      </form></section>`;
  }

  renderArticles() {
    return html`
      ${field('add-site', 'Site', html`<select id="add-site" name="site">${this.sites.map((s) => html`<option value=${s.id}>${s.name}</option>`)}</select>`)}
      ${field('add-ref', 'Key of the article', html`<input id="add-ref" name="ref" maxlength="512" required autocomplete="off">`, { fault: this.fault })}`;
  }

  async add(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    let ref = String(form.get('ref') ?? '').trim();
    this.fault = '';
    if (this.chosen === 'ARTICLE') {
      const found = await within(this.tenant).get(`/sites/${form.get('site')}/articles`, { q: ref, limit: 50 });
      const article = found.items.find((a) => a.key === ref);
      if (!article) {
        this.fault = 'This site has no article with that key.';
        return this.requestUpdate();
      }
      ref = article.id;
    }
    if (ref) go(pathOf(this.tenant, '/edit', { scope: this.chosen, ref }));
  }

  renderTrials() {
    if (this.trials.length === 0) return nothing;
    return html`<section><h2>Tried on the past</h2>
      ${table('What was tried on past comments, newest first', [
        { title: 'When', cell: (t) => html`<a href=${`/console/${this.tenant}/policies/try?id=${t.id}`}>${when(t.createdAt)}</a>` },
        { title: 'For', cell: (t) => html`${t.model ? 'Your own model, ' : nothing}${placeName({ scope: t.scope, ref: t.scopeRef }, this.sites, this.articles)}` },
        { title: 'By', cell: (t) => this.who(t.by) },
        { title: 'Comments', number: true, cell: (t) => count(t.total) },
        { title: 'State', cell: (t) => tag(...TRIALS[t.state]) },
      ], this.trials)}</section>`;
  }
}

define('policies-page', PoliciesPage);
