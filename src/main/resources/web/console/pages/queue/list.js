// The list of the queue: one line a comment, never moved under the hand.

import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { marks, speech, strongest } from '../../lib/speech.js';
import { actionName } from '../../lib/told.js';
import { REASONS, ago } from '../../lib/words.js';

const EXCERPT = 150;

function status(line) {
  if (line.trouble) return html`<span class="tag bad">Not done</span>`;
  if (line.done) return html`<span class="tag gone">${line.done.mine ? actionName[line.done.kind] : 'Gone'}</span>`;
  if (line.taken) return html`<span class="tag waiting">${line.taken.member?.name ?? 'A colleague'} has it</span>`;
  return nothing;
}

function reasons({ reasons: all }) {
  const names = [...new Set(all.map((reason) => REASONS[reason.code] ?? reason.code))];
  return names.slice(0, 2).join(' · ') + (names.length > 2 ? ` +${names.length - 2}` : '');
}

/**
 * @param path address of an item
 * @param open called with (id, event) instead of following the link
 * @param select called with (id, event)
 */
export function list({ lines, current, selected, path, open, select }) {
  return html`<ol class="q-list plain-list" aria-label="Comments that wait">
    ${repeat(
      lines,
      (line) => line.id,
      (line) => {
        const { item } = line;
        const name = item.comment.commenter.name;
        const places = marks(item.written.scores, strongest(item.written.scores));
        return html`<li class=${classMap({ current: line.id === current, done: Boolean(line.done), taken: Boolean(line.taken), selected: selected.has(line.id) })} data-comment=${line.id}>
          <input type="checkbox" aria-label="Select the comment of ${name}" .checked=${selected.has(line.id)} ?disabled=${Boolean(line.done)} @click=${(e) => select(line.id, e)}>
          <a href=${path(line.id)} aria-current=${line.id === current ? 'true' : nothing} @click=${(e) => open(line.id, e)}>
            <span class="q-who"><strong>${name}</strong><span class="soft">${ago(item.enteredAt)}</span></span>
            <span class="q-excerpt" dir="auto" lang=${item.written.language}>${speech(item.written.body, places.map(({ start, end, slur }) => ({ start, end, slur })), { limit: EXCERPT })}</span>
            <span class="q-why"><span class="soft">${reasons(item)}</span>${status(line)}</span>
          </a>
        </li>`;
      },
    )}
  </ol>`;
}
