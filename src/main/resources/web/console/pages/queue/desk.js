// What lies on a moderator's desk: the list, the open item, claims, decisions on their way. It draws nothing; it says
// `changed()` whenever there is something new to draw.

import { within } from '../../lib/api.js';
import { Claims } from './claims.js';

const PAGE = 50;
/** Fewer than these still to do: the next page is fetched ahead. */
const LOW = 12;
/** What happens to a comment that takes it from the queue or changes it there. */
const TELLING = ['DECIDED', 'UNDONE', 'ESCALATED', 'WITHDRAWN', 'EDITED', 'ERASED'];
/** So many of what I decided stay in sight above, for another look or an undo. */
const KEPT = 15;

/**
 * A line of the list.
 *
 * `done`: once it was decided, `{kind: action of mine or 'gone', mine, last?: entry of its history}`; `taken`: a
 * colleague's claim; `trouble`: what came instead of a decision, `{kind: 'stale'|'claimed'|'failed', text?, last?,
 * present?}`; `more`: thread and notes, once they are asked for; `edited`: it was edited after the list was read;
 * `touched`: when I last claimed it or took a decision on it back. A list that was asked for before that knows less.
 */
const lineOf = (item) => ({ id: item.comment.id, item, done: null, taken: takenBy(item), trouble: null, more: null, touched: 0 });
const takenBy = (item) => (item.claim && !item.claim.mine ? item.claim : null);

export class Desk {
  constructor(tenant, changed, isAdmin) {
    this.tenant = tenant;
    this.changed = changed;
    this.isAdmin = isAdmin;
    this.at = within(tenant);
    this.lines = [];
    this.current = null;
    this.cursor = null;
    this.filter = {};
    this.drafts = new Map();
    this.claims = new Claims(this.at, (id) => this.hold(id));
    this.undoable = [];
    this.holding = new Map();
    this.loading = 0;
    this.tookBackAt = 0;
  }

  line(id) {
    return this.lines.find((line) => line.id === id) ?? null;
  }

  get open() {
    return this.current && this.line(this.current);
  }

  free(line) {
    return !line.done && !line.trouble && !(line.taken && !(Date.parse(line.taken.expiresAt) < Date.now()));
  }

  /** Reads the list anew; what is open stays open, at its place or before the first. */
  async load(filter, signal) {
    this.loading += 1;
    try {
      await this.read(filter, signal);
    } finally {
      this.loading -= 1;
    }
  }

  async read(filter, signal) {
    const asked = Date.now();
    const page = await this.at.get('/queue', { ...filter, limit: PAGE }, signal);
    // What was taken back meanwhile waits again, and this answer does not know it.
    if (this.tookBackAt > asked) return this.read(filter, signal);
    this.readAt = asked;
    const open = this.open;
    const known = new Map(this.lines.map((line) => [line.id, line]));
    this.filter = filter;
    this.cursor = page.cursor ?? null;
    this.lines = page.items.map((item) => {
      const line = known.get(item.comment.id);
      return line?.done?.mine || line?.touched >= asked ? line : { ...lineOf(item), more: line?.more ?? null };
    });
    if (open && !this.line(open.id)) this.lines.unshift(open);
    this.changed();
  }

  async loadMore() {
    if (!this.cursor || this.loadingMore) return;
    this.loadingMore = true;
    try {
      const page = await this.at.get('/queue', { ...this.filter, limit: PAGE, cursor: this.cursor });
      this.cursor = page.cursor ?? null;
      this.lines = [...this.lines, ...page.items.filter((item) => !this.line(item.comment.id)).map(lineOf)];
    } finally {
      this.loadingMore = false;
      this.changed();
    }
  }

  /** The nearest line in that direction that can be worked on; null at the end. */
  beside(id, step = 1) {
    const from = this.lines.findIndex((line) => line.id === id);
    const rest = step > 0 ? this.lines.slice(from + 1) : this.lines.slice(0, Math.max(0, from)).reverse();
    return rest.find((line) => (step > 0 ? this.free(line) : !line.taken))?.id ?? null;
  }

