import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { DISABLED, hostOf, learnt } from '../../lib/webhooks.js';
import { count, plural } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, empty, failed, heading, table, tag } from '../../ui/parts.js';
import { define } from '../../ui/view.js';
import './admin.css';
import './webhook-form.js';
import { newSecret } from './webhook-secret.js';

/** How a webhook does, as a tag. */
export function hookState(hook) {
  if (!hook.enabled) return tag(DISABLED[hook.disabledBecause], 'gone');
  if (hook.askedUntil) return tag('asked for time', 'waiting');
  if (hook.retryAt) return tag('gets nothing through', 'bad');
  if (hook.failingSince) return tag('fails', 'waiting');
  return tag('works', 'good');
}

/** Programs of the tenant's own that are told of events. */
class WebhooksPage extends Page {
  static properties = { ...Page.properties, hooks: { state: true }, sites: { state: true }, making: { state: true }, secret: { state: true } };

  async load(signal) {
    const at = within(this.tenant);
    const [hooks, sites] = await Promise.all([at.get('/webhooks', {}, signal), at.get('/sites', {}, signal)]);
    this.secret = null;
    Object.assign(this, { hooks: hooks.items, sites: sites.items });
    learnt(this.tenant, hooks.items);
  }

  async open() {
    this.making = !this.making;
    await this.updateComplete;
    (this.querySelector('webhook-form input') ?? this.querySelector('.make'))?.focus();
  }

  async made({ detail }) {
    this.hooks = [...this.hooks, detail.webhook];
    this.secret = detail.secret;
    this.making = false;
    await this.updateComplete;
    this.querySelector('.made h2')?.focus();
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.hooks) return busy();
    return html`
      ${heading('Webhooks', html`<button class="make ${this.making ? 'plain' : ''}" aria-expanded=${Boolean(this.making)} @click=${this.open}>${this.making ? 'Close' : 'Add a webhook'}</button>`, 'Programs of yours that are told what happens to comments, by signed messages that hold ids only: no name, no text, no address.')}
      ${this.making ? html`<div class="card narrow"><h2>A new webhook</h2><webhook-form .tenant=${this.tenant} .sites=${this.sites} @webhook-done=${this.made}></webhook-form></div><hr>` : nothing}
      ${this.secret ? newSecret(this.secret, () => (this.secret = null)) : nothing}
      ${this.hooks.length === 0 ? empty('No webhook yet', 'Add one for each program that wants to know.') : table('Webhooks', [
        { title: 'Address', cell: (h) => html`<a href="/console/${this.tenant}/webhooks/${h.id}">${hostOf(h.address)}</a>${h.description ? html`<div class="soft">${h.description}</div>` : nothing}` },
        { title: 'Told of', cell: (h) => plural(h.events.length, 'event', 'events') },
        { title: 'Sites', cell: (h) => (h.sites.length ? h.sites.map((id) => this.sites.find((s) => s.id === id)?.name ?? 'a site that is gone').join(', ') : 'all') },
        { title: 'Wait', number: true, cell: (h) => count(h.waiting) },
        { title: 'Given up', number: true, cell: (h) => count(h.dead) },
        { title: 'State', cell: hookState },
      ], this.hooks)}`;
  }
}

define('webhooks-page', WebhooksPage);
