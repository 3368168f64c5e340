import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { field } from '../../ui/parts.js';
import { faultOf, lines, rest } from '../../ui/form.js';
import { say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

export const metadataOf = ({ url, title, authors, categories, publishedAt }) => ({ url, title, authors, categories, publishedAt });

/** `2026-05-04T10:00` as a field of the browser has it, in the reader's own time. */
function local(at) {
  if (!at) return '';
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Registers an article, or changes what is known of one. Tells by `article-changed`, or `article-left`. */
class ArticleForm extends View {
  static properties = { tenant: {}, site: { attribute: false }, article: { attribute: false }, fault: { state: true }, working: { state: true } };

  firstUpdated() {
    this.querySelector('input')?.focus();
  }

  async send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const text = (name) => String(form.get(name) ?? '').trim();
    const key = this.article?.key ?? text('key');
    const metadata = {
      title: text('title') || null,
      url: text('url') || null,
      authors: lines(form.get('authors')),
      categories: text('categories').split(/[,\n]/).map((c) => c.trim()).filter(Boolean),
      publishedAt: text('publishedAt') ? new Date(text('publishedAt')).toISOString() : null,
    };
    this.working = true;
    this.fault = null;
    try {
      const article = await within(this.tenant).put(`/sites/${this.site.id}/articles/${encodeURIComponent(key)}`, { open: this.article?.open ?? true, metadata });
      say('Saved.', { kind: 'good', seconds: 4 });
      this.dispatchEvent(new CustomEvent('article-changed', { detail: { article, made: !this.article }, bubbles: true }));
    } catch (e) {
      this.fault = e;
      await this.updateComplete;
      this.querySelector('.faulty input, .faulty textarea')?.focus();
    } finally {
      this.working = false;
    }
  }

  render() {
    const a = this.article ?? { authors: [], categories: [] };
    const wrong = (name) => faultOf(this.fault, name);
    return html`<form @submit=${this.send}>
      ${this.article ? nothing : field('art-key', 'Key', html`<input id="art-key" name="key" required maxlength="512" pattern="[A-Za-z0-9._~\\-]+" autocomplete="off">`, { hint: 'What names it in your system, as in the snippet.', fault: wrong('article') || wrong('key') })}
      ${field('art-title', 'Title', html`<input id="art-title" name="title" maxlength="300" autocomplete="off" .value=${a.title ?? ''}>`, { fault: wrong('title') })}
      ${field('art-url', 'Address', html`<input id="art-url" name="url" type="url" maxlength="2000" autocomplete="off" .value=${a.url ?? ''}>`, { fault: wrong('url') })}
      ${field('art-authors', 'Authors', html`<textarea id="art-authors" name="authors" rows="2" maxlength="2500" .value=${a.authors.join('\n')}></textarea>`, { hint: 'One in each line.', fault: wrong('authors') })}
      ${field('art-categories', 'Categories', html`<input id="art-categories" name="categories" maxlength="1300" autocomplete="off" .value=${a.categories.join(', ')}>`, { hint: 'With commas between. They decide which policy counts.', fault: wrong('categories') })}
      ${field('art-published', 'Published at', html`<input id="art-published" name="publishedAt" type="datetime-local" .value=${local(a.publishedAt)}>`, { fault: wrong('publishedAt') })}
      ${rest(this.fault, 'article', 'key', 'title', 'url', 'authors', 'categories', 'publishedAt')}
      <div class="row apart"><button ?disabled=${this.working}>Save</button><button type="button" class="plain" @click=${() => this.dispatchEvent(new CustomEvent('article-left'))}>Cancel</button></div>
    </form>`;
  }
}

define('article-form', ArticleForm);
