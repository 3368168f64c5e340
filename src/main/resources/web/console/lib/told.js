// What happened to a comment, as sentences.

import { REJECTIONS, STATES, ago } from './words.js';
import { reportName } from './speech.js';

export const rejectionName = (reason) => REJECTIONS.find(([code]) => code === reason)?.[1] ?? reason?.toLowerCase() ?? '';

export const actionName = { APPROVE: 'Approved', REJECT: 'Rejected', SPAM: 'Rejected as spam', ESCALATE: 'Escalated' };

const DONE = { APPROVE: 'approved it', REJECT: 'rejected it', SPAM: 'rejected it as spam', ESCALATE: 'escalated it' };

const JUDGED = { PUBLISH: 'let it appear', HOLD: 'held it', REJECT: 'rejected it', PUBLISHED: 'let it appear', HELD: 'held it', REJECTED: 'rejected it' };

export function who(by) {
  if (by?.kind === 'machine') return 'Parley';
  if (by?.kind === 'reader') return by.name ?? 'A reader';
  return by?.name ?? 'A colleague';
}

/** What a decision was: newer entries name the action, others tell it by the state that came of it. */
function decided({ action, to, reason }) {
  const known = action ?? (to === 'PUBLISHED' ? 'APPROVE' : to === 'REJECTED' ? (reason ? 'REJECT' : 'SPAM') : null);
  const why = known === 'REJECT' && reason ? `: ${rejectionName(reason).toLowerCase()}` : '';
  return `${DONE[known] ?? 'decided on it'}${why}`;
}

/** `Ann rejected it: off topic` */
export function tell({ kind, by, detail = {} }) {
  const name = by?.kind === 'reader' && kind !== 'FLAGGED' ? 'The writer' : who(by);
  switch (kind) {
    case 'SUBMITTED':
      return `${name} sent it`;
    case 'EDITED':
      return `${name} edited it`;
    case 'JUDGED':
      return `The policy ${JUDGED[detail.outcome ?? detail.to ?? detail.status] ?? 'judged it'}`;
    case 'FLAGGED':
      return `A reader reported it${detail.reason ? `: ${reportName(detail.reason)}` : ''}`;
    case 'DECIDED':
      return `${name} ${decided(detail)}`;
    case 'UNDONE':
      return `${name} took the decision back`;
    case 'ESCALATED':
      return `${name} escalated it to the admins`;
    case 'NOTED':
      return `${name} noted`;
    case 'PUBLISHED':
      return 'It appeared';
    case 'WITHDRAWN':
      return `${name} took it back`;
    case 'RESCORED':
      return 'It was scored again';
    case 'CLAIMED':
      return `${name} opened it`;
    default: {
      const words = kind.toLowerCase().replaceAll('_', ' ');
      return words[0].toUpperCase() + words.slice(1);
    }
  }
}

/** What is true now of something that was seen otherwise: `Ann approved it 2 minutes ago.` */
export function tellNow(last, present) {
  if (last) return `${tell(last)} ${ago(last.at) === 'just now' ? 'a moment ago' : ago(last.at)}.`;
  if (present) return `It has changed meanwhile and is now: ${(STATES[present.status] ?? present.status).toLowerCase()}.`;
  return 'It is no longer in the queue.';
}
