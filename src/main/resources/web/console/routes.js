// Where one can go. `view` draws a page from {tenant, me, params, query}; `role` is needed for it; `under` is the entry
// of the menu that stays marked; `open` pages need no sign-in.

import { html } from 'lit';
import './pages/admin/api-keys.js';
import './pages/admin/articles.js';
import './pages/admin/audit.js';
import './pages/admin/invitation.js';
import './pages/admin/members.js';
import './pages/admin/models.js';
import './pages/admin/operator.js';
import './pages/admin/settings.js';
import './pages/admin/site.js';
import './pages/admin/sites.js';
import './pages/admin/webhook.js';
import './pages/admin/webhooks.js';
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
  { path: '/console/operator', title: 'Tenants', operator: true, view: () => html`<operator-page></operator-page>` },
  { path: '/console/invitation/:token', title: 'Invitation', open: true, view: (at) => html`<invitation-page .token=${at.params.token}></invitation-page>` },
  { path: '/console/invitation/:token/accept', title: 'Invitation', open: true, view: (at) => html`<invitation-page accepting .token=${at.params.token}></invitation-page>` },
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
  { path: '/console/:tenant/sites', title: 'Sites', role: 'ADMIN', view: (at) => html`<sites-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></sites-page>` },
  { path: '/console/:tenant/sites/:site', title: 'Site', role: 'ADMIN', under: '/console/:tenant/sites', view: (at) => html`<site-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></site-page>` },
  { path: '/console/:tenant/articles', title: 'Articles', role: 'ADMIN', view: (at) => html`<articles-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></articles-page>` },
  { path: '/console/:tenant/members', title: 'Members', role: 'ADMIN', view: (at) => html`<members-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></members-page>` },
  { path: '/console/:tenant/api-keys', title: 'API keys', role: 'ADMIN', view: (at) => html`<api-keys-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></api-keys-page>` },
  { path: '/console/:tenant/webhooks', title: 'Webhooks', role: 'ADMIN', view: (at) => html`<webhooks-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></webhooks-page>` },
  { path: '/console/:tenant/webhooks/:webhook', title: 'Webhook', role: 'ADMIN', under: '/console/:tenant/webhooks', view: (at) => html`<webhook-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></webhook-page>` },
  { path: '/console/:tenant/settings', title: 'Settings', role: 'ADMIN', view: (at) => html`<settings-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></settings-page>` },
  { path: '/console/:tenant/audit', title: 'Audit trail', role: 'ADMIN', view: (at) => html`<audit-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></audit-page>` },
  { path: '/console/:tenant/models', title: 'Models', view: (at) => html`<models-page .tenant=${at.tenant} .me=${at.me} .params=${at.params} .query=${at.query}></models-page>` },
];

/** The menu. */
export const sections = [
  { title: 'Moderate', paths: ['/console/:tenant/queue', '/console/:tenant/comments', '/console/:tenant/commenters'] },
  { title: 'Rules', role: 'ADMIN', paths: ['/console/:tenant/policies'] },
  { title: 'Administration', role: 'ADMIN', paths: ['/console/:tenant/start', '/console/:tenant/sites', '/console/:tenant/articles', '/console/:tenant/members', '/console/:tenant/api-keys', '/console/:tenant/webhooks', '/console/:tenant/settings'] },
  { title: 'Watch', paths: ['/console/:tenant/statistics', '/console/:tenant/audit', '/console/:tenant/models'] },
  { title: 'Operator', operator: true, paths: ['/console/operator'] },
];
