// Policies in plain words: what a document says, what it inherits, how two versions differ, how two changes are joined.
// Nothing here decides about a comment; that is the server's.

import { ATTRIBUTES, count, plural } from './words.js';

export const SCOPES = { TENANT: 'Everything', SITE: 'Site', CATEGORY: 'Category', ARTICLE: 'Article' };

export const MODES = {
  PUBLISH_FIRST: ['Comments appear at once', 'What a threshold, list or rule below catches waits or is rejected.'],
  HOLD_FIRST: ['Everything is read first', 'A moderator approves each comment before readers see it.'],
  CLOSED: ['Nobody can comment', 'What was published stays visible.'],
};

export const PRESETS = {
  LENIENT: ['Lenient', 'Holds only what is almost surely hostile, and more than a few links. For lively debates and patient readers.'],
  BALANCED: ['Balanced', 'Holds what is likely hostile or advertising, and every link. Where most publishers start.'],
  STRICT: ['Strict', 'Holds at the first doubt. More to read for moderators, less for readers to endure.'],
  PREMODERATE: ['Premoderate', 'Everything is read before it appears, sorted by the thresholds of Balanced. For wars, courts and children.'],
};

export const SWITCHES = {
  holdUnscored: ['Hold what could not be scored', 'When scoring fails. Parley scores it again by itself and then decides anew.'],
  holdUnscoredLanguages: ['Hold languages without a model', 'Nothing is known about such comments.'],
  requireProof: ['Wait for a confirmed address', 'A comment waits until the link in the mail to its writer was used.'],
};

export const LISTS = {
  bannedWords: ['Banned words', 'A comment with one of these is rejected.'],
  suspectWords: ['Watched words', 'A comment with one of these waits for a moderator.'],
};

export const ACTIONS = { PUBLISH: 'Publish', HOLD: 'Hold', REJECT: 'Reject' };

const SIMPLE = ['mode', 'preset', 'maxLinks', ...Object.keys(SWITCHES)];
const WHOLE = ['bannedWords', 'suspectWords', 'rules'];
const MODE_ORDER = Object.keys(MODES);

export const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(Object.keys(value).filter((k) => value[k] !== undefined && value[k] !== null).sort().map((k) => [k, sorted(value[k])]));
}

/** A document without what it leaves to the wider scope, as the API takes it. */
export function tidy(document) {
  const kept = Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined && value !== null));
  if (kept.thresholds && Object.keys(kept.thresholds).length === 0) delete kept.thresholds;
  return kept;
}

export const score = (value) => (value === null || value === undefined ? 'never' : value.toFixed(2));
export const yesNo = (value) => (value ? 'yes' : 'no');
export const threshold = (t) => (t?.hold == null && t?.reject == null ? 'never held' : [t.hold != null && `held from ${score(t.hold)}`, t.reject != null && `rejected from ${score(t.reject)}`].filter(Boolean).join(', '));

// ---- What applies, and where it comes from ----------------------------------------------------------------------

const cell = (value, from) => ({ value, from });

/** What a preset says, as the widest scope of all. Values are `{value, from}`. */
export function ofPreset(name, presets) {
  const preset = presets.find((p) => p.name === name) ?? { thresholds: {}, maxLinks: 0 };
  const from = `the preset ${PRESETS[name]?.[0] ?? name}`;
  return {
    mode: cell(preset.mode ?? 'PUBLISH_FIRST', from),
    thresholds: Object.fromEntries(Object.keys(ATTRIBUTES).map((a) => [a, cell(preset.thresholds[a] ?? {}, from)])),
    maxLinks: cell(preset.maxLinks, from),
    holdUnscored: cell(true, 'Parley'),
    holdUnscoredLanguages: cell(true, 'Parley'),
    requireProof: cell(false, 'Parley'),
    bannedWords: cell([], 'Parley'),
    suspectWords: cell([], 'Parley'),
    rules: cell([], 'Parley'),
  };
}

/** A document on top of what is wider. */
export function over(wider, document, from, presets) {
  const own = (key, otherwise) => (document[key] === undefined || document[key] === null ? otherwise : cell(document[key], from));
  const base = document.preset ? ofPreset(document.preset, presets) : wider;
  const premoderate = document.preset && base.mode.value !== 'PUBLISH_FIRST';
  return {
    mode: own('mode', premoderate ? base.mode : wider.mode),
    thresholds: Object.fromEntries(Object.keys(ATTRIBUTES).map((a) => [a, document.thresholds?.[a] ? cell(document.thresholds[a], from) : base.thresholds[a]])),
    maxLinks: own('maxLinks', base.maxLinks),
    ...Object.fromEntries([...Object.keys(SWITCHES), ...WHOLE].map((key) => [key, own(key, wider[key])])),
  };
}

