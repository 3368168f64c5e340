// The conversation around a comment.

import { html, nothing } from 'lit';
import { STATES } from '../../lib/words.js';
import { when } from '../../ui/parts.js';

const voice = (one, path, kind = '') => html`
  <li class="q-voice ${kind}">
    <p class="q-voice-head"><strong>${one.name ?? 'Removed'}</strong> ${when(one.createdAt)} ${one.status && one.status !== 'PUBLISHED' ? html`<span class="soft">${STATES[one.status] ?? one.status}</span>` : nothing} <a href=${path(one.id)}>Record<span class="unseen"> of the comment of ${one.name ?? 'somebody'}</span></a></p>
    <p class="q-voice-text" dir="auto">${one.body ?? 'Its text is not kept.'}</p>
  </li>`;

/** `context` as the API says it; `path(id)` is the address of a record; `level` that of the headings in it. */
export function thread(context, path, level = 4) {
  const { ancestors = [], before = [], after = [], replies = [] } = context;
  if (ancestors.length + before.length + after.length + replies.length === 0) return html`<p class="soft">Nobody else has written here yet.</p>`;
  const group = (title, voices, kind) => (voices.length === 0 ? nothing : html`${level === 4 ? html`<h4>${title}</h4>` : html`<h3>${title}</h3>`}<ul class="plain-list">${voices.map((one) => voice(one, path, kind))}</ul>`);
  return html`<div class="q-thread">
    ${group('It answers', ancestors)}
    ${group('Just before it', before)}
    ${group('Answers to it', replies, 'reply')}
    ${group('Just after it', after)}
  </div>`;
}
