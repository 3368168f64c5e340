import { html, nothing } from 'lit';
import { PRESETS, score } from '../../lib/policy.js';
import { ATTRIBUTES, plural } from '../../lib/words.js';
import { say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

/** Cards to start from. Choosing one puts aside what the draft says of thresholds and links. */
class PolicyPresets extends View {
  static properties = { document: { attribute: false }, presets: { attribute: false }, widest: { type: Boolean } };

  choose(name) {
    const { thresholds, maxLinks, preset, mode } = this.document;
    const before = { thresholds, maxLinks, preset, mode };
    const chosen = this.presets.find((p) => p.name === name);
    this.tell({ preset: name, thresholds: null, maxLinks: null, mode: chosen?.mode ?? null });
    if (thresholds || maxLinks != null) {
      this.hush?.();
      this.hush = say('Your own thresholds and links made room for the preset’s.', { action: 'Undo', act: () => this.tell({ thresholds: null, maxLinks: null, preset: null, mode: null, ...before }) });
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.hush?.(); // what it would undo is not at hand any more
  }

  tell(changes) {
    this.dispatchEvent(new CustomEvent('policy-edit', { bubbles: true, detail: changes }));
  }

  render() {
    return html`<section class="card"><fieldset class="bare">
      <legend><h2>Start from</h2></legend>
      <div class="presets">
        ${this.presets.map((p) => this.renderCard(p))}
        ${this.widest ? nothing : html`<label class="preset"><input type="radio" name="preset" .checked=${!this.document.preset} @change=${() => this.choose(null)}><span class="name">None</span><span class="text">Thresholds and links as the wider policy has them, but for what you set below.</span></label>`}
      </div>
    </fieldset></section>`;
  }

  renderCard(p) {
    const [name, text] = PRESETS[p.name] ?? [p.name, ''];
    const held = ['toxicity', 'spam', 'insult'].map((a) => p.thresholds[a]?.hold != null && `${ATTRIBUTES[a].toLowerCase()} ${score(p.thresholds[a].hold)}`).filter(Boolean);
    return html`<label class="preset">
      <input type="radio" name="preset" .checked=${this.document.preset === p.name} @change=${() => this.choose(p.name)}>
      <span class="name">${name}</span>
      <span class="text">${text}</span>
      <span class="soft">${held.length ? `Holds from ${held.join(', ')}` : 'Holds nothing by score'}; ${p.maxLinks === 0 ? 'no link' : `up to ${plural(p.maxLinks, 'link', 'links')}`} unheld.</span>
    </label>`;
  }
}

define('policy-presets', PolicyPresets);