  /** Where to go on from a line: what is below it, else the first that is left. */
  after(id) {
    return this.beside(id) ?? this.lines.find((line) => line.id !== id && this.free(line))?.id ?? null;
  }

  /** Shows an item at once from what is known; claims it and the one that comes after. */
  async show(id) {
    this.current = id;
    this.changed();
    if (!id) return this.claims.keep([]);
    const ahead = this.after(id);
    this.claims.keep([id, ahead]);
    await this.hold(id);
    this.fetchMore(id);
    if (this.current !== id) return;
    if (ahead) {
      await this.hold(ahead);
      this.fetchMore(ahead);
    }
    if (this.cursor && this.lines.filter((line) => this.free(line)).length < LOW) await this.loadMore().catch(() => {});
  }

  /** Claims an item and brings it up to date. What stands in the way is written on its line. */
  hold(id, { takeOver } = {}) {
    const line = this.line(id);
    if (!takeOver && (this.claims.has(id) || line?.done || line?.trouble || this.isForAdmins(line))) return Promise.resolve();
    if (!this.holding.has(id)) this.holding.set(id, this.claim(id, takeOver).finally(() => this.holding.delete(id)));
    return this.holding.get(id);
  }

  /** Whether somebody else has to decide: it is read without a claim, which would keep them from it. */
  isForAdmins(line) {
    return Boolean(line?.item.escalation) && !this.isAdmin();
  }

  async claim(id, takeOver) {
    try {
      const { items } = await this.at.post('/queue/claims', takeOver ? { comment: id, takeOver: true } : { comment: id });
      const item = items[0];
      if (!item) throw { status: 404 }; // decided on before the answer was made
      const line = this.line(id);
      if (!line) this.lines = [{ ...lineOf(item), touched: Date.now() }, ...this.lines];
      else if (line.done || item.comment.stateVersion < line.item.comment.stateVersion) return;
      else Object.assign(line, { item, taken: null, trouble: null, touched: Date.now(), edited: line.item.comment.revision !== item.comment.revision });
      if (item.claim) this.claims.add(id, item.claim); // else it was given back before the answer was made
    } catch (problem) {
      await this.refused(id, problem);
    }
    this.changed();
  }

  async refused(id, problem) {
    const line = this.line(id);
    if (line?.done) return;
    if (problem.type === 'claimed') {
      if (line) line.taken = problem.document.claim ?? {};
      else await this.fetchRecord(id, { taken: problem.document.claim ?? {} });
    } else if (problem.status === 403) {
      if (!line) await this.fetchRecord(id, { waits: true });
    } else if (problem.status === 404 && line) {
      if (await this.isAsSeen(line)) return; // It can't be claimed, yet it waits: the versions guard the decision.
      line.done = { kind: 'gone', mine: false, last: await this.fate(id) };
    } else if (problem.status === 404) {
      await this.fetchRecord(id, {});
    } else if (line) {
      line.trouble = { kind: 'failed', text: problem.message };
    } else {
      this.lost = problem;
    }
  }

  /** Whether nothing happened to an item since it was read. */
  async isAsSeen(line) {
    const seen = line.item.comment;
    const { comment } = await this.at.get(`/comments/${line.id}`).catch(() => ({ comment: {} }));
    return comment.stateVersion === seen.stateVersion && comment.revision === seen.revision;
  }

  /** An item that is not in the list: its record stands in for it. */
  async fetchRecord(id, { taken, waits }) {
    try {
      const record = await this.at.get(`/comments/${id}`);
      const item = itemOf(record);
      const line = { ...lineOf(item), taken: taken ?? null };
      if (!taken && !waits) line.done = { kind: 'gone', mine: false, last: await this.fate(id) };
      this.lines = [line, ...this.lines];
    } catch (problem) {
      this.lost = problem;
    }
  }

  /** The last entry of a comment's history that tells why it is not as it was; null if that is unknown. */
  async fate(id) {
    try {
      const { items } = await this.at.get(`/comments/${id}/history`);
      return items.findLast((entry) => TELLING.includes(entry.kind)) ?? null;
    } catch {
      return null;
    }
  }