const lower = (a, b) => (a == null ? b : b == null ? a : Math.min(a, b));

function strictest(a, b) {
  const either = (key, isBStricter) => (isBStricter(a[key].value, b[key].value) ? b[key] : a[key]);
  const union = (key) => (same(a[key].value, b[key].value) ? a[key] : cell([...new Set([...a[key].value, ...b[key].value])], `${a[key].from} and ${b[key].from}`));
  return {
    mode: either('mode', (x, y) => MODE_ORDER.indexOf(y) > MODE_ORDER.indexOf(x)),
    thresholds: Object.fromEntries(Object.keys(ATTRIBUTES).map((name) => {
      const [x, y] = [a.thresholds[name], b.thresholds[name]];
      const joined = { hold: lower(x.value.hold, y.value.hold), reject: lower(x.value.reject, y.value.reject) };
      return [name, cell(joined, same(joined, x.value) ? x.from : y.from)];
    })),
    maxLinks: either('maxLinks', (x, y) => y < x),
    ...Object.fromEntries(Object.keys(SWITCHES).map((key) => [key, either(key, (x, y) => y && !x)])),
    ...Object.fromEntries(['bannedWords', 'suspectWords'].map((key) => [key, union(key)])),
    rules: strictestRules(a.rules, b.rules),
  };
}

/** All that hold or reject; of those that publish only what both have. */
function strictestRules(a, b) {
  if (same(a.value, b.value)) return a;
  const has = (rules, rule) => rules.some((r) => same(r, rule));
  const all = [...a.value, ...b.value.filter((rule) => !has(a.value, rule))];
  return cell(all.filter((rule) => rule.then !== 'PUBLISH' || (has(a.value, rule) && has(b.value, rule))), `${a.from} and ${b.from}`);
}

/**
 * What a scope inherits. `place` is `{scope, ref, site?, categories?}`; site and categories are an article's. Of several
 * categories the strictest counts, as on the server.
 */
export function inherited(policies, place, presets) {
  const of = (scope, ref) => policies.find((p) => p.scope === scope && p.scopeRef === ref)?.document;
  const layer = (wider, scope, ref, from) => (of(scope, ref) ? over(wider, of(scope, ref), from, presets) : wider);
  let policy = ofPreset('BALANCED', presets);
  if (place.scope === 'TENANT') return policy;
  policy = layer(policy, 'TENANT', '', 'everything');
  if (place.scope !== 'ARTICLE') return policy;
  if (place.site) policy = layer(policy, 'SITE', place.site, 'its site');
  const categories = (place.categories ?? []).filter((c) => of('CATEGORY', c));
  return categories.map((c) => layer(policy, 'CATEGORY', c, `the category ${c}`)).reduce((a, b) => (a ? strictest(a, b) : b), null) ?? policy;
}

// ---- In words ---------------------------------------------------------------------------------------------------

/** What a document says of its own, a sentence each. */
export function sentences(document) {
  const said = [];
  if (document.preset) said.push(`Starts from the preset ${PRESETS[document.preset]?.[0] ?? document.preset}.`);
  if (document.mode) said.push(`${MODES[document.mode][0]}.`);
  for (const [name, t] of Object.entries(document.thresholds ?? {})) said.push(`${ATTRIBUTES[name] ?? name}: ${threshold(t)}.`);
  if (document.maxLinks != null) said.push(document.maxLinks === 0 ? 'A comment with a link is held.' : `A comment with more than ${plural(document.maxLinks, 'link', 'links')} is held.`);
  for (const [key, [title]] of Object.entries(SWITCHES)) if (document[key] != null) said.push(`${title}: ${yesNo(document[key])}.`);
  for (const [key, [title]] of Object.entries(LISTS)) if (document[key]) said.push(`${title}: ${count(document[key].length)}.`);
  if (document.rules) said.push(document.rules.length ? `${plural(document.rules.length, 'rule', 'rules')} of its own: ${document.rules.map((r) => `“${r.name}”`).join(', ')}.` : 'No rules.');
  return said;
}

const NAMES = { mode: 'Readers’ comments', preset: 'Starts from', maxLinks: 'Links without being held', rules: 'Rules' };
const NOT_SET = 'not set';

