import { html } from 'lit';
import { within } from '../../lib/api.js';
import { language } from '../../lib/words.js';
import { field } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'ru', 'uk', 'ar', 'tr'];

/** A site from its name and its address; the rest is proposed. */
class StartSite extends View {
  static properties = { tenant: {}, fault: { state: true }, working: { state: true }, key: { state: true } };

  propose(event) {
    if (this.keyTyped) return;
    this.key = event.target.value.toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);
  }

  async add(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const typed = String(form.get('origins')).split(/[\s,]+/).filter(Boolean);
    const origins = [...new Set(typed.map(originOf))];
    this.working = true;
    this.fault = null;
    try {
      await within(this.tenant).post('/sites', { key: form.get('key').trim(), name: form.get('name').trim(), language: form.get('language'), origins });
      this.dispatchEvent(new CustomEvent('start-moved', { bubbles: true }));
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  render() {
    const wrong = (name) => this.fault?.of?.(name) || this.fault?.errors?.filter((e) => e.field.startsWith(name)).map((e) => e.detail).join(', ') || '';
    return html`<form @submit=${this.add}>
      ${field('site-name', 'Name', html`<input id="site-name" name="name" required maxlength="120" autocomplete="off" @input=${this.propose}>`, { fault: wrong('name') })}
      ${field('site-origins', 'Where readers open it', html`<input id="site-origins" name="origins" required maxlength="500" autocomplete="off" inputmode="url" placeholder="https://news.example">`, { hint: 'The beginning of its addresses; several with spaces between, say with and without “www”. Only these pages may show your comments.', fault: wrong('origins') })}
      ${field('site-key', 'Short key', html`<input id="site-key" name="key" required minlength="3" maxlength="64" pattern="[a-z0-9][a-z0-9\\-]{1,62}[a-z0-9]" autocomplete="off" .value=${this.key ?? ''} @input=${(e) => ((this.keyTyped = true), (this.key = e.target.value))}>`, { hint: 'Stands in the snippet; of a–z, 0–9 and hyphens. It can’t be changed later.', fault: wrong('key') })}
      ${field('site-language', 'Language of most comments', html`<select id="site-language" name="language">${LANGUAGES.map((l) => html`<option value=${l}>${language(l)}</option>`)}</select>`)}
      ${this.fault && !this.fault.errors?.length ? html`<p class="fault" role="alert">${this.fault.message}</p>` : ''}
      <button ?disabled=${this.working}>Add the site</button>
    </form>`;
  }
}

/** `https://news.example` of whatever address of it was pasted. */
function originOf(typed) {
  try {
    return new URL(/^https?:\/\//.test(typed) ? typed : `https://${typed}`).origin;
  } catch {
    return typed;
  }
}

define('start-site', StartSite);