  /** Thread, notes and statements, which only an open item needs. */
  async fetchMore(id) {
    const line = this.line(id);
    if (!line || line.more) return;
    line.more = {};
    const [context, record] = await Promise.allSettled([this.at.get(`/comments/${id}/context`), this.at.get(`/comments/${id}`)]);
    line.more = { context: context.value ?? null, record: record.value ?? null };
    this.changed();
  }

  /**
   * Decides as seen. The line changes at once; the promise tells whether the server agreed, and if not, `trouble` of the
   * line says what is true now. A typed note comes along, and is still there if it failed.
   */
  decide(id, action, reason) {
    const line = this.line(id);
    const note = (this.drafts.get(id) ?? '').trim();
    const { revision, stateVersion } = line.item.comment;
    const body = { revision, stateVersion, action, ...(reason && { reason }), ...(note && { note }) };
    line.done = { kind: action, mine: true };
    this.claims.forget(id);
    const entry = { ids: [id], action };
    entry.sent = this.at.post(`/comments/${id}/decisions`, body).then(
      (answer) => {
        entry.decision = answer.decision;
        this.drafts.delete(id);
        if (!entry.decision) this.drop(entry);
        return true;
      },
      async (problem) => {
        line.done = null;
        this.drop(entry);
        await this.fell(line, problem);
        this.changed();
        return false;
      },
    );
    this.undoable.push(entry);
    this.prune();
    this.changed();
    return entry;
  }

  async fell(line, problem) {
    if (problem.type === 'stale-version' || problem.status === 404) {
      const last = await this.fate(line.id);
      line.trouble = { kind: 'stale', last, present: problem.document.present ?? null };
    } else if (problem.type === 'claimed') {
      line.taken = problem.document.claim ?? {};
      line.trouble = { kind: 'claimed' };
    } else {
      line.trouble = { kind: 'failed', text: problem.message };
    }
  }

  drop(entry) {
    this.undoable = this.undoable.filter((other) => other !== entry);
  }

  /** Takes back the last decision, or the one given. Answers with the comment to show; throws what the server said. */
  async undo(entry = this.undoable.at(-1)) {
    if (!entry || entry.undoing) return null;
    entry.undoing = true;
    try {
      if (!(await entry.sent) || !(entry.decision || entry.batches)) return null;
      const results = entry.batches ? await this.undoBatches(entry) : await this.undoOne(entry);
      this.drop(entry);
      this.tookBackAt = Date.now();
      const undone = results.filter((result) => result.outcome === 'UNDONE');
      for (const { comment, present } of undone) {
        const line = this.line(comment);
        if (!line) continue;
        Object.assign(line, { done: null, trouble: null, touched: Date.now() });
        if (line.item && present) Object.assign(line.item.comment, present); // a new state, to be decided on anew
      }
      const back = undone.map((result) => result.comment);
      // Out of sight by now, and waiting again. A list that is just being read will have it.
      if (!this.loading && back.some((id) => !this.line(id))) await this.load(this.filter);
      this.changed();
      return { back, failed: results.length - back.length };
    } finally {
      entry.undoing = false;
    }
  }

  /** Many were decided at once: their lines follow. */
  batchDone(entry, results, action) {
    for (const { comment, outcome } of results) {
      const line = this.line(comment);
      if (!line) continue;
      if (outcome === 'DECIDED') line.done = { kind: action, mine: true };
      else if (outcome === 'CLAIMED') line.taken = {};
      else if (outcome !== 'NOT_ALLOWED') line.done = { kind: 'gone', mine: false };
      this.claims.forget(comment);
    }
    this.undoable.push(entry);
    this.changed();
  }

  async undoOne({ decision }) {
    const { id, status, revision, stateVersion } = await this.at.post(`/decisions/${decision}/undo`);
    return [{ comment: id, outcome: 'UNDONE', present: { status, revision, stateVersion } }];
  }

  async undoBatches({ batches }) {
    const answers = [];
    for (const batch of batches) answers.push(...(await this.at.post(`/decisions/batches/${batch}/undo`)).results);
    return answers;
  }

