// Charts, each with the figures behind it as a table. Colours are never the only sign: every part has its name and
// number in words.

import { html, nothing, svg } from 'lit';
import { count, duration, percent } from '../lib/words.js';
import { table } from './parts.js';
import './charts.css';

/**
 * Bars from left to right, one a row; rows are `{name, parts: [{name, kind, value}]}`. Each is as long as the whole, or
 * with `compared` as long as its share of the longest. `behind` is the table, if it says more than the bars.
 */
export function stacked(title, rows, { compared = false, behind } = {}) {
  const totals = rows.map((r) => r.parts.reduce((sum, p) => sum + p.value, 0));
  const longest = Math.max(...totals);
  const names = rows[0]?.parts ?? [];
  return html`<figure class="chart stacked ${compared ? 'compared' : ''}">
    <figcaption>${title} <span class="legend">${names.map((p) => html`<span class="key ${p.kind}">${p.name}</span>`)}</span></figcaption>
    ${rows.map((r, i) => {
      let at = 0;
      return html`<div class="stack-row" aria-hidden="true"><span class="stack-name">${r.name}</span>
        <svg width="100%" height="22">${r.parts.map((p) => {
          const whole = compared ? longest : totals[i];
          const width = whole ? (100 * p.value) / whole : 0;
          const x = at;
          at += width;
          return width === 0 ? nothing : svg`<rect class=${p.kind} x="${x}%" width="${width}%" height="22"><title>${p.name} ${count(p.value)}</title></rect>`;
        })}</svg></div>`;
    })}
    ${behind ?? table(title, [
      { title: html`<span class="unseen">Which</span>`, cell: (i) => rows[i].name },
      ...names.map((p, k) => ({ title: p.name, number: true, cell: (i) => html`${count(rows[i].parts[k].value)} <span class="soft">${percent(totals[i] ? rows[i].parts[k].value / totals[i] : 0, 1)}</span>` })),
    ], rows.map((_, i) => i))}
  </figure>`;
}

/** One bar a row, longest first, with its number; rows are `{name, value}`. */
export const ranked = (title, rows) => listed(title, [...rows].sort((a, b) => b.value - a.value));

/** The same in the order given. */
export function listed(title, rows) {
  const top = Math.max(1, ...rows.map((r) => r.value));
  return html`<div class="scroller" tabindex="0" role="region" aria-label=${title}><table class="ranked">
    <caption>${title}</caption>
    <thead class="unseen-head"><tr><th scope="col"><span class="unseen">What</span></th><th scope="col"><span class="unseen">Share of the most frequent</span></th><th scope="col" class="number">Comments</th></tr></thead>
    <tbody>${rows.map((r) => html`<tr><th scope="row">${r.name}</th>
      <td class="ranked-bar"><svg width="100%" height="12" aria-hidden="true"><rect width="${(100 * r.value) / top}%" height="12" rx="2"></rect></svg></td>
      <td class="number">${count(r.value)}</td></tr>`)}</tbody></table></div>`;
}

/** Where lines may stand in a chart of times, in seconds. */
const STEPS = [1, 10, 60, 600, 3600, 14_400, 86_400, 864_000, 8_640_000, 86_400_000, 864_000_000];

/**
 * Times by day: a dot for half of them and a ring for nine tenths, joined by a bar. They go from seconds to weeks, so
 * every line stands for several times the one below. Points are `{p50, p90}` in seconds over the same `labels`, null
 * where nothing was measured; `more` are further columns of the table, as {@link table} has them, by index.
 */
export function spans(title, labels, points, { height = 180, more = [] } = {}) {
  const measured = points.flatMap((p) => (p.p50 === null ? [] : [Math.max(1, p.p50), Math.max(1, p.p90)]));
  const lowest = STEPS.findLastIndex((s) => s <= Math.min(...measured));
  const highest = Math.max(lowest + 1, STEPS.findIndex((s) => s >= Math.max(...measured)));
  const [low, high] = [Math.log(STEPS[lowest]), Math.log(STEPS[highest])];
  const room = 8; // for a ring on the uppermost line or the lowest
  const y = (seconds) => room + (height - 2 * room) * (1 - (Math.log(Math.max(1, seconds)) - low) / (high - low));
  const step = 100 / Math.max(1, labels.length);
  const radius = labels.length > 31 ? 2.5 : 4;
  const marks = points.map((p, i) => p.p50 === null
    ? nothing
    : svg`<svg class="span" x="${(i + 0.5) * step}%"><title>${labels[i]}: half within ${duration(p.p50)}, nine tenths within ${duration(p.p90)}</title>
        <rect x="-1" width="2" y=${y(p.p90)} height=${Math.max(0, y(p.p50) - y(p.p90))}></rect>
        <circle class="ring" cy=${y(p.p90)} r=${radius}></circle><circle cy=${y(p.p50)} r=${radius}></circle></svg>`);
  const steps = STEPS.slice(lowest, highest + 1);
  const lines = steps.map((s) => svg`<line x1="0" x2="100%" y1=${y(s)} y2=${y(s)}></line>`);
  const names = steps.map((s) => svg`<text x="100%" y=${y(s) + 4} text-anchor="end">${duration(s)}</text>`);
  return html`
    <figure class="chart spans">
      <figcaption>${title} <span class="legend"><span class="key dot">Half within</span><span class="key ring">Nine tenths within</span></span></figcaption>
      <div class="plot"><svg width="100%" height=${height} aria-hidden="true">${names}</svg>
        <svg width="100%" height=${height} role="img" aria-label="${title}; the figures are in the table below">${lines}${marks}</svg></div>
      <p class="axis"><span>${labels[0] ?? ''}</span><span>each line several times the one below</span><span>${labels.at(-1) ?? ''}</span></p>
      <details><summary>Show as a table</summary>
        ${table(title, [
          { title: html`<span class="unseen">When</span>`, cell: (i) => labels[i] },
          ...more,
          { title: 'Half within', number: true, cell: (i) => duration(points[i].p50) },
          { title: 'Nine tenths within', number: true, cell: (i) => duration(points[i].p90) },
        ], labels.map((_, i) => i))}
      </details>
    </figure>`;
}
