import { html } from 'lit';
import { copied } from '../../ui/copy.js';

/** A new secret, once; `done` is called when it was taken. */
export const newSecret = (secret, done) => html`<section class="card made narrow"><h2 tabindex="-1">Its secret</h2>
  <p>Copy it now: it is shown this once. With it your program checks that a message comes from here and is fresh.</p>
  ${copied(secret, 'The secret')}
  <p><button class="plain small" @click=${done}>I have it</button></p></section><hr>`;
