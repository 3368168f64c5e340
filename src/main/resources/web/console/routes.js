// Where one can go. `view` draws a page from {tenant, me, params, query}; `role` is needed for it; `under` is the entry
// of the menu that stays marked; `open` pages need no sign-in.

import { html } from 'lit';
import './pages/queue.js';

const queue = (at) => html`<queue-page .tenant=${at.tenant} .me=${at.me} .query=${at.query} .comment=${at.params.comment}></queue-page>`;

export const routes = [
  { path: '/console/:tenant/queue', title: 'Queue', view: queue },
  { path: '/console/:tenant/queue/:comment', title: 'Queue', under: '/console/:tenant/queue', view: queue },
];

/** The menu. */
export const sections = [
  { title: 'Moderate', paths: ['/console/:tenant/queue'] },
];
