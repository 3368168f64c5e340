// Copying by a button: what may be selected instead, where the browser lets no script copy.

import { html } from 'lit';
import { say } from './talk.js';

/** Copies `text`; says so of `what` (`The key`). Without leave to copy, `element` is selected for the hand. */
export async function copy(text, what, element) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} is copied.`, { kind: 'good', seconds: 4 });
  } catch {
    if (element) getSelection().selectAllChildren(element);
    say('This browser lets nothing be copied by a button. It is selected: copy it by hand.');
  }
}

/** A line or block that is there to be copied, with its button. `what` names it in a message, `label` to a screen reader. */
export const copied = (text, what, label = what) => html`
  <div class="copied">
    <pre tabindex="0" aria-label=${label}>${text}</pre>
    <button type="button" class="plain" aria-label="Copy: ${label}" @click=${(e) => copy(text, what, e.target.previousElementSibling)}>Copy</button>
  </div>`;
