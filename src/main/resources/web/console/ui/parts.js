// Small pieces that every page uses. Never write a `style` attribute: the page's policy forbids it, and styleMap writes
// one when it first draws. Draw with SVG attributes, or set properties of `.style` by script.

import { html, nothing, svg } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { ago, count, time } from '../lib/words.js';

export const heading = (title, more = nothing, lead = nothing) => html`
  <header class="heading">
    <h1 tabindex="-1">${title}</h1>
    <div class="actions">${more}</div>
    ${lead === nothing ? nothing : html`<p class="lead">${lead}</p>`}
  </header>`;

export const busy = (text = 'One moment …') => html`<p class="busy" role="status"><span class="spinner" aria-hidden="true"></span>${text}</p>`;

export const failed = (problem, retry) => html`
  <div class="notice bad" role="alert">
    <p><strong>${problem.document?.title ?? 'Something went wrong'}</strong></p>
    <p>${problem.message}</p>
    ${retry ? html`<button @click=${retry}>Try again</button>` : nothing}
  </div>`;

export const empty = (title, text, action = nothing) => html`
  <div class="empty"><p class="title">${title}</p><p>${text}</p>${action}</div>`;

export const notice = (kind, text, more = nothing) => html`<div class="notice ${kind}" role=${kind === 'bad' ? 'alert' : 'status'}><p>${text}</p>${more}</div>`;

export const when = (at) => html`<time datetime=${at} title=${time(at)}>${ago(at)}</time>`;

export const tag = (text, kind = '') => html`<span class="tag ${kind}">${text}</span>`;

const STATE_KINDS = { PUBLISHED: 'good', HELD: 'waiting', REJECTED: 'bad', WITHDRAWN: 'gone' };
const STATE_NAMES = { PUBLISHED: 'Published', HELD: 'Waiting', REJECTED: 'Rejected', WITHDRAWN: 'Taken back' };
export const state = (status) => tag(STATE_NAMES[status] ?? status, STATE_KINDS[status]);

/** A bar of 0 to 1; its value has to stand beside it in words. */
export const bar = (value, kind = '') => html`
  <svg class="bar ${kind}" aria-hidden="true"><rect width="${Math.round(100 * value)}%" height="100%"></rect></svg>`;

/** Lets a screen reader say a field's hint and fault together with the field. */
function describe(part, id) {
  const control = part.querySelector(`#${CSS.escape(id)}`);
  const told = [`${id}-hint`, `${id}-fault`].filter((one) => part.querySelector(`#${CSS.escape(one)}`));
  if (told.length) control?.setAttribute('aria-describedby', told.join(' '));
  else control?.removeAttribute('aria-describedby');
  if (told.at(-1)?.endsWith('-fault')) control?.setAttribute('aria-invalid', 'true');
  else control?.removeAttribute('aria-invalid');
}

/** A field with its label, hint and fault. `control` has the id. */
export const field = (id, label, control, { hint = '', fault = '' } = {}) => html`
  <div class="field ${fault ? 'faulty' : ''}" ${ref((part) => part && queueMicrotask(() => describe(part, id)))}>
    <label for=${id}>${label}</label>
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    ${control}
    ${fault ? html`<p class="fault" id="${id}-fault" role="alert">${fault}</p>` : nothing}
  </div>`;

/** Columns are `{title, cell: row => template, number?: bool}`; the caption is read out and may be seen. */
export const table = (caption, columns, rows, { hidden = true } = {}) => html`
  <div class="scroller" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class=${hidden ? 'unseen' : ''}>${caption}</caption>
      <thead><tr>${columns.map((c) => html`<th scope="col" class=${c.number ? 'number' : ''}>${c.title}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${columns.map((c) => html`<td class=${c.number ? 'number' : ''}>${c.cell(row)}</td>`)}</tr>`)}</tbody>
    </table>
  </div>`;

/**
 * Stacked columns with a table behind them. Series are `{name, kind, values}` over the same `labels`.
 */
export function chart(title, labels, series, { height = 160 } = {}) {
  const totals = labels.map((_, i) => series.reduce((sum, s) => sum + (s.values[i] ?? 0), 0));
  const top = Math.max(1, ...totals);
  const step = 100 / Math.max(1, labels.length);
  const columns = labels.map((label, i) => {
    let below = 0;
    return series.map((s) => {
      const tall = (height * (s.values[i] ?? 0)) / top;
      below += tall;
      return tall === 0
        ? nothing
        : svg`<rect class=${s.kind} x="${i * step + step * 0.12}%" y=${height - below} width="${step * 0.76}%" height=${tall}><title>${label}: ${s.name} ${count(s.values[i])}</title></rect>`;
    });
  });
  const lines = [1, 0.5].map((share) => svg`<line x1="0" x2="100%" y1=${height * (1 - share) + 0.5} y2=${height * (1 - share) + 0.5}></line><text x="0" y=${height * (1 - share) + 12}>${count(Math.round(top * share))}</text>`);
  return html`
    <figure class="chart">
      <figcaption>${title} <span class="legend">${series.map((s) => html`<span class="key ${s.kind}">${s.name}</span>`)}</span></figcaption>
      <svg width="100%" height=${height} role="img" aria-label="${title}; the figures are in the table below">${columns}${top > 1 ? lines : nothing}</svg>
      <p class="axis"><span>${labels[0] ?? ''}</span><span>most: ${count(top)}</span><span>${labels.at(-1) ?? ''}</span></p>
      <details><summary>Show as a table</summary>
        ${table(title, [{ title: html`<span class="unseen">When</span>`, cell: (i) => labels[i] }, ...series.map((s) => ({ title: s.name, number: true, cell: (i) => count(s.values[i]) }))], labels.map((_, i) => i))}
      </details>
    </figure>`;
}

/** Text with places marked: `marks` are `{start, end, strength 0..1, title}` in UTF-16 units, as the API counts. */
export function marked(text, marks = []) {
  const sorted = [...marks].filter((m) => m.end > m.start).sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces = [];
  let at = 0;
  for (const m of sorted) {
    const start = Math.max(at, m.start);
    const end = Math.min(text.length, m.end);
    if (end <= start) continue;
    if (start > at) pieces.push(text.slice(at, start));
    const level = m.strength > 0.66 ? 'strong' : m.strength > 0.33 ? 'middle' : 'weak';
    pieces.push(html`<mark class="drove ${level}" title=${m.title ?? ''}>${text.slice(start, end)}</mark>`);
    at = end;
  }
  pieces.push(text.slice(at));
  return html`${pieces}`;
}
