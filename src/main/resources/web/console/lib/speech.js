// What somebody wrote, with the words that drove a score marked, and what scores and reasons say in plain words.

import { html, nothing } from 'lit';
import { ATTRIBUTES, likely, plural } from './words.js';

/** Attributes whose words may hurt to read. */
const HURTFUL = ['profanity', 'insult', 'identity_attack', 'severe_toxicity', 'threat', 'toxicity'];
/** From here on an attribute is said of a text; below, its words are no slurs and are marked weakly. */
const SAID = 0.4;
/** The share of the strongest word from which on a word is one of those that are blurred. */
const SLUR = 0.35;

export const attributeName = (attribute) => ATTRIBUTES[attribute] ?? attribute.replaceAll('_', ' ');

/** Scores, highest first; empty if the scorer failed. */
export function ranked(scores) {
  return Object.values(scores?.byAttribute ?? {}).sort((a, b) => b.value - a.value);
}

/** The highest attribute that has words to show; null without any. */
export const strongest = (scores) => ranked(scores).find((score) => score.spans.length > 0)?.attribute ?? null;

const share = (span, spans) => span.contribution / Math.max(...spans.map((s) => s.contribution));
const overlap = (a, b) => a.start < b.end && b.start < a.end;

function slurs(scores) {
  return HURTFUL.map((name) => scores?.byAttribute?.[name])
    .filter((score) => score && score.value >= SAID)
    .flatMap((score) => score.spans.filter((span) => share(span, score.spans) >= SLUR));
}

/**
 * Places of a text to be marked, in order, none over another: `{start, end, level?, title?, slur}`.
 *
 * @param attribute whose words are shown; null: none, slurs are still known
 */
export function marks(scores, attribute) {
  const score = scores?.byAttribute?.[attribute];
  const hurtful = slurs(scores);
  const shown = (score?.spans ?? []).map((span) => {
    const strength = share(span, score.spans);
    const level = score.value < SAID || strength <= 0.33 ? 'weak' : strength <= 0.66 ? 'middle' : 'strong';
    return { ...span, level, title: `${attributeName(attribute)}: raised by ${span.contribution.toFixed(1)}`, slur: hurtful.some((other) => overlap(span, other)) };
  });
  const rest = hurtful.filter((span) => !shown.some((other) => overlap(span, other))).map((span) => ({ ...span, slur: true }));
  const places = [];
  for (const place of [...shown, ...rest].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (place.start >= (places.at(-1)?.end ?? 0)) places.push(place);
  }
  return places;
}

/** The text with its places; `focusable` lets blurred words be uncovered by the keyboard. */
export function speech(text, places, { limit = Infinity, focusable = false } = {}) {
  const pieces = [];
  let at = 0;
  for (const { start, end, level, title, slur } of places) {
    if (end > limit) break;
    pieces.push(text.slice(at, start));
    const kind = `${level ? `drove ${level}` : 'undriven'}${slur ? ' slur' : ''}`;
    pieces.push(html`<mark class=${kind} title=${title ?? nothing} tabindex=${slur && focusable ? '0' : nothing}>${text.slice(start, end)}</mark>`);
    at = end;
  }
  pieces.push(text.length > limit ? `${text.slice(at, Math.max(at, limit))}…` : text.slice(at));
  return pieces;
}

const REPORTS = { SPAM: 'advertising', HARASSMENT: 'harassment', HATE: 'hate', VIOLENCE: 'violence', OFF_TOPIC: 'off topic', ILLEGAL: 'illegal', OTHER: 'something else' };
export const reportName = (reason) => REPORTS[reason] ?? reason.toLowerCase();

const SCORED = /^([a-z_]+) ([\d.]+), from ([\d.]+) on$/;
const REPORTED = /^reported by (\d+): (.*)$/;
const LINKED = /^links: (\d+), at most (\d+)$/;

/** Reasons whose name says it all. */
const PLAIN = ['ADDRESS_BANNED', 'ADDRESS_UNPROVEN', 'HOLD_FIRST', 'NAME', 'PERSONAL_DATA', 'ROBOT', 'UNSCORED'];

/** The detail of a reason, for people; empty if there is nothing to add. */
export function explain({ code, detail }) {
  if (!detail || PLAIN.includes(code)) return '';
  const scored = SCORED.exec(detail);
  if (scored) return `${likely(Number(scored[2]))} (${scored[2]}, waits from ${scored[3]} on)`;
  const reported = REPORTED.exec(detail);
  if (reported) {
    const kinds = reported[2].split(', ').map((kind) => kind.replace(/^[A-Z_]+/, (name) => reportName(name)));
    return `${plural(Number(reported[1]), 'report', 'reports')}: ${kinds.join(', ')}`;
  }
  const linked = LINKED.exec(detail);
  if (linked) return `${plural(Number(linked[1]), 'link', 'links')}, ${linked[2] === '0' ? 'none is allowed' : `${linked[2]} allowed`}`;
  if (code === 'BANNED_WORD' || code === 'SUSPECT_WORD') return `“${detail}”`;
  return detail;
}

/** Signals that say something, as `{text, kind}`; what is as it should be, or stands among the reasons, is left out. */
export function tellSignals(signals = {}, said = new Set()) {
  const told = [];
  const add = (text, kind = '') => told.push({ text, kind });
  const hosts = [...new Set(signals.linkHosts ?? [])];
  if (hosts.length) add(`Links to ${hosts.slice(0, 5).join(', ')}${hosts.length > 5 ? ` and ${hosts.length - 5} more` : ''}`, 'waiting');
  if (signals.repeats > 0 && !said.has('REPEAT')) add(`The same text was sent ${plural(signals.repeats, 'time', 'times')} before within a day`, 'waiting');
  if (signals.staffLikeName && !said.has('NAME')) add('The name could be taken for staff’s', 'waiting');
  if (signals.robot && !said.has('ROBOT')) add('The form was filled in as a robot does', 'bad');
  if (signals.addressBanned && !said.has('ADDRESS_BANNED')) add('Sent at a banned address', 'bad');
  if (signals.personalData === 'MASK') add('An address or phone number was taken out of the text');
  else if (signals.personalData && !said.has('PERSONAL_DATA')) add('An address or phone number stands in the text', 'waiting');
  return told;
}
