import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { go } from '../../lib/router.js';
import { field } from '../../ui/parts.js';
import { say } from '../../ui/talk.js';
import { ORIGIN, faultOf, languageOptions, lines, originOf, rest } from '../../ui/form.js';
import { View, define } from '../../ui/view.js';

/** Makes a site, or changes one if `site` is given. Tells by `site-changed`. */
class SiteForm extends View {
  static properties = { tenant: {}, site: { attribute: false }, key: { state: true }, fault: { state: true }, working: { state: true } };

  propose(event) {
    if (this.site || this.typed) return;
    this.key = event.target.value.toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);
  }

  async send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const origins = [...new Set(lines(form.get('origins')).map(originOf))];
    const wrong = origins.find((origin) => !ORIGIN.test(origin));
    if (wrong) {
      this.fault = { errors: [{ field: 'origins', detail: `“${wrong}” is not an address such as https://news.example` }] };
      await this.updateComplete;
      this.querySelector('#site-origins').focus();
      return;
    }
    const data = { name: String(form.get('name')).trim(), language: form.get('language'), origins };
    this.working = true;
    this.fault = null;
    try {
      const api = within(this.tenant);
      if (this.site) {
        const site = await api.put(`/sites/${this.site.id}`, data);
        say('Saved. Pages that are open keep what they had; others follow at once.', { kind: 'good', seconds: 6 });
        this.dispatchEvent(new CustomEvent('site-changed', { detail: site, bubbles: true }));
      } else {
        const site = await api.post('/sites', { ...data, key: String(form.get('key')).trim() });
        say(`${site.name} is added. Now paste its snippet into your pages.`, { kind: 'good' });
        go(`/console/${this.tenant}/sites/${site.id}`);
      }
    } catch (e) {
      this.fault = e;
      await this.updateComplete;
      this.querySelector('.faulty input, .faulty textarea')?.focus();
    } finally {
      this.working = false;
    }
  }

  render() {
    const { site } = this;
    return html`<form @submit=${this.send}>
      ${field('site-name', 'Name', html`<input id="site-name" name="name" required maxlength="120" autocomplete="off" .value=${site?.name ?? ''} @input=${this.propose}>`, { fault: faultOf(this.fault, 'name') })}
      ${site ? nothing : field('site-key', 'Key', html`<input id="site-key" name="key" required minlength="3" maxlength="64" pattern="[a-z0-9][a-z0-9\\-]{1,62}[a-z0-9]" autocomplete="off" .value=${this.key ?? ''} @input=${(e) => ((this.typed = true), (this.key = e.target.value))}>`, { hint: 'Stands in the snippet: a–z, 0–9 and hyphens. It can’t be changed later.', fault: faultOf(this.fault, 'key') })}
      ${field('site-language', 'Language', html`<select id="site-language" name="language">${languageOptions(site?.language)}</select>`, { hint: 'What most of its readers write. It decides in doubt, and is the language of the form and of mails.', fault: faultOf(this.fault, 'language') })}
      ${field('site-origins', 'Where its pages are', html`<textarea id="site-origins" class="code" name="origins" rows="3" required maxlength="5000" spellcheck="false" autocomplete="off" placeholder="https://news.example" .value=${(site?.origins ?? []).join('\n')}></textarea>`, { hint: 'The beginnings of their addresses, one in each line, with and without “www” if both are used. Only these pages may show your comments and send new ones.', fault: faultOf(this.fault, 'origins') })}
      ${rest(this.fault, 'name', 'key', 'language', 'origins')}
      <div class="row apart"><button ?disabled=${this.working}>${site ? 'Save' : 'Add the site'}</button></div>
    </form>`;
  }
}

define('site-form', SiteForm);
