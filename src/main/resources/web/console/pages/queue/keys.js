// The keys of the queue, and the overlay that lists them.

import { html, render } from 'lit';
import { prefs } from '../../lib/prefs.js';

export const KEYS = [
  ['Move', [['j ↓', 'Next comment'], ['k ↑', 'Previous comment'], ['Esc', 'Back: close what is open, then to the list']]],
  ['Decide', [['a', 'Approve'], ['r', 'Reject, then a digit for the reason'], ['1 – 8', 'The reason'], ['s', 'Reject as spam'], ['e', 'Escalate to an admin'], ['u', 'Undo the last decision']]],
  ['Look and note', [['h', 'Show the words of the next score'], ['n', 'Write a note'], ['Ctrl Enter', 'Save the note that is being written']]],
  ['Many at once', [['x', 'Select or deselect'], ['Shift click', 'Select up to here'], ['a r s', 'With a selection: decide on all of it, after a preview']]],
  ['Help', [['?', 'This overview']]],
];

const TYPING = 'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), [contenteditable]';

/** The name of the key if it is meant for the page: nobody types, no dialog is open, no modifier is held. */
export function meant(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  if (document.querySelector('dialog[open]')) return null;
  if (event.target instanceof Element && event.target.closest(TYPING)) return null;
  if (event.key === 'Escape') return 'Escape';
  if (!prefs().keys) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

export function help() {
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.className = 'q-help';
  dialog.setAttribute('aria-labelledby', 'q-help-title');
  render(
    html`<h2 id="q-help-title">Keys</h2>
      <div class="q-help-groups">
        ${KEYS.map(
          ([title, keys]) => html`<section><h3>${title}</h3><dl>
            ${keys.map(([key, does]) => html`<div><dt>${key.split(' ').map((one) => (one === '–' ? '–' : html`<kbd>${one}</kbd> `))}</dt><dd>${does}</dd></div>`)}
          </dl></section>`,
        )}
      </div>
      <p class="soft">Keys never act while you type. They can be switched off under Comfort.</p>
      <form method="dialog" class="row end"><button autofocus>Close</button></form>`,
    dialog,
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}
