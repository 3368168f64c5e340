import { html, nothing } from 'lit';
import { articleOf } from '../lib/articles.js';
import { ask } from '../lib/router.js';
import { STATES, language } from '../lib/words.js';
import { isChosen } from '../ui/form.js';
import { heading, state, tag, when } from '../ui/parts.js';
import { Paged } from '../ui/paged.js';
import { define } from '../ui/view.js';
import './records.css';

const NAMES = ['q', 'status', 'site', 'language', 'from', 'to', 'article', 'commenter'];
const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt', 'pl', 'ru', 'tr', 'ar', 'uk'];

/** All comments, to be searched. */
class CommentsPage extends Paged {
  static properties = { sites: { state: true }, article: { state: true } };

  source = '/comments';

  constructor() {
    super();
    this.sites = [];
  }

  get nothing() {
    return ['Nothing found', 'Every word has to occur in the text or the name. Fewer words or a wider time find more.'];
  }

  get asked() {
    const { q, status, site, article, commenter, language: code, from, to } = this.query;
    return { q, status: status === 'SPAM' ? undefined : status, spam: status === 'SPAM' ? true : undefined, site, article, commenter, language: code, from, to };
  }

  async load(signal) {
    if (this.sites.length === 0) this.at.get('/sites', {}, signal).then((page) => (this.sites = page.items), () => {});
    this.nameArticle(signal);
    await super.load(signal);
  }

  /** What the one article is called, once that is known; the list does not wait for it. */
  nameArticle(signal) {
    const { article: id } = this.query;
    if (this.article?.id === id) return;
    this.article = null;
    if (id) articleOf(this.tenant, id, signal).then((article) => id === this.query.article && (this.article = article), () => {});
  }

  send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    ask(Object.fromEntries(NAMES.filter((name) => form.has(name)).map((name) => [name, String(form.get(name)).trim()])));
  }

  render() {
    const { query } = this;
    const options = (name, all) => html`<option value="" ?selected=${!query[name]}>All</option>${all.map(([value, text]) => html`<option value=${value} ?selected=${value === query[name]}>${text}</option>`)}`;
    return html`
      ${heading('Comments')}
      <form class="r-search" role="search" aria-label="Comments" @submit=${this.send} @change=${(e) => isChosen(e) && e.currentTarget.requestSubmit()}>
        <div class="r-words"><label class="unseen" for="r-q">Words in the text or the name</label>
          <input id="r-q" name="q" type="search" maxlength="200" placeholder="Words in the text or the name" .value=${query.q ?? ''}><button>Search</button></div>
        <div class="r-choices">
          <div><label for="r-status">State</label><select id="r-status" name="status" class="small">${options('status', [...Object.entries(STATES), ['SPAM', 'Spam']])}</select></div>
          ${this.sites.length > 1 ? html`<div><label for="r-site">Site</label><select id="r-site" name="site" class="small">${options('site', this.sites.map((site) => [site.key, site.name]))}</select></div>` : nothing}
          <div><label for="r-language">Language</label><select id="r-language" name="language" class="small">${options('language', LANGUAGES.map((code) => [code, language(code)]))}</select></div>
          <div><label for="r-from">From</label><input id="r-from" name="from" type="date" .value=${query.from ?? ''}></div>
          <div><label for="r-to">To</label><input id="r-to" name="to" type="date" .value=${query.to ?? ''}></div>
        </div>
        ${query.article || query.commenter
          ? html`<p class="row">${query.article ? html`<button type="button" class="plain r-chip" @click=${() => ask({ article: null })}>${this.article ? `Only “${this.article.title ?? this.article.key}”` : 'One article only'} <span aria-hidden="true">×</span></button>` : nothing}
              ${query.commenter ? html`<button type="button" class="plain r-chip" @click=${() => ask({ commenter: null })}>One commenter only <span aria-hidden="true">×</span></button>` : nothing}</p>`
          : nothing}
      </form>
      ${this.renderRows('Comments found')}`;
  }

  row({ comment, article, body, spam }) {
    return html`
      <p class="r-line"><strong>${comment.commenter.name}</strong> ${state(comment.status)} ${spam ? tag('Spam', 'bad') : nothing} <span class="soft">${when(comment.createdAt)}${comment.editedAt ? ', edited' : ''}</span></p>
      <a class="r-body" dir="auto" href="/console/${this.tenant}/comments/${comment.id}">${body ?? 'Its text is not kept.'}</a>
      <p class="r-line"><button class="r-quiet" title="Search in this article only" @click=${() => ask({ article: article.id })}>${article.title ?? article.key}</button></p>`;
  }
}

define('comments-page', CommentsPage);
