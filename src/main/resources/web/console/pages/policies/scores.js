import { html, nothing, svg } from 'lit';
import { score, shareFrom } from '../../lib/policy.js';
import { ATTRIBUTES, count, percent } from '../../lib/words.js';
import { View, define } from '../../ui/view.js';

const NEVER = 101;
const HEIGHT = 44;

const ABOUT = {
  toxicity: 'Rude or hostile enough to make people leave.',
  severe_toxicity: 'Hateful through and through.',
  insult: 'Aimed at a person.',
  profanity: 'Swear words, whoever they are meant for.',
  threat: 'Announces harm to somebody.',
  identity_attack: 'Aimed at people for what they are.',
  spam: 'Advertising and lures.',
};

const position = (value) => (value === null || value === undefined ? NEVER : Math.round(value * 100));
const valueOf = (at) => (at >= NEVER ? null : at / 100);

/**
 * From which score on a comment waits or is rejected, for each attribute, before the tenant's own scores. The handle at
 * the far right means never.
 */
class PolicyScores extends View {
  static properties = { document: { attribute: false }, effective: { attribute: false }, wider: { attribute: false }, distribution: { attribute: false } };

  set(attribute, { hold, reject }) {
    const thresholds = { ...this.document.thresholds, [attribute]: { hold, reject } };
    this.tell(thresholds);
  }

  inherit(attribute) {
    const { [attribute]: _, ...thresholds } = this.document.thresholds;
    this.tell(thresholds);
    this.updateComplete.then(() => this.querySelector(`#hold-${attribute}`)?.focus());
  }

  tell(thresholds) {
    this.dispatchEvent(new CustomEvent('policy-edit', { bubbles: true, detail: { thresholds } }));
  }

  /** The other handle makes way, so that nothing is rejected below where it would wait. */
  move(attribute, which, at, t) {
    const moved = { hold: position(t.hold), reject: position(t.reject), [which]: at };
    if (moved.reject < moved.hold) moved[which === 'hold' ? 'reject' : 'hold'] = at;
    this.set(attribute, { hold: valueOf(moved.hold), reject: valueOf(moved.reject) });
  }

  render() {
    const total = this.distribution?.total ?? 0;
    return html`<section class="card scores"><h2>Scores</h2>
      <p class="hint">Parley scores each comment from 0 (no sign of it) to 1 (almost surely). Move the left handle to where comments begin to wait, the right one to where they are rejected; at the far right it never happens.
        ${total ? html`Behind the handles: your ${count(total)} scored comments of the last 30 days.` : html`There are no comments of your own yet to show behind the handles.`}</p>
      ${Object.keys(ATTRIBUTES).map((a) => this.renderAttribute(a, total))}
    </section>`;
  }

  renderAttribute(a, total) {
    const { value: t } = this.effective.thresholds[a];
    const own = Boolean(this.document.thresholds?.[a]);
    const bins = this.distribution?.attributes?.[a];
    const wider = this.wider.thresholds[a];
    return html`<fieldset class="attribute bare">
      <legend><h3>${ATTRIBUTES[a]}</h3><span class="hint">${ABOUT[a]}</span></legend>
      <div class="dial">
        ${this.renderBins(a, bins, t)}
        ${this.renderHandle(a, 'hold', 'hold', t)}
        ${this.renderHandle(a, 'reject', 'reject', t)}
      </div>
      <div class="row figures">
        ${this.renderNumber(a, 'hold', 'Hold from', t)}
        ${this.renderNumber(a, 'reject', 'Reject from', t)}
        <output class="share" for="hold-${a} reject-${a}">${this.shares(bins, total, t)}</output>
      </div>
      <p class="source soft">${own
        ? html`Set here. From ${wider.from} it would be: ${this.inShort(wider.value)}. <button class="link" @click=${() => this.inherit(a)} aria-label="Use that: ${ATTRIBUTES[a]}">Use that</button>`
        : html`From ${wider.from}.`}</p>
    </fieldset>`;
  }

  inShort(t) {
    return `hold ${score(t.hold)}, reject ${score(t.reject)}`;
  }

  shares(bins, total, t) {
    if (!bins || !total) return nothing;
    const rejected = shareFrom(bins, total, t.reject);
    const held = Math.max(0, shareFrom(bins, total, t.hold) - rejected);
    return html`<strong>${percent(held, 1)}</strong> would be held, <strong>${percent(rejected, 1)}</strong> rejected`;
  }

  /** Most scores are near 0: heights are square roots, so that the few are seen too. */
  renderBins(a, bins, t) {
    const top = Math.max(1, ...(bins ?? []));
    const kind = (from) => (t.reject != null && from >= t.reject - 0.01 ? 'bad' : t.hold != null && from >= t.hold - 0.01 ? 'waiting' : 'gone');
    return html`<svg class="bins" viewBox="0 0 101 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${bins ? `How often each score of ${ATTRIBUTES[a].toLowerCase()} came` : 'No scores yet'}">
      ${(bins ?? []).map((n, i) => {
        const tall = n === 0 ? 0 : Math.max(1.5, HEIGHT * Math.sqrt(n / top));
        const width = 100 / bins.length;
        return n === 0 ? nothing : svg`<rect class=${kind(i / bins.length)} x=${i * width} y=${HEIGHT - tall} width=${width * 0.85} height=${tall}></rect>`;
      })}
    </svg>`;
  }

  renderHandle(a, which, verb, t) {
    const value = t[which];
    return html`<input type="range" class="handle ${which}" min="0" max=${NEVER} step="1" .value=${String(position(value))}
      id="handle-${which}-${a}" aria-label="${ATTRIBUTES[a]}: ${verb} from" aria-valuetext=${score(value)} @input=${(e) => this.move(a, which, Number(e.target.value), t)}>`;
  }

  renderNumber(a, which, label, t) {
    return html`<span class="number-field"><label for="${which}-${a}">${label}<span class="unseen"> (${ATTRIBUTES[a]})</span></label>
      <input id="${which}-${a}" type="number" min="0" max="1" step="0.01" placeholder="never" .value=${t[which] == null ? '' : t[which].toFixed(2)} @change=${(e) => this.type(e, a, which, t)}></span>`;
  }

  type(event, a, which, t) {
    const { value } = event.target;
    const at = value === '' ? NEVER : Math.round(Math.min(1, Math.max(0, Number(value))) * 100);
    this.move(a, which, at, t);
    event.target.value = at === NEVER ? '' : (at / 100).toFixed(2);
  }
}

define('policy-scores', PolicyScores);
