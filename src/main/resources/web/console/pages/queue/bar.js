// The bar of decisions: always at the same place, each button with its key.

import { html, nothing } from 'lit';
import { REJECTIONS } from '../../lib/words.js';

const key = (name) => html`<kbd aria-hidden="true">${name}</kbd>`;

/**
 * @param rejecting whether the reasons are shown
 * @param why why nothing can be decided now; empty if it can
 * @param acts `{approve, reject(reason?), spam, escalate, note, undo, rejecting(open)}`
 */
export function decisionBar({ rejecting, why, escalated, canUndo, acts }) {
  const off = Boolean(why);
  return html`
    <div class="q-bar" role="group" aria-label="Decide">
      ${rejecting && !off
        ? html`<div class="q-rejections" role="group" aria-label="Reason for rejecting">
            ${REJECTIONS.map(([code, name], i) => html`<button class="plain" data-reason=${code} @click=${() => acts.reject(code)}>${key(i + 1)}${name}</button>`)}
          </div>`
        : nothing}
      <div class="q-buttons">
        <button class="good" ?disabled=${off} aria-keyshortcuts="a" @click=${acts.approve}>Approve ${key('a')}</button>
        <button class="bad" ?disabled=${off} aria-keyshortcuts="r" aria-expanded=${rejecting} @click=${() => acts.rejecting(!rejecting)}>Reject ${key('r')}</button>
        <button class="plain" ?disabled=${off} aria-keyshortcuts="s" @click=${acts.spam}>Spam ${key('s')}</button>
        ${escalated ? nothing : html`<button class="plain" ?disabled=${off} aria-keyshortcuts="e" @click=${acts.escalate}>Escalate ${key('e')}</button>`}
        <span class="space"></span>
        <button class="plain" aria-keyshortcuts="n" @click=${acts.note}>Note ${key('n')}</button>
        <button class="plain" ?disabled=${!canUndo} aria-keyshortcuts="u" @click=${acts.undo}>Undo ${key('u')}</button>
      </div>
      ${off ? html`<p class="q-off soft">${why}</p>` : nothing}
    </div>`;
}
