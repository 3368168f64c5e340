// What the models said, what drove it, why it waits: shared by the queue and the full record.

import { html, nothing } from 'lit';
import { attributeName, explain, ranked, reportName, tellSignals } from '../../lib/speech.js';
import { REASONS, language, likely, time } from '../../lib/words.js';
import { bar, when } from '../../ui/parts.js';

const kindOf = (value) => (value >= 0.7 ? 'bad' : value >= 0.4 ? 'waiting' : '');

/**
 * A row per attribute; pressing it shows its words in the text.
 *
 * @param low `language/attribute` of models that are known to be less sure
 */
export function scoreRows(scores, { chosen, choose, low = new Set() }) {
  if (!scores) return html`<p class="notice waiting">It could not be scored. Nothing is known about it; read it with care.</p>`;
  const rows = ranked(scores);
  return html`
    ${scores.scored ? nothing : html`<p class="notice waiting">No model knows ${language(scores.language)} yet. That nothing is said of hostility means nothing.</p>`}
    <ul class="q-scores plain-list">${rows.map((score) => {
      const unsure = low.has(`${scores.language}/${score.attribute}`);
      const none = score.spans.length === 0;
      return html`<li><button class="plain" aria-pressed=${score.attribute === chosen} ?disabled=${none} title=${none ? 'No single word drove it' : 'Show the words that drove it'} @click=${() => choose(score.attribute)}>
        <span class="q-attribute">${attributeName(score.attribute)}</span>${bar(score.value, kindOf(score.value))}<span class="q-likely">${likely(score.value)}${unsure ? html`<span class="soft" aria-hidden="true"> ?</span><span class="unseen">, less sure</span>` : nothing}</span>
      </button></li>`;
    })}</ul>
    ${rows.some((score) => low.has(`${scores.language}/${score.attribute}`)) ? html`<p class="q-unsure soft">? Less sure: few examples in ${language(scores.language)} stand behind it.</p>` : nothing}`;
}

export function whyItWaits(reasons) {
  if (reasons.length === 0) return html`<p class="soft">Nothing spoke against it.</p>`;
  return html`<ul class="q-reasons plain-list">${reasons.map((reason) => html`<li><strong>${REASONS[reason.code] ?? reason.code}</strong> <span class="soft">${explain(reason)}</span></li>`)}</ul>`;
}

/** Signals, but for those that a reason says already. */
export function signalList(signals, reasons = []) {
  const told = tellSignals(signals, new Set(reasons.map((reason) => reason.code)));
  return told.length === 0 ? nothing : html`<ul class="q-signals plain-list">${told.map(({ text, kind }) => html`<li class=${kind}>${text}</li>`)}</ul>`;
}

export function reports(flags) {
  return html`<ul class="q-reports plain-list">${flags.map((flag) => html`<li><strong>${reportName(flag.reason)}</strong> ${when(flag.createdAt)}${flag.note ? html`<q class="written">${flag.note}</q>` : nothing}</li>`)}</ul>`;
}

export function noteList(notes) {
  return html`<ul class="q-notes plain-list">${notes.map((note) => html`<li><p class="q-note-head"><strong>${note.memberName ?? 'A colleague'}</strong> <time class="soft" datetime=${note.createdAt}>${time(note.createdAt)}</time></p><p class="q-note-text">${note.text}</p></li>`)}</ul>`;
}
