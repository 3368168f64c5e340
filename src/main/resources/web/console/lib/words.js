// How the console says things: numbers, times and the codes of the API, in plain English.

const LOCALE = 'en-GB';
const number = new Intl.NumberFormat(LOCALE);
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
const languages = new Intl.DisplayNames([LOCALE], { type: 'language' });

export const count = (n) => number.format(n ?? 0);
export const date = (at) => (at ? day.format(new Date(at)) : '');
export const time = (at) => (at ? moment.format(new Date(at)) : '');
export const percent = (share, digits = 0) => `${(100 * share).toFixed(digits)} %`;
export const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;

/** `5 minutes ago` */
export function ago(at, now = Date.now()) {
  const seconds = (new Date(at).getTime() - now) / 1000;
  for (const [unit, size] of [['year', 31_557_600], ['month', 2_629_800], ['day', 86_400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return 'just now';
}

/** `1 h 5 min` */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) {
    const minutes = Math.round(seconds / 60);
    return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
  }
  return `${Math.round(seconds / 86_400)} days`;
}

export function language(code) {
  if (!code || code === 'und') return 'language unknown';
  try {
    return languages.of(code);
  } catch {
    return code;
  }
}

export const ATTRIBUTES = {
  toxicity: 'Toxicity',
  severe_toxicity: 'Severe toxicity',
  insult: 'Insult',
  profanity: 'Profanity',
  threat: 'Threat',
  identity_attack: 'Attack on a group',
  spam: 'Spam',
};

/** Why something waits, as a moderator says it. */
export const REASONS = {
  ADDRESS_BANNED: 'Sent at a banned address',
  ADDRESS_UNPROVEN: 'Address not confirmed',
  BANNED_WORD: 'Banned word',
  FLAGGED: 'Reported by readers',
  HOLD_FIRST: 'Everything is read first here',
  IDENTITY_ATTACK: 'Attack on a group',
  INSULT: 'Insult',
  LANGUAGE: 'No model for its language',
  LINKS: 'Links',
  NAME: 'Name looks like staff’s',
  PERSONAL_DATA: 'Personal data',
  PROFANITY: 'Profanity',
  REPEAT: 'Sent before',
  ROBOT: 'Filled in by a robot',
  RULE: 'Your rule',
  SEVERE_TOXICITY: 'Severe toxicity',
  SPAM: 'Spam',
  SUSPECT_WORD: 'Watched word',
  THREAT: 'Threat',
  TOXICITY: 'Toxic',
  UNSCORED: 'Could not be scored',
};

/** Reasons of a rejection, in the order of their digits. */
export const REJECTIONS = [
  ['ABUSE', 'Abuse or insult'],
  ['HATE', 'Hate against a group'],
  ['THREAT', 'Threat'],
  ['SPAM', 'Advertising'],
  ['OFF_TOPIC', 'Off topic'],
  ['PERSONAL_DATA', 'Personal data'],
  ['ILLEGAL', 'Illegal'],
  ['OTHER', 'Another reason'],
];

export const STATES = { PUBLISHED: 'Published', HELD: 'Waiting', REJECTED: 'Rejected', WITHDRAWN: 'Taken back' };
export const ROLES = { MODERATOR: 'Moderator', ADMIN: 'Admin' };

/** A score in words; the thresholds are steps of reading, not of any policy. */
export function likely(value) {
  if (value >= 0.9) return 'almost surely';
  if (value >= 0.7) return 'likely';
  if (value >= 0.4) return 'perhaps';
  if (value >= 0.15) return 'hardly';
  return 'no sign';
}
