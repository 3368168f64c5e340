import { html, nothing } from 'lit';
import { within } from '../lib/api.js';
import { lessSure } from '../lib/models.js';
import { marks, speech, strongest } from '../lib/speech.js';
import { actionName, tell, tellNow } from '../lib/told.js';
import { REASONS, STATES, language, time } from '../lib/words.js';
import { busy, failed, heading, state, when } from '../ui/parts.js';
import { ask, complain, say } from '../ui/talk.js';
import { View, define } from '../ui/view.js';
import './queue.css';
import { decisionBar } from './queue/bar.js';
import { noteList, reports, scoreRows, signalList, whyItWaits } from './queue/scores.js';
import { thread } from './queue/thread.js';
import './records.css';

/** All that is known of a comment, and decisions on it wherever it stands. */
class CommentPage extends View {
  static properties = {
    tenant: {}, me: { attribute: false }, comment: {}, record: { state: true }, context: { state: true }, history: { state: true },
    number: { state: true }, chosen: { state: true }, rejecting: { state: true }, working: { state: true }, truth: { state: true }, draft: { state: true }, last: { state: true }, low: { state: true },
  };

  get at() {
    return within(this.tenant);
  }

  get path() {
    return `/comments/${this.comment}`;
  }

  willUpdate(changed) {
    if (this.hasUpdated && (changed.has('comment') || changed.has('tenant'))) {
      Object.assign(this, { record: null, truth: null, draft: '', last: null });
      this.reload();
    }
  }

  async load(signal) {
    lessSure(this.tenant).then((low) => (this.low = low), () => {});
    const [record, context, history] = await Promise.all([
      this.at.get(this.path, {}, signal),
      this.at.get(`${this.path}/context`, {}, signal).catch(() => null),
      this.at.get(`${this.path}/history`, {}, signal).catch(() => null),
    ]);
    Object.assign(this, { record, context, history: history?.items ?? [] });
    this.number = record.revisions.at(-1)?.number;
    this.chosen = strongest(this.revision?.scores);
  }

  get revision() {
    return this.record.revisions.find((one) => one.number === this.number);
  }

  /** What can be done with it as it stands: approving what is visible settles reports, if there are any. */
  get able() {
    const { status } = this.record.comment;
    const reported = this.record.flags.length > 0 && Boolean(this.record.queue);
    return { approve: status === 'HELD' || status === 'REJECTED' || (status === 'PUBLISHED' && reported), reject: status === 'HELD' || status === 'PUBLISHED', escalate: Boolean(this.record.queue) && !this.record.queue.escalation };
  }

  async decide(action, reason, note = (this.draft ?? '').trim()) {
    if (this.working) return;
    this.working = true;
    this.rejecting = false;
    const { revision, stateVersion } = this.record.comment;
    try {
      const answer = await this.at.post(`${this.path}/decisions`, { revision, stateVersion, action, ...(reason && { reason }), ...(note && { note }) });
      this.draft = '';
      this.truth = null;
      this.last = answer.decision;
      say(actionName[action], { kind: 'good', ...(answer.decision && { action: 'Undo', act: () => this.undo(answer.decision) }) });
      await this.reload();
    } catch (problem) {
      await this.fell(problem);
    } finally {
      this.working = false;
    }
  }

  async fell(problem) {
    if (problem.type === 'stale-version') {
      await this.reload();
      this.truth = `Somebody else was first. ${tellNow(this.history.findLast((entry) => ['DECIDED', 'EDITED', 'WITHDRAWN', 'UNDONE'].includes(entry.kind)), problem.document.present)} Your decision was not made; this is how it stands now.`;
    } else if (problem.type === 'claimed') {
      this.truth = `${problem.document.claim?.member?.name ?? 'A colleague'} is working on it. Your decision was not made.`;
    } else {
      this.truth = problem.message;
    }
  }

  async undo(decision) {
    try {
      await this.at.post(`/decisions/${decision}/undo`);
      this.last = null;
      say('Taken back', { seconds: 4 });
      await this.reload();
    } catch (problem) {
      complain(problem);
    }
  }

  async escalate() {
    const answer = await ask({
      title: 'Escalate to an admin',
      confirm: 'Escalate',
      fields: [{ name: 'note', type: 'textarea', label: 'What should they know?', required: true, max: 1000, value: this.draft ?? '' }],
    });
    if (answer) await this.decide('ESCALATE', null, answer.note);
  }

  async saveNote() {
    const text = (this.draft ?? '').trim();
    if (!text) return;
    try {
      await this.at.post(`${this.path}/notes`, { text });
      this.draft = '';
      await this.reload();
    } catch (problem) {
      complain(problem);
    }
  }

