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
import './rescorings.js';

const whole = (share) => Math.round(100 * share);

/** A figure of evaluation, as one would say it. */
const SAID = [
  ['auc', 'Telling them apart', (f) => html`of 100 pairs, ${whole(f.auc)} in the right order${f.aucLow === undefined ? nothing : html` <span class="soft">(${whole(f.aucLow)}–${whole(f.aucHigh)})</span>`}`],
  ['precisionAtRecall80', 'When it finds 80 of 100', (f) => `${whole(f.precisionAtRecall80)} of 100 alarms are right`],
  ['calibrationError', 'Its scores are off by', (f) => `${(100 * f.calibrationError).toFixed(1)} points on average`],
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
          <thead><tr><th scope="col">Finds</th><th scope="col">Language</th><th scope="col">Confidence</th>${SAID.map(([, title]) => html`<th scope="col">${title}</th>`)}<th scope="col" class="number">Judged on</th><th scope="col">Version</th></tr></thead>
          <tbody>${this.models.map((m) => this.renderModel(m))}</tbody></table></div>
        <p class="hint">“Of 100 pairs”: of a hundred times that one text with it and one without it lie side by side, how often the one with it has the higher score; in brackets, the range it lies in with 95 % certainty. Low confidence: few examples stand behind it, so let it hold, not reject.</p>
      </section>
      ${this.card ? html`<section class="block card card-text"><div class="row between"><h2 tabindex="-1">${ATTRIBUTES[this.card.attribute] ?? this.card.attribute}, ${language(this.card.code)}: the card</h2><button class="plain small" @click=${() => ask({ card: null })}>Close</button></div>${markdown(this.card.text)}</section>` : nothing}
      ${this.me.role === 'ADMIN' ? html`<label-part .tenant=${this.tenant}></label-part>` : nothing}`;
  }

  renderModel(m) {
    const name = ATTRIBUTES[m.attribute] ?? m.attribute;
    const id = `${m.language}/${m.attribute}`;
    return html`<tr>
      <td>${name}${m.card ? html`<div><button class="plain small" aria-label="Card of ${name}, ${language(m.language)}" aria-expanded=${this.query.card === id} @click=${() => ask({ card: this.query.card === id ? null : id })}>Read its card</button></div>` : nothing}</td>
      <td>${language(m.language)}</td>
      <td>${m.confidence === 'low' ? tag('low', 'waiting') : tag('normal', 'good')}</td>
      ${SAID.map(([key, , say]) => html`<td>${m.figures?.[key] === undefined ? html`<span class="soft">not known</span>` : say(m.figures)}</td>`)}
      <td class="number">${m.figures?.texts === undefined ? '–' : html`${count(m.figures.texts)} texts`}${m.figures?.with === undefined ? nothing : html`<div class="soft">${count(m.figures.with)} with it</div>`}</td>
      <td><code>${m.version}</code></td></tr>`;
  }
}

define('models-page', ModelsPage);
