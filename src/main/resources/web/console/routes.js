// Where one can go. `view` draws a page from {tenant, me, params, query}; `role` is needed for it; `under` is the entry
// of the menu that stays marked; `open` pages need no sign-in.

import { html } from 'lit';
import './pages/comments.js';
import './pages/comment.js';
import './pages/commenters.js';
import './pages/commenter.js';
import './pages/queue.js';

const queue = (at) => html`<queue-page .tenant=${at.tenant} .me=${at.me} .query=${at.query} .comment=${at.params.comment}></queue-page>`;

export const routes = [
  { path: '/console/:tenant/queue', title: 'Queue', view: queue },
  { path: '/console/:tenant/queue/:comment', title: 'Queue', under: '/console/:tenant/queue', view: queue },
  { path: '/console/:tenant/comments', title: 'Comments', view: (at) => html`<comments-page .tenant=${at.tenant} .query=${at.query}></comments-page>` },
  { path: '/console/:tenant/comments/:comment', title: 'Comment', under: '/console/:tenant/comments', view: (at) => html`<comment-page .tenant=${at.tenant} .me=${at.me} .comment=${at.params.comment}></comment-page>` },
  { path: '/console/:tenant/commenters', title: 'Commenters', view: (at) => html`<commenters-page .tenant=${at.tenant} .query=${at.query}></commenters-page>` },
  { path: '/console/:tenant/commenters/:commenter', title: 'Commenter', under: '/console/:tenant/commenters', view: (at) => html`<commenter-page .tenant=${at.tenant} .me=${at.me} .commenter=${at.params.commenter}></commenter-page>` },
];

/** The menu. */
export const sections = [
  { title: 'Moderate', paths: ['/console/:tenant/queue', '/console/:tenant/comments', '/console/:tenant/commenters'] },
];
