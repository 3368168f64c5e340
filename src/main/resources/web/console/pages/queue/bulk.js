// Deciding on many at once: first what would happen, then it happens, then it can be undone as one.

import { html, nothing } from 'lit';
import { REJECTIONS, plural } from '../../lib/words.js';
import { ask } from '../../ui/talk.js';

/** The API takes so many at once. */
const AT_ONCE = 100;

const TITLES = { APPROVE: 'Approve', REJECT: 'Reject', SPAM: 'Reject as spam' };
const OUTCOMES = {
  STALE: ['has changed meanwhile', 'have changed meanwhile'],
  CLAIMED: ['is being read by a colleague', 'are being read by colleagues'],
  NOT_FOUND: ['is gone', 'are gone'],
  NOT_ALLOWED: ['is for admins to decide', 'are for admins to decide'],
};

async function send(desk, lines, body) {
  const answers = [];
  for (let i = 0; i < lines.length; i += AT_ONCE) {
    const items = lines.slice(i, i + AT_ONCE).map(({ item: { comment } }) => ({ comment: comment.id, revision: comment.revision, stateVersion: comment.stateVersion }));
    answers.push(await desk.at.post('/decisions', { items, ...body }));
  }
  return { batches: answers.map((one) => one.batch).filter(Boolean), results: answers.flatMap((one) => one.results) };
}

/** What is left out, in words; empty if nothing is. */
export function leftOut(results) {
  return Object.entries(OUTCOMES)
    .map(([outcome, [one, many]]) => [results.filter((result) => result.outcome === outcome).length, one, many])
    .filter(([n]) => n > 0)
    .map(([n, one, many]) => `${n} ${n === 1 ? one : many}`)
    .join(', ');
}

/**
 * Asks with a preview, then decides. Answers with `{entry, results}`, null if it was called off.
 *
 * @param lines what is selected, in the order of the list
 */
export async function decideAll(desk, lines, action) {
  const forPreview = { action, ...(action === 'REJECT' && { reason: REJECTIONS[0][0] }) };
  const preview = await send(desk, lines, { ...forPreview, preview: true });
  const would = new Set(preview.results.filter((result) => result.outcome === 'DECIDED').map((result) => result.comment));
  const samples = lines.filter((line) => would.has(line.id)).slice(0, 5);
  const rest = leftOut(preview.results);
  let made = null;
  await ask({
    title: `${TITLES[action]}: ${plural(would.size, 'comment', 'comments')}?`,
    text: html`
      ${rest ? html`<p class="notice waiting">Left as they are: ${rest}.</p>` : nothing}
      ${would.size === 0 ? html`<p>Nothing is left to decide.</p>` : html`<ul class="q-samples plain-list">${samples.map(({ item }) => html`<li><strong>${item.comment.commenter.name}</strong> <span dir="auto">${item.written.body.slice(0, 120)}${item.written.body.length > 120 ? '…' : ''}</span></li>`)}
        ${would.size > samples.length ? html`<li class="soft">and ${would.size - samples.length} more</li>` : nothing}</ul>`}`,
    confirm: TITLES[action],
    kind: action === 'APPROVE' ? 'good' : 'bad',
    fields: [
      ...(action === 'REJECT' ? [{ name: 'reason', type: 'select', label: 'Reason', options: REJECTIONS, value: REJECTIONS[0][0] }] : []),
      { name: 'note', label: 'Note for colleagues', max: 1000 },
    ],
    act: async ({ reason, note }) => {
      made = await send(desk, lines.filter((line) => would.has(line.id)), { action, ...(reason && { reason }), ...(note && { note }) });
    },
  });
  if (!made) return null;
  const decided = made.results.filter((result) => result.outcome === 'DECIDED').map((result) => result.comment);
  const entry = { ids: decided, action, batches: made.batches, sent: Promise.resolve(true) };
  desk.batchDone(entry, made.results, action);
  return { entry, results: [...made.results, ...preview.results.filter((result) => result.outcome !== 'DECIDED')] };
}

/** The bar that appears with a selection. */
export function bulkBar(size, { approve, reject, spam, clear }) {
  return html`<div class="q-bulk chosen" role="group" aria-label="Decide on the selection">
    <strong aria-live="polite">${size} selected</strong>
    <button class="good small" @click=${approve}>Approve…</button>
    <button class="bad small" @click=${reject}>Reject…</button>
    <button class="plain small" @click=${spam}>Spam…</button>
    <button class="plain small" @click=${clear}>Clear</button>
  </div>`;
}
