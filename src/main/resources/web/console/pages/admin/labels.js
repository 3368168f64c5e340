import { html } from 'lit';
import { within } from '../../lib/api.js';
import { failed } from '../../ui/parts.js';
import { ask, say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

/** Texts that programs suggested scores for. */
class LabelPart extends View {
  static properties = { tenant: {}, some: { state: true } };

  get at() {
    return within(this.tenant);
  }

  async load(signal) {
    this.some = (await this.at.get('/labels', { limit: 1 }, signal)).items.length > 0;
  }

  async clear() {
    const done = await ask({
      title: 'Delete all labels?',
      text: 'Texts and scores that programs suggested are gone for good. Download them first if you still want them.',
      confirm: 'Delete all',
      kind: 'bad',
      act: () => this.at.remove('/labels'),
    });
    if (!done) return;
    this.some = false;
    say('All labels are deleted.', { kind: 'good' });
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    return html`<section class="block card"><h2>Labels</h2>
      <p>Texts that your programs suggested better scores for, kept for training. Addresses and phone numbers in them are masked.</p>
      ${this.some
        ? html`<div class="row apart"><a href=${this.at.url('/labels/export')} download="labels-${this.tenant}.jsonl">Download all</a> <button class="plain" @click=${this.clear}>Delete all…</button></div>`
        : html`<p class="soft">There are none.</p>`}
    </section>`;
  }
}

define('label-part', LabelPart);
