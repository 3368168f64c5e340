import { html } from 'lit';
import { within } from '../lib/api.js';
import { busy, empty, failed, heading } from '../ui/parts.js';
import { View, define } from '../ui/view.js';

/** What waits for a moderator. */
class QueuePage extends View {
  static properties = { tenant: {}, me: { attribute: false }, query: { attribute: false }, items: { state: true } };

  async load(signal) {
    this.items = (await within(this.tenant).get('/queue', { limit: 50 }, signal)).items;
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.items) return busy();
    if (this.items.length === 0) return html`${heading('Queue')}${empty('Nothing waits', 'Every comment is decided.')}`;
    return html`${heading('Queue')}<ul class="plain-list">${this.items.map((i) => html`<li class="card">${i.written.body}</li>`)}</ul>`;
  }
}

define('queue-page', QueuePage);
