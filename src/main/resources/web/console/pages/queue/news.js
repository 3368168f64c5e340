// What is new in the queue, and how much waits: counts, and the comments that came since the list was read.

import { FILTERS, filterOf } from './filters.js';
import { listen } from './live.js';

/** Counts are asked for again at most so often, and without a reason of one's own so rarely. */
const COUNTS_MS = 3000;
const POLL_MS = 30_000;

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
    /** One entry for each comment that came since. */
    this.fresh = new Set();
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

  /** The list was read anew. */
  read() {
    this.fresh = new Set();
    this.count();
    this.meet();
  }

  /** Once list and stream both stand: what came between the two was told by neither. */
  async meet() {
    if (this.met || !this.stream.isOpen() || this.desk.readAt === undefined) return;
    this.met = true;
    for (const id of await this.desk.catchUp()) this.fresh.add(id);
    this.changed();
  }

  /** Something else is looked at. */
  reset() {
    this.counts = null;
  }

  /** Asks for the counts, soon. `announce`: what came since the last time is new. */
  count({ announce = false } = {}) {
    this.announcing ||= announce;
    if (this.counting || this.ended) return;
    this.counting = setTimeout(() => this.ask(), this.counts ? COUNTS_MS : 0);
  }

  async ask() {
    const { order, escalated, ...filter } = filterOf(this.look().query);
    const before = this.counts?.total;
    try {
      const [all, counts] = await Promise.all([this.desk.counts(), Object.keys(filter).length > 0 ? this.desk.counts(filter) : null]);
      this.all = all;
      this.counts = counts ?? all;
      if (this.announcing && before !== undefined && !escalated) this.announce(this.counts.total - before);
      this.changed();
    } catch {
      // The list is what matters; its counts come the next time.
    }
    this.announcing = false;
    this.counting = null;
  }

  /** How a comment stands, as the server told. */
  hear(place) {
    const filtered = FILTERS.some((name) => this.look().query[name]);
    const isNew = this.desk.heard(place);
    if (isNew && !filtered) this.fresh.add(place.comment);
    else if (!place.waiting) this.fresh.delete(place.comment);
    // Whether it fits the filter is known to the counts only.
    this.count({ announce: isNew && filtered });
    this.changed();
  }

  announce(n) {
    for (let i = 0; i < n; i++) this.fresh.add(`${Date.now()}-${i}`);
  }
}
