import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { EVENTS } from '../../lib/webhooks.js';
import { faultOf, rest, siteTicks } from '../../ui/form.js';
import { field } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';

/** A webhook to be made or changed; fires `webhook-done` with the answer, or with nothing if it was left. */
class WebhookForm extends View {
  static properties = { tenant: {}, sites: { attribute: false }, webhook: { attribute: false }, fault: { state: true }, working: { state: true } };

  async send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const asked = {
      address: form.get('address').trim(),
      description: form.get('description').trim(),
      events: form.getAll('events'),
      sites: form.getAll('sites'),
      enabled: this.webhook ? form.has('enabled') : true,
    };
    this.working = true;
    this.fault = null;
    try {
      const at = within(this.tenant);
      this.done(await (this.webhook ? at.put(`/webhooks/${this.webhook.id}`, asked) : at.post('/webhooks', asked)));
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  done(detail) {
    this.dispatchEvent(new CustomEvent('webhook-done', { detail, bubbles: true }));
  }

  render() {
    const hook = this.webhook;
    const wrong = (name) => faultOf(this.fault, name);
    return html`<form @submit=${this.send}>
      ${field('hook-address', 'Address', html`<input id="hook-address" name="address" type="url" required maxlength="500" autocomplete="off" .value=${hook?.address ?? ''}>`, { hint: 'Where your program listens: https and a name.', fault: wrong('address') })}
      ${field('hook-description', 'What for', html`<input id="hook-description" name="description" maxlength="200" autocomplete="off" .value=${hook?.description ?? ''}>`, { hint: 'For your colleagues; may be left empty.', fault: wrong('description') })}
      <fieldset class="ticks"><legend>Tell it when</legend>
        ${Object.entries(EVENTS).map(([type, words]) => html`<label><input type="checkbox" name="events" value=${type} ?checked=${hook ? hook.events.includes(type) : true}> ${words}</label>`)}
        ${wrong('events') ? html`<p class="fault" role="alert">Tick at least one.</p>` : nothing}
      </fieldset>
      ${siteTicks('sites', this.sites, hook?.sites)}
      ${wrong('sites') ? html`<p class="fault" role="alert">${wrong('sites')}</p>` : nothing}
      ${hook ? html`<fieldset class="ticks"><legend>State</legend><label><input type="checkbox" name="enabled" ?checked=${hook.enabled}> Switched on</label></fieldset>` : nothing}
      ${rest(this.fault, 'address', 'description', 'events', 'sites')}
      <div class="row apart"><button ?disabled=${this.working}>${hook ? 'Save' : 'Add it'}</button>
        ${hook ? html`<button type="button" class="plain" @click=${() => this.done(null)}>Leave it</button>` : nothing}</div>
    </form>`;
  }
}

define('webhook-form', WebhookForm);
