import { html, nothing } from 'lit';
import { lessSure } from '../lib/models.js';
import { onPrefer } from '../lib/prefs.js';
import { go } from '../lib/router.js';
import { actionName } from '../lib/told.js';
import { REJECTIONS, count, plural } from '../lib/words.js';
import { busy, empty, failed, heading } from '../ui/parts.js';
import { ask, complain, say } from '../ui/talk.js';
import { View, define } from '../ui/view.js';
import './queue.css';
import { bulkBar, decideAll, leftOut } from './queue/bulk.js';
import { comfort, remind } from './queue/comfort.js';
import { Desk } from './queue/desk.js';
import { FILTERS, filterOf, filters } from './queue/filters.js';
import './queue/item.js';
import { help, meant } from './queue/keys.js';
import { list } from './queue/list.js';
import { News } from './queue/news.js';

const WIDE = '(min-width: 60rem)';

/**
 * What waits for a moderator: the list, and the open item beside it. The address holds order, filters and the open item.
 */
class QueuePage extends View {
  static properties = {
    tenant: {}, me: { attribute: false }, query: { attribute: false }, comment: {},
    sites: { state: true }, low: { state: true }, selected: { state: true },
    filtering: { state: true }, tick: { state: true }, ready: { state: true },
  };

  constructor() {
    super();
    this.sites = [];
    this.low = new Set();
    this.selected = new Set();
    this.tick = 0;
    this.ready = false;
    this.onKey = (event) => this.key(event);
  }

