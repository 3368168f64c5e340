// Where one can go. `view` draws a page from {tenant, me, params, query}; `role` is needed for it; `under` is the entry
// of the menu that stays marked; `open` pages need no sign-in.

import { html } from 'lit';
import './pages/comments.js';
import './pages/comment.js';
import './pages/commenters.js';
import './pages/commenter.js';
import './pages/policies/editor.js';
import './pages/policies/history.js';
import './pages/policies/overview.js';
import './pages/policies/trial.js';
import './pages/queue.js';
import './pages/start/start.js';
import './pages/statistics.js';

const queue = (at) => html`<queue-page .tenant=${at.tenant} .me=${at.me} .query=${at.query} .comment=${at.params.comment}></queue-page>`;

export const routes = [
  { path: '/console/:tenant/queue', title: 'Queue', view: queue },
  { path: '/console/:tenant/queue/:comment', title: 'Queue', under: '/console/:tenant/queue', view: queue },
  { path: '/console/:tenant/comments', title: 'Comments', view: (at) => html`<comments-page .tenant=${at.tenant} .query=${at.query}></comments-page>` },
  { path: '/console/:tenant/comments/:comment', title: 'Comment', under: '/console/:tenant/comments', view: (at) => html`<comment-page .tenant=${at.tenant} .me=${at.me} .comment=${at.params.comment}></comment-page>` },
  { path: '/console/:tenant/commenters', title: 'Commenters', view: (at) => html`<commenters-page .tenant=${at.tenant} .query=${at.query}></commenters-page>` },
  { path: '/console/:tenant/commenters/:commenter', title: 'Commenter', under: '/console/:tenant/commenters', view: (at) => html`<commenter-page .tenant=${at.tenant} .me=${at.me} .commenter=${at.params.commenter}></commenter-page>` },
  { path: '/console/:tenant/statistics', title: 'Statistics', view: (at) => html`<statistics-page .tenant=${at.tenant} .me=${at.me} .query=${at.query}></statistics-page>` },
  { path: '/console/:tenant/start', title: 'Get started', role: 'ADMIN', view: (at) => html`<start-page .tenant=${at.tenant} .me=${at.me} .query=${at.query}></start-page>` },
  { path: '/console/:tenant/policies', title: 'Policies', role: 'ADMIN', view: (at) => html`<policies-page .tenant=${at.tenant} .me=${at.me} .query=${at.query}></policies-page>` },
  { path: '/console/:tenant/policies/edit', title: 'Change a policy', role: 'ADMIN', under: '/console/:tenant/policies', view: (at) => html`<policy-editor .tenant=${at.tenant} .me=${at.me} .query=${at.query}></policy-editor>` },
  { path: '/console/:tenant/policies/try', title: 'Tried on the past', role: 'ADMIN', under: '/console/:tenant/policies', view: (at) => html`<policy-trial .tenant=${at.tenant} .me=${at.me} .query=${at.query}></policy-trial>` },
  { path: '/console/:tenant/policies/history', title: 'Versions of a policy', role: 'ADMIN', under: '/console/:tenant/policies', view: (at) => html`<policy-history .tenant=${at.tenant} .me=${at.me} .query=${at.query}></policy-history>` },
];

/** The menu. */
export const sections = [
  { title: 'Moderate', paths: ['/console/:tenant/queue', '/console/:tenant/comments', '/console/:tenant/commenters'] },
  { title: 'Watch', paths: ['/console/:tenant/statistics'] },
  { title: 'Set up', role: 'ADMIN', paths: ['/console/:tenant/start', '/console/:tenant/policies'] },
];