function inWords(key, document) {
  const value = document[key];
  if (value === undefined || value === null) return key === 'maxLinks' ? unset(document) : NOT_SET;
  if (key === 'mode') return MODES[value][0].toLowerCase();
  if (key === 'preset') return PRESETS[value]?.[0] ?? value;
  return typeof value === 'boolean' ? yesNo(value) : String(value);
}

/** Presets speak of thresholds and links alone. */
const unset = (document) => (document.preset ? 'as the preset' : NOT_SET);

const few = (words) => (words.length > 5 ? `${words.slice(0, 5).join(', ')} and ${count(words.length - 5)} more` : words.join(', '));

/** How two documents differ: `{key, what, from, to}` each, empty if they say the same. */
export function differences(before, after) {
  const found = [];
  const differs = (key) => !same(before[key], after[key]);
  for (const key of SIMPLE) {
    if (differs(key)) found.push({ key, what: NAMES[key] ?? SWITCHES[key][0], from: inWords(key, before), to: inWords(key, after) });
  }
  for (const name of Object.keys({ ...before.thresholds, ...after.thresholds })) {
    const [a, b] = [before.thresholds?.[name], after.thresholds?.[name]];
    if (!same(a, b)) found.push({ key: `thresholds.${name}`, what: ATTRIBUTES[name] ?? name, from: a ? threshold(a) : unset(before), to: b ? threshold(b) : unset(after) });
  }
  for (const key of Object.keys(LISTS)) {
    if (!differs(key)) continue;
    const [a, b] = [before[key] ?? [], after[key] ?? []];
    const [added, removed] = [b.filter((w) => !a.includes(w)), a.filter((w) => !b.includes(w))];
    const change = [added.length && `added ${few(added)}`, removed.length && `removed ${few(removed)}`].filter(Boolean).join('; ');
    found.push({ key, what: LISTS[key][0], from: before[key] ? plural(a.length, 'word', 'words') : NOT_SET, to: after[key] ? `${plural(b.length, 'word', 'words')}${change ? ` (${change})` : ''}` : NOT_SET });
  }
  if (differs('rules')) found.push({ key: 'rules', what: NAMES.rules, from: before.rules ? plural(before.rules.length, 'rule', 'rules') : NOT_SET, to: after.rules ? rulesChanged(before.rules ?? [], after.rules) : NOT_SET });
  return found;
}

function rulesChanged(before, after) {
  const names = (list, other) => list.filter((r) => !other.some((o) => o.name === r.name)).map((r) => `“${r.name}”`);
  const [added, removed] = [names(after, before), names(before, after)];
  const changed = after.filter((r) => before.some((o) => o.name === r.name && !same(o, r))).map((r) => `“${r.name}”`);
  const parts = [added.length && `added ${few(added)}`, removed.length && `removed ${few(removed)}`, changed.length && `changed ${few(changed)}`].filter(Boolean);
  return `${plural(after.length, 'rule', 'rules')} (${parts.length ? parts.join('; ') : 'in another order'})`;
}

/**
 * Joins a draft with what a colleague saved meanwhile: each setting that the draft changed stays as in the draft, all
 * others are the colleague's. Answers with the joined document and the names of what both changed.
 */
export function rebase(base, mine, theirs) {
  const both = [];
  const pick = (what, b, m, t) => {
    if (same(m, b)) return t;
    if (!same(t, b) && !same(t, m)) both.push(what);
    return m;
  };
  const document = {};
  for (const key of SIMPLE) document[key] = pick(NAMES[key] ?? SWITCHES[key]?.[0], base[key], mine[key], theirs[key]);
  for (const key of WHOLE) document[key] = pick(NAMES[key] ?? LISTS[key]?.[0], base[key], mine[key], theirs[key]);
  const names = Object.keys({ ...base.thresholds, ...mine.thresholds, ...theirs.thresholds });
  const thresholds = names.map((name) => [name, pick(ATTRIBUTES[name] ?? name, base.thresholds?.[name], mine.thresholds?.[name], theirs.thresholds?.[name])]);
  document.thresholds = Object.fromEntries(thresholds.filter(([, t]) => t));
  return { document: tidy(document), both };
}

// ---- Shares -----------------------------------------------------------------------------------------------------

/** Which part of the comments has a score from `at` on; bins of equal width over 0 to 1. */
export function shareFrom(bins, total, at) {
  if (!total || at === null || at === undefined) return 0;
  const place = at * bins.length;
  const cut = Math.floor(place);
  const whole = bins.slice(cut + 1).reduce((sum, n) => sum + n, 0);
  return (whole + (bins[cut] ?? 0) * (1 - (place - cut))) / total;
}
