import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { markdown } from '../../lib/markdown.js';
import { ask } from '../../lib/router.js';
import { ATTRIBUTES, count, language } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, failed, heading, tag } from '../../ui/parts.js';
import { define } from '../../ui/view.js';
import './admin.css';
import './labels.js';
import './own-models.js';
import './rescorings.js';

const whole = (share) => Math.round(100 * share);

const figure = (value, say) => (value === undefined ? html`<span class="soft" title="Not known">–</span>` : say(value));

/** Figures of evaluation, as one would say them. */
const SAID = [
  ['Pairs in the right order, of 100', (f) => html`${figure(f.auc, whole)}${f.aucLow === undefined ? nothing : html` <span class="soft">${whole(f.aucLow)}–${whole(f.aucHigh)}</span>`}`],
  ['Alarms that are right, of 100', (f) => figure(f.precisionAtRecall80, whole)],
  ['Scores off by, in points', (f) => figure(f.calibrationError, (e) => (100 * e).toFixed(1))],
  ['Judged on texts', (f) => html`${figure(f.texts, count)}${f.with === undefined ? nothing : html`<div class="soft">${count(f.with)} with it</div>`}`],
];

/** The models that score, how good they are, how scoring does. */
class ModelsPage extends Page {
  static properties = { ...Page.properties, models: { state: true }, card: { state: true } };

  asks() {
    return this.query.card ?? '';
  }

  async load(signal) {
    const api = within(this.tenant);
    this.models ??= (await api.get('/models', {}, signal)).items;
    const [code, attribute] = (this.query.card ?? '').split('/');
    this.card = attribute ? { code, attribute, text: (await api.get(`/models/${encodeURIComponent(code)}/${encodeURIComponent(attribute)}/card`, {}, signal)).markdown } : null;
    if (this.card) {
      await this.updateComplete;
      this.querySelector('.card-text h2')?.focus();
    }
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.models) return busy();
    return html`
      ${heading('Models', nothing, 'What gives each comment its scores. They judge words, not truth; what becomes of a score is up to your policies.')}
      ${this.me.role === 'ADMIN' ? html`<rescoring-part .tenant=${this.tenant}></rescoring-part>` : nothing}
      <section class="block models"><h2>In use</h2>
        <div class="scroller" tabindex="0" role="region" aria-label="Models in use"><table>
          <caption class="unseen">Models in use and how they did on texts they had never seen</caption>
          <thead><tr><th scope="col">Finds</th><th scope="col">Language</th><th scope="col">Confidence</th>${SAID.map(([title]) => html`<th scope="col" class="number">${title}</th>`)}<th scope="col">Version</th><th scope="col"><span class="unseen">Card</span></th></tr></thead>
          <tbody>${this.models.map((m) => this.renderModel(m))}</tbody></table></div>
        <p class="hint">Measured on texts that the model had never seen. <strong>Pairs:</strong> a text with it and one without it lie side by side; how often the one with it has the higher score, and the range of certainty (95 %). <strong>Alarms:</strong> set so low that it finds 80 of 100, how many of its alarms are right. <strong>Off by:</strong> a score of 70 should mean that 70 of 100 such texts have it. <strong>Low confidence:</strong> few examples stand behind it; let it hold, not reject.</p>
      </section>
      ${this.card ? html`<section class="block card card-text"><div class="row between"><h2 tabindex="-1">${ATTRIBUTES[this.card.attribute] ?? this.card.attribute}, ${language(this.card.code)}: the card</h2><button class="plain small" @click=${() => ask({ card: null })}>Close</button></div>${markdown(this.card.text)}</section>` : nothing}
      ${this.me.role === 'ADMIN' ? html`<own-model-part .tenant=${this.tenant}></own-model-part>` : nothing}
      ${this.me.role === 'ADMIN' ? html`<label-part .tenant=${this.tenant}></label-part>` : nothing}`;
  }

  renderModel(m) {
    const name = ATTRIBUTES[m.attribute] ?? m.attribute;
    const id = `${m.language}/${m.attribute}`;
    return html`<tr>
      <td>${name}</td>
      <td>${language(m.language)}</td>
      <td>${m.confidence === 'low' ? tag('low', 'waiting') : tag('normal', 'good')}</td>
      ${SAID.map(([, say]) => html`<td class="number">${say(m.figures ?? {})}</td>`)}
      <td><code>${m.version}</code></td>
      <td>${m.card ? html`<button class="plain small" aria-label="Card of ${name}, ${language(m.language)}" aria-expanded=${this.query.card === id} @click=${() => ask({ card: this.query.card === id ? null : id })}>Card</button>` : nothing}</td></tr>`;
  }
}

define('models-page', ModelsPage);
