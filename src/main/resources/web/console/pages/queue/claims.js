// My claims on items of the queue: renewed while the page is seen, given back when it is left.

/** The lease is two minutes; so two renewals may fail before it lapses. */
const RENEWAL_MS = 40_000;

export class Claims {
  /** `again(id)` claims anew what lapsed meanwhile. */
  constructor(at, again) {
    this.at = at;
    this.again = again;
    this.mine = new Map();
  }

  start() {
    this.timer = setInterval(() => this.renew(), RENEWAL_MS);
    this.seen = () => document.visibilityState === 'visible' && this.renew();
    this.hidden = () => this.letGo();
    this.back = (event) => event.persisted && this.renew();
    document.addEventListener('visibilitychange', this.seen);
    window.addEventListener('pagehide', this.hidden);
    window.addEventListener('pageshow', this.back);
  }

  stop() {
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.seen);
    window.removeEventListener('pagehide', this.hidden);
    window.removeEventListener('pageshow', this.back);
    this.letGo();
  }

  has(id) {
    return this.mine.has(id);
  }

  add(id, claim) {
    if (this.wanted && !this.wanted.has(id)) this.release(claim.id);
    else this.mine.set(id, claim.id);
  }

  /** One more is to be kept. */
  want(id) {
    this.wanted?.add(id);
  }

  forget(id) {
    this.mine.delete(id);
  }

  /** Gives back all but these. */
  keep(ids) {
    this.wanted = new Set(ids.filter(Boolean));
    const rest = [...this.mine].filter(([id]) => !this.wanted.has(id));
    rest.forEach(([id]) => this.mine.delete(id));
    return Promise.all(rest.map(([, claim]) => this.release(claim)));
  }

  release(claim) {
    return this.at.remove(`/queue/claims/${claim}`).catch(() => {});
  }

  /** The page goes away: there is no time to wait for an answer. */
  letGo() {
    this.mine.forEach((claim) => this.at.remove(`/queue/claims/${claim}`, { keepalive: true }).catch(() => {}));
    this.mine.clear();
  }

  async renew() {
    if (document.visibilityState !== 'visible') return;
    await Promise.all(
      [...(this.wanted ?? [])].map(async (id) => {
        const claim = this.mine.get(id);
        try {
          if (claim) return await this.at.put(`/queue/claims/${claim}`);
        } catch (problem) {
          if (problem.status !== 404) return;
          this.mine.delete(id);
        }
        await this.again(id);
      }),
    );
  }
}