  /** What has changed since it was seen is seen anew. */
  async refresh(id) {
    const line = this.line(id);
    if (!line) return;
    Object.assign(line, { done: null, trouble: null, more: null });
    this.claims.forget(id);
    await this.show(id);
  }

  /** What I decided long ago goes out of sight. */
  prune() {
    const mine = this.lines.filter((line) => line.done?.mine);
    const old = new Set(mine.slice(0, Math.max(0, mine.length - KEPT)).map((line) => line.id));
    if (old.size > 0) this.lines = this.lines.filter((line) => !old.has(line.id));
  }

  /**
   * How a comment stands, as the server told: `{comment, at, waiting, revision, escalated, since, claim}`. Answers
   * whether it came since the list was read, by the server's clock.
   */
  heard({ comment, at, stateVersion, waiting, revision, escalated, since, claim }) {
    const here = waiting && escalated === Boolean(this.filter.escalated);
    const line = this.line(comment);
    if (!line) return here && Date.now() - (Date.parse(at) - Date.parse(since)) > this.readAt;
    if (line.done?.mine || this.holding.has(comment)) return false;
    if (stateVersion < line.item.comment.stateVersion) return false; // told before an answer that overtook it
    if (!here && !line.done) this.gone(line);
    else if (here) this.waits(line, revision, claim && !claim.mine ? claim : null);
    this.changed();
    return false;
  }

  /** A line is in the queue, as before or again. */
  waits(line, revision, taken) {
    const back = line.done !== null;
    line.taken = taken;
    if (!taken && line.trouble?.kind === 'claimed') line.trouble = null;
    if (revision > line.item.comment.revision) line.edited = true;
    if (!back) return;
    // It is as new: what is known of it is read when it is opened.
    Object.assign(line, { done: null, trouble: null, more: null });
    if (line.id === this.current) this.refresh(line.id);
  }

  /**
   * Changes may have been missed: claims are read anew, and what is gone of a list that is known to its end.
   *
   * @returns ids of what waits and is not in the list
   */
  async catchUp() {
    const { filter } = this;
    const asked = Date.now();
    const page = await this.at.get('/queue', { ...filter, limit: PAGE }).catch(() => null);
    if (!page || filter !== this.filter) return [];
    for (const line of this.lines.filter(({ done, id, touched }) => !done?.mine && !this.holding.has(id) && touched < asked)) {
      const item = page.items.find(({ comment }) => comment.id === line.id);
      if (item) this.waits(line, item.comment.revision, takenBy(item));
      else if (!page.cursor && !line.done && line.id !== this.current) this.gone(line);
    }
    this.changed();
    return page.items.map(({ comment }) => comment.id).filter((id) => !this.line(id));
  }

  async gone(line) {
    line.done = { kind: 'gone', mine: false };
    this.claims.forget(line.id);
    if (line.id !== this.current) return;
    line.done.last = await this.fate(line.id);
    this.changed();
  }

  async addNote(id, text) {
    const note = await this.at.post(`/comments/${id}/notes`, { text });
    this.drafts.delete(id);
    const notes = this.line(id)?.more?.record?.notes;
    notes?.push(note);
    this.changed();
  }

  counts(filter = {}) {
    return this.at.get('/queue/counts', filter);
  }

  async leave() {
    this.current = null;
    await this.claims.keep([]);
  }
}

/** A record in the shape of an item of the queue. */
export function itemOf(record) {
  const written = record.revisions.at(-1) ?? { body: '', language: 'und', scores: null, signals: {} };
  return {
    comment: record.queue?.comment ?? record.comment,
    article: record.article,
    written,
    reasons: record.queue?.reasons ?? written.judgement?.reasons ?? [],
    flags: record.flags ?? [],
    risk: record.queue?.risk ?? written.judgement?.risk ?? 0,
    enteredAt: record.queue?.enteredAt ?? record.comment.createdAt,
    claim: record.queue?.claim,
    escalation: record.queue?.escalation,
  };
}
