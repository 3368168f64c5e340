// What of the queue is looked at: order and filters, all of them in the address.

import { html, nothing } from 'lit';
import { ask } from '../../lib/router.js';
import { REASONS, count, language } from '../../lib/words.js';

export const FILTERS = ['site', 'reason', 'category', 'language'];

/** What the address asks for, as the API wants it. */
export function filterOf(query) {
  const filter = { order: query.order === 'oldest' ? 'oldest' : 'risk' };
  for (const name of FILTERS) if (query[name]) filter[name] = query[name];
  if (query.escalated) filter.escalated = true;
  return filter;
}

const options = (counted, name) =>
  Object.entries(counted ?? {})
    .sort((a, b) => b[1] - a[1])
    .map(([value, n]) => [value, `${name(value)} (${count(n)})`]);

/** `counts` are of everything that waits; `sites` are those of the tenant. */
export function filters({ query, counts, sites, open, toggle }) {
  const siteOf = (id) => sites.find((site) => site.id === id);
  const chosen = FILTERS.filter((name) => query[name]);
  const bySite = Object.fromEntries(Object.entries(counts?.bySite ?? {}).map(([id, n]) => [siteOf(id)?.key ?? id, n]));
  const all = {
    site: ['Site', options(bySite, (key) => sites.find((site) => site.key === key)?.name ?? key)],
    reason: ['Reason', options(counts?.byReason, (code) => REASONS[code] ?? code)],
    category: ['Category', options(counts?.byCategory, (name) => name)],
    language: ['Language', options(counts?.byLanguage, language)],
  };
  const nameOf = (name) => all[name][1].find(([value]) => value === query[name])?.[1].replace(/ \([\d,]+\)$/, '') ?? (name === 'reason' ? REASONS[query[name]] : null) ?? query[name];
  const select = (name) => {
    const [title, choices] = all[name];
    const known = choices.some(([value]) => value === query[name]);
    return html`<div class="q-filter"><label for="q-${name}">${title}</label>
      <select id="q-${name}" class="small" @change=${(e) => ask({ [name]: e.target.value })}>
        <option value="" ?selected=${!query[name]}>All</option>
        ${query[name] && !known ? html`<option value=${query[name]} selected>${nameOf(name)}</option>` : nothing}
        ${choices.map(([value, text]) => html`<option value=${value} ?selected=${value === query[name]}>${text}</option>`)}
      </select></div>`;
  };
  return html`
    <div class="q-look">
      <div class="q-tabs">
        <button class="plain small" aria-pressed=${!query.escalated} @click=${() => ask({ escalated: null })}>Waiting</button>
        <button class="plain small" aria-pressed=${Boolean(query.escalated)} @click=${() => ask({ escalated: true })}>Escalated${counts?.escalated ? ` ${count(counts.escalated)}` : ''}</button>
      </div>
      <label class="unseen" for="q-order">Order</label>
      <select id="q-order" class="small" @change=${(e) => ask({ order: e.target.value === 'risk' ? null : e.target.value })}>
        <option value="risk" ?selected=${query.order !== 'oldest'}>Riskiest</option>
        <option value="oldest" ?selected=${query.order === 'oldest'}>Oldest</option>
      </select>
      <button class="plain small" aria-expanded=${open} aria-controls="q-filters" @click=${toggle}>Filter</button>
    </div>
    <div id="q-filters" class="q-filters" ?hidden=${!open}>${FILTERS.map(select)}</div>
    ${chosen.length === 0
      ? nothing
      : html`<p class="q-chosen">${chosen.map((name) => html`<button class="plain small" @click=${() => ask({ [name]: null })} aria-label="Do not filter by ${all[name][0].toLowerCase()} ${nameOf(name)}">${nameOf(name)} <span aria-hidden="true">×</span></button>`)}
          ${chosen.length > 1 ? html`<button class="plain small" @click=${() => ask(Object.fromEntries(FILTERS.map((name) => [name, null])))}>Clear all</button>` : nothing}</p>`}`;
}
