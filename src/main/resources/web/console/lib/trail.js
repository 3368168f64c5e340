// The audit trail in plain words: what was done, to what, and the facts that stand beside it.

import { REASONS, REJECTIONS, ROLES, STATES, count } from './words.js';

/** What was done, as it follows a name: `Ann` … `approved a comment`. By the codes of the API. */
export const ACTS = {
  ADDRESS_BANNED: 'banned the address of a commenter',
  ADDRESS_ERASED: 'erased the address of a commenter',
  ADDRESS_PROVEN: 'confirmed an address',
  API_KEY_CREATED: 'made an API key',
  API_KEY_REVOKED: 'revoked an API key',
  CLAIM_TAKEN_OVER: 'took a comment over from a colleague',
  COMMENT_APPROVED: 'approved a comment',
  COMMENT_DECIDED: 'decided on a comment by the policy',
  COMMENT_EDITED: 'edited a comment',
  ITEM_ESCALATED: 'escalated a comment to the admins',
  NOTE_ADDED: 'wrote a note on a comment',
  COMMENT_REJECTED: 'rejected a comment',
  COMMENT_RELEASED: 'let a comment go, whose address was confirmed',
  COMMENT_WITHDRAWN: 'took a comment back',
  COMMENTER_ERASED: 'erased a commenter',
  COMMENTERS_MERGED: 'joined commenters of one address',
  DECISION_UNDONE: 'took a decision back',
  EMAIL_REVEALED: 'looked at the address of a commenter',
  ESCALATION_UNDONE: 'gave an escalated comment back to the moderators',
  FLAG_RECEIVED: 'reported a comment',
  INVITATION_ACCEPTED: 'accepted an invitation',
  INVITATION_ACCOUNT_MADE: 'asked for a sign-in account for somebody invited',
  INVITATION_CREATED: 'invited somebody',
  INVITATION_OPENED: 'opened the sealed address of an invitation, to send its mail',
  INVITATION_RESENT: 'sent an invitation again',
  INVITATION_WITHDRAWN: 'withdrew an invitation',
  LABEL_DELETED: 'deleted a label',
  LABELS_DELETED: 'deleted all labels',
  MEMBER_ADDED: 'let a member in',
  MEMBER_CHANGED: 'changed a member',
  MEMBER_REMOVED: 'removed a member',
  OWN_MODEL_ACTIVATED: 'put a model that moderators taught in force',
  OWN_MODEL_DELETED: 'deleted a model that moderators taught',
  OWN_MODEL_RETIRED: 'took a model that moderators taught out of force',
  OWN_TRAINING_STARTED: 'had models taught from decisions',
  POLICY_CHANGED: 'changed a policy',
  RESCORING_CANCELLED: 'stopped scoring again',
  RESCORING_STARTED: 'began to score again',
  SANCTION_LIFTED: 'lifted a ban',
  SETTINGS_CHANGED: 'changed the settings',
  SIMULATION_CANCELLED: 'stopped trying something on the past',
  SIMULATION_STARTED: 'tried a policy or a model on the past',
  SITE_CHANGED: 'changed a site',
  SITE_CREATED: 'added a site',
  SITE_SECRET_ROTATED: 'made a new secret for a site',
  SITE_SECRET_SHOWN: 'looked at the secret of a site',
  TENANT_CHANGED: 'changed the state of this publisher',
  TENANT_CREATED: 'created this publisher',
  TEXTS_ERASED: 'erased texts that were rejected or taken back',
  WEBHOOK_CHANGED: 'changed a webhook',
  WEBHOOK_CREATED: 'added a webhook',
  WEBHOOK_DELETED: 'deleted a webhook',
  WEBHOOK_DISABLED: 'switched a webhook off, which got nothing through',
  WEBHOOK_REPLAYED: 'had deliveries of a webhook sent again',
  WEBHOOK_SECRET_ENDED: 'ended the former secret of a webhook',
  WEBHOOK_SECRET_ROTATED: 'made a new secret for a webhook',
  WEBHOOK_TESTED: 'sent a test to a webhook',
};

