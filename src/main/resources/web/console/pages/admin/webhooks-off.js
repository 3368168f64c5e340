import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { OFF_BY_ITSELF, hostOf, isOffByItself, onWebhooks } from '../../lib/webhooks.js';
import { plural } from '../../lib/words.js';
import { notice } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';

/**
 * Tells admins, on whichever page they are, of webhooks that were switched off by themselves: nobody mails it. Stays
 * until they are switched on, left off or deleted. Asks once, and then hears of what the pages of webhooks learn.
 */
class WebhooksOff extends View {
  static properties = { tenant: {}, off: { state: true } };

  constructor() {
    super();
    this.off = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.deaf = onWebhooks((tenant, hooks) => tenant === this.tenant && this.take(hooks));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.deaf();
  }

  async load(signal) {
    this.off = [];
    this.take((await within(this.tenant).get('/webhooks', {}, signal)).items);
  }

  take(hooks) {
    this.off = hooks.filter(isOffByItself);
  }

  willUpdate(changed) {
    if (changed.get('tenant') !== undefined) this.reload();
  }

  render() {
    const [first, ...others] = this.off;
    if (!first) return nothing;
    const all = `/console/${this.tenant}/webhooks`;
    return others.length
      ? notice('bad', html`<strong>${plural(this.off.length, 'webhook was', 'webhooks were')} switched off</strong>, since nothing got through. What happens to comments is not told to them.`, html`<p><a href=${all}>Look at them</a></p>`)
      : notice('bad', html`<strong>The webhook to ${hostOf(first.address)} was switched off:</strong> ${OFF_BY_ITSELF[first.disabledBecause]}. What happens to comments is not told to it.`, html`<p><a href="${all}/${first.id}">Look at it</a></p>`);
  }
}

define('webhooks-off', WebhooksOff);
