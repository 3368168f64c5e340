import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { count, date, time } from '../../lib/words.js';
import { copied } from '../../ui/copy.js';
import { faultOf, rest } from '../../ui/form.js';
import { Page } from '../../ui/page.js';
import { busy, empty, failed, field, heading, table, tag } from '../../ui/parts.js';
import { ask, say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import './admin.css';

/** Keys for programs that have texts scored. */
class ApiKeysPage extends Page {
  static properties = { ...Page.properties, keys: { state: true }, made: { state: true }, making: { state: true }, fault: { state: true }, working: { state: true } };

  get at() {
    return within(this.tenant);
  }

  async load(signal) {
    this.made = null;
    this.keys = (await this.at.get('/api-keys', {}, signal)).items;
  }

  async open() {
    this.making = !this.making;
    this.fault = null;
    await this.updateComplete;
    (this.querySelector('#key-name') ?? this.querySelector('.make'))?.focus();
  }

  async make(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const perMinute = Number(form.get('perMinute'));
    const until = form.get('expiresAt');
    this.working = true;
    this.fault = null;
    try {
      const { apiKey, key } = await this.at.post('/api-keys', { name: form.get('name').trim(), ...(perMinute && { perMinute }), ...(until && { expiresAt: new Date(`${until}T23:59:59`).toISOString() }) });
      this.keys = [apiKey, ...this.keys];
      this.made = { name: apiKey.name, key };
      this.making = false;
      await this.updateComplete;
      this.querySelector('.made h2')?.focus();
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  async revoke(key) {
    const done = await ask({
      title: `Revoke the key “${key.name}”?`,
      text: 'Whatever program uses it is refused from its next call on. It can’t be made good again.',
      confirm: 'Revoke',
      kind: 'bad',
      act: () => this.at.remove(`/api-keys/${key.id}`),
    });
    if (!done) return;
    this.keys = this.keys.map((k) => (k === key ? { ...k, revokedAt: new Date().toISOString() } : k));
    if (this.made?.name === key.name) this.made = null;
    say(`“${key.name}” is revoked.`, { kind: 'good' });
  }

  stateOf(key) {
    if (key.revokedAt) return html`${tag('revoked', 'gone')}<div class="soft">${date(key.revokedAt)}</div>`;
    if (key.expiresAt && Date.parse(key.expiresAt) < Date.now()) return html`${tag('expired', 'gone')}<div class="soft">${date(key.expiresAt)}</div>`;
    return html`${tag('good', 'good')}${key.expiresAt ? html`<div class="soft">until ${time(key.expiresAt)}</div>` : nothing}`;
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.keys) return busy();
    return html`
      ${heading('API keys', html`<button class="make ${this.making ? 'plain' : ''}" aria-expanded=${Boolean(this.making)} @click=${this.open}>${this.making ? 'Close' : 'Make a key'}</button>`, 'For programs of yours that have texts scored, those written for Perspective among them. A key can do nothing else: it reads no comment and decides nothing.')}
      ${this.making ? this.renderForm() : nothing}
      ${this.made ? html`<section class="card made narrow"><h2 tabindex="-1">The key “${this.made.name}”</h2>
          <p>Copy it now: it is shown this once, and only its fingerprint is kept.</p>
          ${copied(this.made.key, 'The key')}
          <p><button class="plain small" @click=${() => (this.made = null)}>I have it</button></p></section><hr>` : nothing}
      ${this.keys.length === 0 ? empty('No key yet', 'Make one for each program, so that one can be revoked without the others.') : table('API keys', [
        { title: 'Name', cell: (k) => html`${k.name}<div class="soft"><code>${k.prefix}…</code></div>` },
        { title: 'Texts a minute', number: true, cell: (k) => count(k.perMinute) },
        { title: 'Made', cell: (k) => date(k.createdAt) },
        { title: 'Last used', cell: (k) => (k.lastUsedOn ? date(k.lastUsedOn) : html`<span class="soft">never</span>`) },
        { title: 'State', cell: (k) => this.stateOf(k) },
        { title: 'Actions', cell: (k) => (k.revokedAt ? nothing : html`<button class="plain small" aria-label="Revoke: ${k.name}" @click=${() => this.revoke(k)}>Revoke…</button>`) },
      ], this.keys)}`;
  }

  renderForm() {
    const wrong = (name) => faultOf(this.fault, name);
    return html`<form class="card narrow" @submit=${this.make}><h2>A new key</h2>
      ${field('key-name', 'Name', html`<input id="key-name" name="name" required maxlength="80" autocomplete="off">`, { hint: 'Of the program that will use it.', fault: wrong('name') })}
      ${field('key-rate', 'Texts a minute', html`<input id="key-rate" name="perMinute" type="number" min="1" max="6000" step="1" placeholder="600">`, { hint: 'How many it may have scored; 600 if left empty.', fault: wrong('perMinute') })}
      ${field('key-until', 'Good until the end of', html`<input id="key-until" name="expiresAt" type="date">`, { hint: 'Left empty: until it is revoked.', fault: wrong('expiresAt') })}
      ${rest(this.fault, 'name', 'perMinute', 'expiresAt')}
      <div class="apart"><button ?disabled=${this.working}>Make the key</button></div>
    </form><hr>`;
  }
}

define('api-keys-page', ApiKeysPage);