export const humane = (code) => code.toLowerCase().replaceAll(/[_-]/g, ' ');

export const actOf = (action) => ACTS[action] ?? humane(action);

export function actorOf({ kind, id, name }) {
  switch (kind) {
    case 'member':
      return name ?? 'A former member';
    case 'operator':
      return 'The operator';
    case 'reader':
      return 'A reader';
    case 'system':
      return 'Parley';
    default:
      return `${kind} ${id}`;
  }
}

/** Where what it was done to can be seen; null if nowhere. */
export function subjectPath(tenant, { subjectKind, subjectId }) {
  const at = `/console/${tenant}`;
  switch (subjectKind) {
    case 'comment':
      return `${at}/comments/${subjectId}`;
    case 'commenter':
      return `${at}/commenters/${subjectId}`;
    case 'site':
      return `${at}/sites/${subjectId}`;
    case 'member':
    case 'invitation':
      return `${at}/members`;
    case 'api-key':
      return `${at}/api-keys`;
    case 'webhook':
      return `${at}/webhooks/${subjectId}`;
    case 'policy':
      return `${at}/policies`;
    case 'rescoring':
      return `${at}/models`;
    default:
      return null;
  }
}

const FACTS = {
  from: 'Before', to: 'After', revision: 'Version of its text', stateVersion: 'State number', reason: 'Reason', reasons: 'Reasons',
  flags: 'Reports', note: 'Note', role: 'Role', sites: 'Sites', renamed: 'Renamed', name: 'Name', perMinute: 'Texts a minute',
  key: 'Key', language: 'Language', origins: 'Pages at', status: 'State', version: 'Version', scope: 'For', scopeRef: 'Which',
  total: 'To score', done: 'Scored', failed: 'Could not be scored', settings: 'Settings', until: 'Until', policies: 'Policies',
  merged: 'Joined', comments: 'Comments', count: 'How many', comment: 'Comment', queued: 'Waits now', created: 'Account made', job: 'Job', afterDays: 'After days',
  replyDepth: 'Replies to replies', editWindowSeconds: 'Seconds for changes', hideWhileEditIsHeld: 'Hidden while a change waits',
  personalData: 'Addresses in comments', rejectedRetentionDays: 'Days until texts are erased', nudges: 'Readers are asked to say it differently',
  host: 'Host', events: 'Events', enabled: 'Switched on', delivery: 'Delivery',
};

const WORDS = { ...STATES, ...ROLES, ...REASONS, ...Object.fromEntries(REJECTIONS), ACTIVE: 'active', SUSPENDED: 'suspended', CLOSING: 'closing', CLOSED: 'closed', PENDING: 'what waits', ALL: 'all comments', TENANT: 'everything', SITE: 'a site', CATEGORY: 'a category', ARTICLE: 'an article', MASK: 'replaced', HOLD: 'held', LEAVE: 'left' };

function valueOf(value) {
  if (value === null || value === undefined || value === '') return '–';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number') return count(value);
  if (Array.isArray(value)) return value.length ? value.map(valueOf).join(', ') : 'none';
  if (typeof value === 'object') return Object.entries(value).map(([k, v]) => `${FACTS[k] ?? WORDS[k] ?? humane(k)}: ${valueOf(v)}`).join('; ');
  return WORDS[value] ?? String(value);
}

/** What tells most of an entry, in a few words; empty if nothing does. */
export function gistOf({ detail = {} }) {
  const told = ['name', 'key', 'reason', 'status', 'role'].find((key) => typeof detail[key] === 'string' && detail[key]);
  return told ? valueOf(detail[told]) : '';
}

/** `[name, value]` of what stands beside an entry. */
export const factsOf = (detail = {}) => Object.entries(detail).map(([key, value]) => [FACTS[key] ?? humane(key), valueOf(value)]);