  connectedCallback() {
    this.begin();
    super.connectedCallback();
    document.addEventListener('keydown', this.onKey);
    this.endings = [remind(), onPrefer(() => this.requestUpdate())];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey);
    this.endings.forEach((end) => end());
    this.end();
  }

  begin() {
    this.desk = new Desk(this.tenant, () => (this.tick += 1), () => this.me?.role === 'ADMIN');
    this.desk.claims.start();
    this.filterKey = this.keyOf(this.query);
    this.news = new News(this.desk, () => this, () => (this.tick += 1));
  }

  end() {
    this.news.end();
    this.desk.claims.stop();
  }

  keyOf(query) {
    return JSON.stringify(filterOf(query));
  }

  willUpdate(changed) {
    if (changed.has('tenant') && changed.get('tenant') !== undefined) {
      this.end();
      this.ready = false;
      this.selected = new Set();
      this.begin();
      this.reload();
    } else if (this.desk && this.keyOf(this.query) !== this.filterKey) {
      this.filterKey = this.keyOf(this.query);
      this.refilter();
    }
    if (changed.has('comment') && this.ready && (this.comment ?? null) !== this.desk.current) this.desk.show(this.comment ?? null);
  }

  async load(signal) {
    const desk = this.desk;
    await Promise.all([desk.load(filterOf(this.query), signal), this.loadOnce(signal)]);
    this.news.read();
    this.selected = new Set([...this.selected].filter((id) => desk.line(id)));
    if (this.ready) return;
    this.ready = true;
    if (this.comment) await desk.show(this.comment);
    else if (matchMedia(WIDE).matches) this.openFirst();
  }

  /** What hardly changes: the sites, and which models are less sure. Without it the page works too. */
  async loadOnce(signal) {
    const [sites, low] = await Promise.allSettled([this.desk.at.get('/sites', {}, signal), lessSure(this.tenant)]);
    this.sites = sites.value?.items ?? [];
    this.low = low.value ?? this.low;
  }

  openFirst() {
    const first = this.desk.lines.find((line) => this.desk.free(line));
    if (first) this.openItem(first.id);
  }

  /** Another part of the queue: what was open is put back. */
  async refilter() {
    this.news.reset();
    this.desk.show(null);
    this.desk.lines = [];
    this.selected = new Set();
    await this.reload();
    const open = matchMedia(WIDE).matches && this.desk.lines.find((line) => this.desk.free(line));
    if (open) this.openItem(open.id);
    else if (this.comment) go(this.path(null), { replace: true });
  }

  path(id) {
    return `/console/${this.tenant}/queue${id ? `/${id}` : ''}${location.search}`;
  }

  /** Shows an item. From the list it is a step back; from item to item it is not. */
  openItem(id) {
    const replace = Boolean(this.desk.current) || matchMedia(WIDE).matches;
    this.desk.show(id);
    go(this.path(id), { replace });
    this.updateComplete.then(() => this.arrive(id));
  }

  arrive(id) {
    const line = this.querySelector(`[data-comment="${CSS.escape(id)}"]`);
    line?.scrollIntoView({ block: 'nearest' });
    const typing = document.activeElement?.matches('textarea');
    if (!matchMedia(WIDE).matches) window.scrollTo(0, 0);
    if (typing || !matchMedia(WIDE).matches) this.querySelector('queue-item h2')?.focus({ preventScroll: !typing });
  }

  back() {
    const id = this.desk.current;
    this.desk.show(null);
    go(this.path(null), { replace: matchMedia(WIDE).matches });
    this.updateComplete.then(() => this.querySelector(`[data-comment="${CSS.escape(id ?? '')}"] a`)?.focus());
  }

  move(step) {
    const desk = this.desk;
    const id = desk.current ? desk.beside(desk.current, step) : desk.lines.find((line) => desk.free(line))?.id;
    if (id) this.openItem(id);
    else say(step > 0 ? 'That was the last one here.' : 'That is the first one.', { seconds: 3 });
  }

  goOn() {
    const next = this.desk.after(this.desk.current);
    if (next) this.openItem(next);
    else this.back();
  }

  get item() {
    return this.querySelector('queue-item');
  }

  async decide(action, reason) {
    const { open } = this.desk;
    if (!open || this.item.why) return;
    const next = this.desk.after(open.id);
    const choosing = document.activeElement?.closest('.q-rejections');
    const entry = this.desk.decide(open.id, action, reason);
    this.selected.delete(open.id);
    if (next) this.openItem(next);
    else this.item.rejecting = false;
    if (choosing) this.item.querySelector('h2').focus({ preventScroll: true });
    this.tell(`${actionName[action]}: ${open.item.comment.commenter.name}`, entry);
    const made = await entry.sent;
    if (made) return this.news.count();
    this.untell?.();
    if (this.hasUnsaved()) say('Somebody else was first with the one before.', { kind: 'bad', action: 'Show', act: () => this.openItem(open.id), seconds: 0 });
    else this.openItem(open.id);
  }

  /** Whether the moderator is in the middle of something that must not be taken from under their hands. */
  hasUnsaved() {
    return document.querySelector('dialog[open]') !== null || document.activeElement?.matches('textarea') === true;
  }

  tell(text, entry) {
    this.untell?.();
    this.untell = say(text, { kind: 'good', action: 'Undo', act: () => this.undo(entry) });
  }

  async escalate() {
    const { open, drafts } = this.desk;
    if (!open || this.item.why || open.item.escalation) return;
    const answer = await ask({
      title: 'Escalate to an admin',
      text: 'It stays hidden as it is, and only admins decide on it.',
      confirm: 'Escalate',
      fields: [{ name: 'note', type: 'textarea', label: 'What should they know?', required: true, max: 1000, value: drafts.get(open.id) ?? '' }],
    });
    if (!answer) return;
    drafts.set(open.id, answer.note);
    await this.decide('ESCALATE');
  }

  async undo(entry) {
    this.untell?.();
    try {
      const undone = await this.desk.undo(entry);
      if (!undone) return say('There is nothing to undo.', { seconds: 3 });
      const { back, failed: left } = undone;
      say(left === 0 ? `Taken back${back.length > 1 ? `: ${plural(back.length, 'comment', 'comments')}` : ''}. It waits again.` : `${plural(back.length, 'comment', 'comments')} taken back; ${left} had moved on.`, { seconds: 5 });
      this.news.count();
      if (back.length === 1) {
        this.desk.claims.want(back[0]);
        await this.desk.hold(back[0]);
        this.openItem(back[0]);
      }
    } catch (problem) {
      complain(problem);
    }
  }

  async again() {
    await this.desk.refresh(this.desk.current);
  }

  async takeOver() {
    await this.desk.hold(this.desk.current, { takeOver: true });
  }

  select(id, event) {
    const next = new Set(this.selected);
    const ids = this.desk.lines.filter((line) => !line.done).map((line) => line.id);
    const on = !next.has(id);
    const from = ids.indexOf(this.anchor);
    const to = ids.indexOf(id);
    const range = event?.shiftKey && from >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    for (const one of range) on ? next.add(one) : next.delete(one);
    this.anchor = id;
    this.selected = next;
  }

  selectAll() {
    this.selected = new Set(this.desk.lines.filter((line) => this.desk.free(line)).map((line) => line.id));
  }

  async bulk(action) {
    const lines = this.desk.lines.filter((line) => this.selected.has(line.id) && !line.done);
    try {
      const made = await decideAll(this.desk, lines, action);
      if (!made) return;
      this.selected = new Set();
      const rest = leftOut(made.results);
      this.tell(`${actionName[action]}: ${plural(made.entry.ids.length, 'comment', 'comments')}${rest ? `; ${rest}` : ''}`, made.entry);
      this.news.count();
      if (this.desk.open?.done) this.goOn();
    } catch (problem) {
      complain(problem);
    }
  }

  key(event) {
    const key = meant(event);
    if (!key) return;
    const item = this.item;
    const many = this.selected.size > 0;
    const keys = {
      j: () => this.move(1), ArrowDown: () => this.move(1), k: () => this.move(-1), ArrowUp: () => this.move(-1),
      a: () => (many ? this.bulk('APPROVE') : this.decide('APPROVE')),
      s: () => (many ? this.bulk('SPAM') : this.decide('SPAM')),
      r: () => (many ? this.bulk('REJECT') : item && !item.why && (item.rejecting = !item.rejecting)),
      e: () => this.escalate(), n: () => item?.focusNote(), u: () => this.undo(), h: () => item?.nextAttribute(),
      x: () => this.desk.open && !this.desk.open.done && this.select(this.desk.current), '?': help,
      Escape: () => this.escape(),
    };
    const digit = item?.rejecting && REJECTIONS[Number(key) - 1];
    const act = digit ? () => this.decide('REJECT', digit[0]) : keys[key];
    if (!act || (event.shiftKey && key !== '?')) return;
    event.preventDefault();
    act();
  }

  escape() {
    if (this.item?.rejecting) this.item.rejecting = false;
    else if (this.selected.size > 0) this.selected = new Set();
    else if (this.desk.current) this.back();
  }

  get acts() {
    return {
      decide: (action, reason) => this.decide(action, reason), escalate: () => this.escalate(), undo: () => this.undo(), goOn: () => this.goOn(),
      back: () => this.back(), again: () => this.again(), takeOver: () => this.takeOver(),
    };
  }

  render() {
    if (this.problem && this.desk.lines.length === 0) return html`${heading('Queue')}${failed(this.problem, () => this.reload())}`;
    if (!this.ready) return html`<div class="q-waiting">${heading('Queue')}${busy()}</div>`;
    const { desk } = this;
    return html`<div class="q ${this.comment ? 'open' : ''}">
      <section class="q-side" aria-label="What waits">${this.renderSide()}</section>
      <section class="q-item" aria-label="The open comment">${this.comment ? html`<h1 class="q-name unseen">Queue</h1>` : nothing}${this.renderItem(desk.open)}</section>
      <p class="unseen" role="status">${desk.open ? `${desk.open.item.comment.commenter.name}, ${desk.lines.indexOf(desk.open) + 1} of ${desk.lines.length}` : ''}</p>
    </div>`;
  }

  renderSide() {
    const { desk, query } = this;
    const total = query.escalated ? this.news.counts?.escalated : this.news.counts?.total;
    return html`
      <div class="q-top">
        ${heading('Queue', html`<span class="q-total">${total === undefined ? nothing : html`${count(total)}<span class="unseen"> waiting</span>`}</span><button class="plain small" @click=${comfort}>Comfort…</button><button class="plain small" aria-keyshortcuts="?" @click=${help}>Keys <kbd aria-hidden="true">?</kbd></button>`)}
        ${filters({ query, counts: this.news.all, sites: this.sites, open: this.filtering ?? FILTERS.some((name) => query[name]), toggle: () => (this.filtering = !(this.filtering ?? FILTERS.some((name) => query[name]))) })}
        ${this.problem ? failed(this.problem, () => this.reload()) : nothing}
        <div role="status">${this.news.size > 0 ? html`<button class="q-fresh" @click=${() => this.reload()}>${count(this.news.size)} new – show</button>` : nothing}</div>
      </div>
      <div class="q-scroll">
        ${desk.lines.length === 0
          ? empty(FILTERS.some((name) => query[name]) ? 'Nothing fits the filter' : query.escalated ? 'Nothing is escalated' : 'Nothing waits', 'New comments show up here by themselves.')
          : list({
              lines: desk.lines, current: desk.current, selected: this.selected, path: (id) => this.path(id),
              open: (id, event) => this.follow(id, event), select: (id, event) => this.select(id, event),
            })}
        ${desk.cursor ? html`<p class="q-more"><button class="plain" @click=${() => desk.loadMore().catch(complain)}>Show more</button></p>` : nothing}
      </div>
      ${desk.lines.length === 0
        ? nothing
        : this.selected.size > 0
          ? bulkBar(this.selected.size, { approve: () => this.bulk('APPROVE'), reject: () => this.bulk('REJECT'), spam: () => this.bulk('SPAM'), clear: () => (this.selected = new Set()) })
          : html`<div class="q-bulk"><button class="plain small" @click=${this.selectAll}>Select all shown</button></div>`}`;
  }

  /** A click on a line; with a modifier key it stays a link. */
  follow(id, event) {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) this.select(id, event);
    else this.openItem(id);
  }

  renderItem(line) {
    if (!line) {
      if (this.desk.lost && this.comment) return html`<div class="q-read"><button class="plain small q-back" @click=${this.back}>← List</button>${failed(this.desk.lost)}</div>`;
      return this.comment ? busy() : html`<div class="empty"><p class="title">Nothing is open</p><p>Choose a comment, or press <kbd>j</kbd>.</p></div>`;
    }
    return html`<queue-item .line=${line} .desk=${this.desk} .me=${this.me} .low=${this.low} .sites=${this.sites} .acts=${this.acts} .tick=${this.tick}></queue-item>`;
  }
}

define('queue-page', QueuePage);
