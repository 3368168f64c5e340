// Draws the Markdown of our own model cards: headings, paragraphs, lists and tables. All else of Markdown stays as it is
// written; links and pictures become their words, since what they lead to is not here. Nothing is parsed as HTML.

import { html } from 'lit';

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|!?\[([^\]]*)\]\([^)]*\)/g;
const ITEM = /^([-*]|\d+\.) /;

function inline(text) {
  const pieces = [];
  let at = 0;
  for (const m of text.matchAll(INLINE)) {
    pieces.push(text.slice(at, m.index));
    if (m[1] !== undefined) pieces.push(html`<code>${m[1]}</code>`);
    else if (m[2] !== undefined) pieces.push(html`<strong>${m[2]}</strong>`);
    else if (m[3] !== undefined) pieces.push(html`<em>${m[3]}</em>`);
    else pieces.push(m[4]);
    at = m.index + m[0].length;
  }
  pieces.push(text.slice(at));
  return pieces;
}

const cells = (row) => row.trim().replace(/^\||\|$/g, '').split('|').map((c) => c.trim());

function table(rows, name) {
  const [head, , ...body] = rows.map(cells);
  return html`<div class="scroller" tabindex="0" role="region" aria-label=${name}><table><caption class="unseen">${name}</caption>
    ${head.some(Boolean) ? html`<thead><tr>${head.map((c) => html`<th scope="col">${inline(c)}</th>`)}</tr></thead>` : ''}
    <tbody>${body.map((r) => html`<tr>${r.map((c) => html`<td>${inline(c)}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Headings begin at h3, since a card stands below a page's h2. */
export function markdown(text) {
  const blocks = [];
  let title = 'Table';
  let tables = 0;
  const all = text.replaceAll('\r', '').split('\n');
  for (let i = 0; i < all.length; ) {
    const line = all[i];
    const take = (fits) => {
      const taken = [];
      while (i < all.length && fits(all[i])) taken.push(all[i++]);
      return taken;
    };
    const head = /^(#{1,6})\s+(.*)$/.exec(line);
    if (head) {
      title = head[2];
      if (head[1].length > 1) blocks.push(html`<h3>${inline(head[2])}</h3>`);
      i++;
    } else if (line.startsWith('|')) blocks.push(table(take((l) => l.startsWith('|')), `${title}, table ${++tables}`));
    else if (ITEM.test(line)) {
      const items = [];
      for (const l of take((l) => l.trim() && !/^([#|]|!\[)/.test(l))) {
        if (ITEM.test(l)) items.push(l.replace(ITEM, ''));
        else items.push(`${items.pop()} ${l.trim()}`);
      }
      const drawn = items.map((item) => html`<li>${inline(item)}</li>`);
      blocks.push(/^\d/.test(line) ? html`<ol>${drawn}</ol>` : html`<ul>${drawn}</ul>`);
    } else if (line.startsWith('![') || !line.trim()) i++;
    else blocks.push(html`<p>${inline(take((l) => l.trim() && !/^([#|]|[-*] |\d+\. |!\[)/.test(l)).join(' '))}</p>`);
  }
  return blocks;
}
