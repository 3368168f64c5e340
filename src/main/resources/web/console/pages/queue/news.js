// What is new in the queue, and how much waits: counts, and the comments that came since the list was read.

import { FILTERS, filterOf } from './filters.js';
import { listen } from './live.js';

/** Counts are asked for again at most so often, and without a reason of one's own so rarely. */
const COUNTS_MS = 3000;
const POLL_MS = 30_000;

/** So long the word that a comment came may take from the server to here. */
const WORD_MS = 2000;

export class News {
  /**
   * @param desk the list that the news are about
   * @param look `() => ({query})`, what the page shows now
   * @param changed called when there is something to draw
   */
  constructor(desk, look, changed) {
    this.desk = desk;
    this.look = look;
    this.changed = changed;
    /** Of what is looked at, and of everything that waits; null until they came. */
    this.counts = null;
    this.all = null;
    /** When each comment was heard of that came since. */
    this.fresh = new Map();
    /** How many more came that the counts alone tell of. */
    this.counted = 0;
    /** How many were heard of since the counts came: those are in the next ones too. */
    this.heard = 0;
    /** When the counts came. */
    this.countedAt = 0;
    /** Whether they are being asked for, whether what is more in them is to be told, and whether they can't tell. */
    this.asking = false;
    this.announcing = false;
    this.unsure = false;
    this.stream = listen(desk.at.url('/queue/events'), {
      hear: (place) => this.hear(place),
      begin: () => this.meet(),
      miss: () => {
        this.count({ announce: true });
        desk.catchUp();
      },
    });
    // A word that was lost is made good; and without a stream this is all there is.
    this.polling = setInterval(() => document.visibilityState === 'visible' && this.count({ announce: !this.stream.isOpen() }), POLL_MS);
  }

  end() {
    this.stream.end();
    clearInterval(this.polling);
    clearTimeout(this.counting);
    this.ended = true;
  }

  /** How many came since the list was read. */
  get size() {
    return this.fresh.size + this.counted;
  }

  /** The list was read anew. What came after it was asked for may be missing in it, and stays new. */
  read() {
    const { desk } = this;
    this.fresh = new Map([...this.fresh].filter(([id, heardAt]) => heardAt >= desk.readAt && !desk.line(id)));
    this.counted = 0;
    this.count();
    this.meet();
  }

  /** Once list and stream both stand: what came between the two was told by neither. */
  async meet() {
    if (this.met || !this.stream.isOpen() || this.desk.readAt === undefined) return;
    this.met = true;
    for (const id of await this.desk.catchUp()) this.fresh.set(id, Date.now());
    this.changed();
  }

  /** Something else is looked at. */
  reset() {
    this.counts = null;
  }

  /** Asks for the counts, soon. `announce`: what came since the last time is new. */
  count({ announce = false } = {}) {
    this.announcing ||= announce;
    this.unsure ||= announce && (this.asking || !this.counts);
    if (this.counting || this.ended) return;
    this.counting = setTimeout(() => this.ask(), this.counts ? COUNTS_MS : 0);
  }

  async ask() {
    const { order, escalated, ...filter } = filterOf(this.look().query);
    const before = this.counts?.total;
    this.asking = true;
    try {
      const [all, counts] = await Promise.all([this.desk.counts(), Object.keys(filter).length > 0 ? this.desk.counts(filter) : null]);
      this.all = all;
      this.counts = counts ?? all;
      this.countedAt = Date.now();
      if (this.announcing && before !== undefined && !this.unsure && !escalated) this.announce(this.counts.total - before - this.heard);
      // What came while they were asked for may be in them or not: the list itself is asked.
      while (this.unsure) {
        this.unsure = false;
        for (const id of await this.desk.catchUp()) this.fresh.set(id, Date.now());
        this.counted = 0;
      }
      this.heard = 0;
      this.changed();
    } catch {
      // The list is what matters; its counts come the next time.
    }
    this.asking = false;
    this.announcing = false;
    this.counting = null;
  }

  /** How a comment stands, as the server told. */
  hear(place) {
    const filtered = FILTERS.some((name) => this.look().query[name]);
    const isNew = this.desk.heard(place);
    if (isNew && !filtered) {
      if (!this.fresh.has(place.comment)) this.heard += 1;
      this.fresh.set(place.comment, Date.now());
    } else if (!place.waiting) this.fresh.delete(place.comment);
    // Whether it fits the filter is known to the counts only. What came before those here may be in them already.
    const cameAt = Date.now() - (Date.parse(place.at) - Date.parse(place.since)) - WORD_MS;
    this.unsure ||= isNew && filtered && cameAt < this.countedAt;
    this.count({ announce: isNew && filtered });
    this.changed();
  }

  announce(n) {
    if (n > 0) this.counted += n;
  }
}
