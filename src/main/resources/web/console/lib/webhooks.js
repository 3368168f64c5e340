// Webhooks in plain words.

export const EVENTS = {
  'comment.published': 'A comment is published',
  'comment.held': 'A comment waits for a moderator',
  'comment.rejected': 'A comment is rejected',
  'comment.kept': 'A reported comment is left as it was',
  'comment.withdrawn': 'A commenter takes a comment back',
  'comment.erased': 'A commenter has everything erased',
  'comment.flagged': 'A reader reports a comment',
};

const OTHERS = { 'webhook.test': 'Test' };

export const eventOf = (type) => EVENTS[type] ?? OTHERS[type] ?? type;

export const DELIVERY_STATES = { WAITING: ['waits', 'waiting'], DELIVERED: ['delivered', 'good'], DEAD: ['given up', 'bad'] };

export const FAILURES = {
  NO_ADDRESS: 'its name leads nowhere that may be called',
  CONNECTION: 'no connection',
  TLS: 'no valid certificate',
  TIMEOUT: 'no answer within five seconds',
  BROKEN: 'no proper answer',
};

export const DISABLED = { STAFF: 'switched off', GONE: 'off: it answered that it is gone', FAILING: 'off: nothing got through for days' };

/** Why one was switched off that nobody switched off. */
export const OFF_BY_ITSELF = { GONE: 'its program answered that it is gone (410)', FAILING: 'nothing got through for five days' };

export const isOffByItself = (hook) => !hook.enabled && hook.disabledBecause in OFF_BY_ITSELF;

const LEARNT = 'parley-webhooks';

/** Tells the frame what a page has learnt of a tenant's webhooks, all of them. */
export const learnt = (tenant, hooks) => window.dispatchEvent(new CustomEvent(LEARNT, { detail: { tenant, hooks } }));

/** Hears of it; what comes back ends that. */
export function onWebhooks(hear) {
  const heard = ({ detail }) => hear(detail.tenant, detail.hooks);
  window.addEventListener(LEARNT, heard);
  return () => window.removeEventListener(LEARNT, heard);
}

/** `https://hooks.example/…`: what follows the host may be a secret. */
export function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

/** What the last attempt came to; empty if there was none. */
export function outcomeOf({ lastStatus, lastFailure }) {
  if (lastStatus) return `answered ${lastStatus}`;
  return FAILURES[lastFailure] ?? '';
}