  render() {
    if (!this.record) return this.problem ? html`${heading('Comment')}${failed(this.problem, () => this.reload())}` : html`${heading('Comment')}${busy()}`;
    const { comment, article, revisions, statements, flags, notes } = this.record;
    const revision = this.revision;
    return html`
      ${heading(html`Comment of ${comment.commenter.name}`, html`${state(comment.status)}${this.record.queue ? html` <a href="/console/${this.tenant}/queue/${comment.id}">In the queue</a>` : nothing}`)}
      ${this.problem ? failed(this.problem, () => this.reload()) : nothing}
      <p class="r-line">${article.url ? html`<a href=${article.url} target="_blank" rel="noopener noreferrer">${article.title ?? article.key}<span class="unseen"> (opens a new tab)</span></a>` : article.title ?? article.key}
        <a href="/console/${this.tenant}/commenters/${comment.commenter.id}">All of ${comment.commenter.name}</a> <span class="soft">${time(comment.createdAt)}</span></p>
      ${this.truth ? html`<div class="notice bad" role="alert"><p>${this.truth}</p></div>` : nothing}
      <div class="r-record">
        <div class="stack">
          ${revisions.length > 1 ? html`<div class="row" role="group" aria-label="Versions of the text">${revisions.map((one) => html`<button class="plain r-chip" aria-pressed=${one.number === this.number} @click=${() => ((this.number = one.number), (this.chosen = strongest(one.scores)))}>Version ${one.number}${one.number === this.record.visibleRevision ? ', shown to readers' : ''}</button>`)}</div>` : nothing}
          ${revision ? this.renderRevision(revision) : html`<p class="notice">Its text is not kept.</p>`}
          ${this.renderBar()}
          <section class="card"><h2>Notes for colleagues</h2>
            ${notes.length > 0 ? noteList(notes) : nothing}
            <label class="unseen" for="r-note">Note</label>
            <textarea id="r-note" rows="2" maxlength="1000" placeholder="Only colleagues see this" .value=${this.draft ?? ''} @input=${(e) => (this.draft = e.target.value)}></textarea>
            <button class="plain" ?disabled=${!(this.draft ?? '').trim()} @click=${this.saveNote}>Save note</button>
          </section>
          ${this.context ? html`<section class="card"><h2>Around it</h2>${thread(this.context, (id) => `/console/${this.tenant}/comments/${id}`, 3)}</section>` : nothing}
        </div>
        <div class="stack">
          <section class="card"><h2>What happened</h2>${this.renderHistory()}</section>
          ${flags.length > 0 ? html`<section class="card"><h2>Readers’ reports</h2>${reports(flags)}</section>` : nothing}
          ${statements.length > 0 ? html`<section class="card"><h2>What the writer was told</h2><ul class="plain-list r-told">${statements.map((one) => html`<li><p><strong>${STATES[one.restriction] ?? one.restriction}</strong> <span class="soft">${when(one.createdAt)}, ${one.automated ? 'by Parley' : 'by a moderator'}</span></p>${one.reasons.map((reason) => html`<p>${reason.text}</p>`)}</li>`)}</ul></section>` : nothing}
        </div>
      </div>`;
  }

  renderRevision(revision) {
    return html`<section class="card"><h2 class="unseen">Text</h2>
      <div class="written r-text" dir="auto" lang=${revision.language}>${speech(revision.body, marks(revision.scores, this.chosen), { focusable: true })}</div>
      <p class="soft r-line">${language(revision.language)} <span>${time(revision.createdAt)}</span> <span>${revision.judgement.policies.join(', ')}</span></p>
      <div class="q-judged">
        <section><h3>Why it waits, or did</h3>${whyItWaits(this.record.queue?.reasons ?? revision.judgement.reasons)}${signalList(revision.signals, revision.judgement.reasons)}</section>
        <section><h3>What the models say</h3>${scoreRows(revision.scores, { chosen: this.chosen, choose: (name) => (this.chosen = this.chosen === name ? null : name), low: this.low })}</section>
      </div>
    </section>`;
  }

  renderBar() {
    const able = this.able;
    const escalated = Boolean(this.record.queue?.escalation) && this.me.role !== 'ADMIN';
    if (!able.approve && !able.reject) return nothing;
    return html`<div class="r-decide card">
      ${escalated ? html`<p class="notice waiting">It was escalated; only admins decide on it now.</p>` : nothing}
      ${decisionBar({
        rejecting: this.rejecting, why: this.working || escalated ? 'busy' : '', able, canUndo: Boolean(this.last), keys: false,
        acts: {
          approve: () => this.decide('APPROVE'), reject: (reason) => this.decide('REJECT', reason), spam: () => this.decide('SPAM'), escalate: () => this.escalate(),
          note: () => this.querySelector('#r-note').focus(), undo: () => this.undo(this.last), rejecting: (open) => (this.rejecting = open),
        },
      })}</div>`;
  }

  renderHistory() {
    if (this.history.length === 0) return html`<p class="soft">Nothing is written about it.</p>`;
    return html`<ol class="r-history plain-list">${this.history.map((entry) => html`<li><time class="soft" datetime=${entry.at}>${time(entry.at)}</time><span>${tell(entry)}${this.renderDetail(entry)}</span></li>`)}</ol>`;
  }

  renderDetail({ kind, detail = {} }) {
    if (kind === 'JUDGED' && detail.reasons?.length) return html`<br><span class="soft">${detail.reasons.map((reason) => REASONS[reason.code ?? reason] ?? reason.code ?? reason).join(', ')}</span>`;
    const text = detail.note ?? detail.text;
    return text ? html`<br><span class="q-note-text soft">${text}</span>` : nothing;
  }
}

define('comment-page', CommentPage);
