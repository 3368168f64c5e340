// Charts, each with the figures behind it as a table. Colours are never the only sign: every part has its name and
// number in words.

import { html, nothing, svg } from 'lit';
import { count, percent } from '../lib/words.js';
import { table } from './parts.js';
import './charts.css';

/** Bars from left to right, one a row, each as long as the whole; rows are `{name, parts: [{name, kind, value}]}`. */
export function stacked(title, rows) {
  const totals = rows.map((r) => r.parts.reduce((sum, p) => sum + p.value, 0));
  const names = rows[0]?.parts ?? [];
  return html`<figure class="chart stacked">
    <figcaption>${title} <span class="legend">${names.map((p) => html`<span class="key ${p.kind}">${p.name}</span>`)}</span></figcaption>
    ${rows.map((r, i) => {
      let at = 0;
      return html`<div class="stack-row" aria-hidden="true"><span class="stack-name">${r.name}</span>
        <svg width="100%" height="22">${r.parts.map((p) => {
          const width = totals[i] ? (100 * p.value) / totals[i] : 0;
          const x = at;
          at += width;
          return width === 0 ? nothing : svg`<rect class=${p.kind} x="${x}%" width="${width}%" height="22"><title>${p.name} ${count(p.value)}</title></rect>`;
        })}</svg></div>`;
    })}
    ${table(title, [
      { title: html`<span class="unseen">Which</span>`, cell: (i) => rows[i].name },
      ...names.map((p, k) => ({ title: p.name, number: true, cell: (i) => html`${count(rows[i].parts[k].value)} <span class="soft">${percent(totals[i] ? rows[i].parts[k].value / totals[i] : 0, 1)}</span>` })),
    ], rows.map((_, i) => i))}
  </figure>`;
}

/** One bar a row, longest first, with its number; rows are `{name, value}`. */
export function ranked(title, rows, { kind = '' } = {}) {
  const sorted = [...rows].sort((a, b) => b.value - a.value);
  const top = Math.max(1, ...sorted.map((r) => r.value));
  return html`<div class="scroller" tabindex="0" role="region" aria-label=${title}><table class="ranked">
    <caption>${title}</caption>
    <thead class="unseen-head"><tr><th scope="col"><span class="unseen">What</span></th><th scope="col"><span class="unseen">Share of the most frequent</span></th><th scope="col" class="number">Comments</th></tr></thead>
    <tbody>${sorted.map((r) => html`<tr><th scope="row">${r.name}</th>
      <td class="ranked-bar"><svg width="100%" height="12" aria-hidden="true"><rect class=${kind} width="${(100 * r.value) / top}%" height="12" rx="2"></rect></svg></td>
      <td class="number">${count(r.value)}</td></tr>`)}</tbody></table></div>`;
}
