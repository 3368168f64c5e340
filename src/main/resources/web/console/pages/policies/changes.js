import { html } from 'lit';

/** Differences of two documents, as a list of what was and what is to be. */
export const renderChanges = (changes) => html`
  <ul class="changes">${changes.map((c) => html`<li><strong>${c.what}</strong>: <span class="soft">${c.from}</span> <span aria-hidden="true">→</span><span class="unseen">becomes</span> ${c.to}</li>`)}</ul>`;
