// The bar of decisions: always at the same place, each button with its key.

import { html, nothing } from 'lit';
import { REJECTIONS } from '../../lib/words.js';

const ALL = { approve: true, reject: true, escalate: true };

/**
 * @param rejecting whether the reasons are shown
 * @param why why nothing can be decided now; empty if it can
 * @param able which decisions make sense as the comment stands
 * @param keys whether single keys act here
 * @param acts `{approve, reject(reason?), spam, escalate, note, undo, rejecting(open, event)}`
 */
export function decisionBar({ rejecting, why, able = ALL, canUndo, keys = true, acts }) {
  const off = Boolean(why);
  const key = (name) => (keys ? html`<kbd aria-hidden="true">${name}</kbd>` : nothing);
  const shortcut = (name) => (keys ? name : nothing);
  return html`
    <div class="q-bar" role="group" aria-label="Decide">
      ${rejecting && !off
        ? html`<div class="q-rejections" role="group" aria-label="Reason for rejecting">
            ${REJECTIONS.map(([code, name], i) => html`<button class="plain" data-reason=${code} @click=${() => acts.reject(code)}>${key(i + 1)}${name}</button>`)}
          </div>`
        : nothing}
      <div class="q-buttons">
        ${able.approve ? html`<button class="good" ?disabled=${off} aria-keyshortcuts=${shortcut('a')} @click=${acts.approve}>Approve ${key('a')}</button>` : nothing}
        ${able.reject
          ? html`<button class="bad" ?disabled=${off} aria-keyshortcuts=${shortcut('r')} aria-expanded=${Boolean(rejecting)} @click=${(e) => acts.rejecting(!rejecting, e)}>Reject ${key('r')}</button>
              <button class="plain" ?disabled=${off} aria-keyshortcuts=${shortcut('s')} @click=${acts.spam}>Spam ${key('s')}</button>`
          : nothing}
        ${able.escalate ? html`<button class="plain" ?disabled=${off} aria-keyshortcuts=${shortcut('e')} @click=${acts.escalate}>Escalate ${key('e')}</button>` : nothing}
        <span class="space"></span>
        <button class="plain" aria-keyshortcuts=${shortcut('n')} @click=${acts.note}>Note ${key('n')}</button>
        <button class="plain" ?disabled=${!canUndo} aria-keyshortcuts=${shortcut('u')} @click=${acts.undo}>Undo ${key('u')}</button>
      </div>
    </div>`;
}
