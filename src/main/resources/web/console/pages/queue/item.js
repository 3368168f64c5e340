import { html, nothing } from 'lit';
import { marks, ranked, speech, strongest } from '../../lib/speech.js';
import { actionName, tellNow, who } from '../../lib/told.js';
import { count, language, time } from '../../lib/words.js';
import { complain, say } from '../../ui/talk.js';
import { when } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';
import { decisionBar } from './bar.js';
import { noteList, reports, scoreRows, signalList, whyItWaits } from './scores.js';
import { thread } from './thread.js';

/**
 * The open item. `line` and `desk` as desk.js says; `acts` is what the page does: `decide(action, reason)`, `escalate()`,
 * `undo()`, `goOn()`, `back()`, `again()`, `takeOver()`; `tick` changes whenever something is to be drawn anew.
 */
class QueueItem extends View {
  static properties = {
    line: { attribute: false }, desk: { attribute: false }, me: { attribute: false }, low: { attribute: false }, sites: { attribute: false },
    acts: { attribute: false }, tick: { type: Number }, chosen: { state: true }, rejecting: { state: true }, saving: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('line') && changed.get('line')?.id !== this.line.id) {
      this.chosen = strongest(this.line.item.written.scores);
      this.rejecting = false;
    }
  }

  updated(changed) {
    if (changed.has('line') && changed.get('line')?.id !== this.line.id) this.querySelector('.q-read').scrollTop = 0;
  }

  /** Shows the words of the next attribute that has any. */
  nextAttribute() {
    const names = ranked(this.line.item.written.scores).filter((score) => score.spans.length > 0).map((score) => score.attribute);
    if (names.length > 0) this.chosen = names[(names.indexOf(this.chosen) + 1) % names.length];
  }

  focusNote() {
    const field = this.querySelector('#q-note');
    field?.focus();
    field?.scrollIntoView({ block: 'nearest' });
  }

  /** Shows the reasons. Whoever pressed the button by keyboard goes on among them. */
  async chooseReason(open, event) {
    this.rejecting = open;
    await this.updateComplete;
    if (open && event.detail === 0) this.querySelector('.q-rejections button')?.focus();
  }

  /** Why nothing can be decided now; empty if it can. */
  get why() {
    const { line } = this;
    if (line.trouble) return 'See above first.';
    if (line.done) return 'This is decided.';
    if (line.taken) return `${line.taken.member?.name ?? 'A colleague'} is working on it.`;
    if (line.item.escalation && this.me.role !== 'ADMIN') return 'Only admins decide what was escalated.';
    return '';
  }

  async saveNote() {
    const { id } = this.line;
    const text = (this.desk.drafts.get(id) ?? '').trim();
    if (!text || this.saving) return;
    this.saving = true;
    try {
      await this.desk.addNote(id, text);
      say('Noted', { seconds: 3 });
    } catch (problem) {
      complain(problem);
    } finally {
      this.saving = false;
    }
  }

  noteKey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.saveNote();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.querySelector('h2').focus();
    }
  }

  render() {
    const { item } = this.line;
    const { written } = item;
    const record = this.line.more?.record;
    return html`
      <div class="q-read">
        <button class="plain small q-back" @click=${() => this.acts.back()}><span aria-hidden="true">←</span> List</button>
        ${this.renderTruth()}
        ${this.renderHead()}
        ${item.parent ? html`<blockquote class="q-parent"><p class="soft">Answers ${item.parent.name}</p><p dir="auto">${item.parent.body ?? 'Its text is not kept.'}</p></blockquote>` : nothing}
        <div class="written q-text" dir="auto" lang=${written.language}>${speech(written.body, marks(written.scores, this.chosen), { focusable: true })}</div>
        <div class="q-judged">
          <section><h3>Why it waits</h3>${whyItWaits(item.reasons)}${signalList(written.signals, item.reasons)}</section>
          <section><h3>What the models say</h3>${scoreRows(written.scores, { chosen: this.chosen, choose: (name) => (this.chosen = this.chosen === name ? null : name), low: this.low })}</section>
        </div>
        ${item.flags.length === 0 ? nothing : html`<section><h3>Readers’ reports</h3>${reports(item.flags)}</section>`}
        <section><h3>Notes for colleagues</h3>
          ${record?.notes?.length ? noteList(record.notes) : nothing}
          <label class="unseen" for="q-note">Note</label>
          <textarea id="q-note" rows="2" maxlength="1000" placeholder="Only colleagues see this" .value=${this.desk.drafts.get(this.line.id) ?? ''} @input=${(e) => (this.desk.drafts.set(this.line.id, e.target.value), this.requestUpdate())} @keydown=${this.noteKey}></textarea>
          <button class="plain small" ?disabled=${this.saving || !(this.desk.drafts.get(this.line.id) ?? '').trim()} @click=${this.saveNote}>Save note</button>
          <span class="hint">Or decide: it is kept with the decision.</span>
        </section>
        <section><h3>Around it</h3>${this.line.more?.context ? thread(this.line.more.context, (id) => this.path('comments', id)) : html`<p class="soft">${this.line.more?.record === undefined ? 'One moment …' : 'The thread can’t be shown now.'}</p>`}</section>
      </div>
      ${decisionBar({
        rejecting: this.rejecting,
        why: this.why,
        able: { approve: true, reject: true, escalate: !item.escalation },
        canUndo: this.desk.undoable.length > 0,
        acts: {
          approve: () => this.acts.decide('APPROVE'),
          reject: (reason) => this.acts.decide('REJECT', reason),
          spam: () => this.acts.decide('SPAM'),
          escalate: () => this.acts.escalate(),
          note: () => this.focusNote(),
          undo: () => this.acts.undo(),
          rejecting: (open, event) => this.chooseReason(open, event),
        },
      })}`;
  }

  path(kind, id) {
    return `/console/${this.desk.tenant}/${kind}/${id}`;
  }

  renderHead() {
    const { item } = this.line;
    const { commenter } = item.comment;
    const site = this.sites.length > 1 ? this.sites.find((one) => one.id === item.article.siteId)?.name : null;
    const title = item.article.title ?? item.article.key;
    const past = commenter.history;
    return html`
      <header class="q-head">
        <p class="q-article">${item.article.url ? html`<a href=${item.article.url} target="_blank" rel="noopener noreferrer">${title}<span class="unseen"> (opens a new tab)</span></a>` : title}
          ${site ? html`<span class="soft">${site}</span>` : nothing}
          ${item.article.categories.map((name) => html`<span class="tag">${name}</span>`)}</p>
        <h2 tabindex="-1"><a href=${this.path('commenters', commenter.id)}>${commenter.name}</a></h2>
        <p class="q-writer">
          ${commenter.banned ? html`<span class="tag bad">Banned</span>` : nothing}
          ${commenter.proven === undefined ? nothing : commenter.proven ? html`<span>address confirmed</span>` : html`<span class="soft">address not confirmed</span>`}
          ${past ? html`<span class="soft">${count(past.published)} published, ${count(past.rejected)} rejected, ${count(past.held)} waiting</span>` : nothing}
          <span class="soft">${when(item.comment.createdAt)}${item.comment.editedAt ? html`, edited ${when(item.comment.editedAt)}` : nothing}</span>
          <span class="soft">${language(item.written.language)}</span>
          <a href=${this.path('comments', item.comment.id)}>Full record</a>
        </p>
      </header>`;
  }

  /** What stands between the reader and a decision, with the way on. */
  renderTruth() {
    const { line } = this;
    const { trouble, done, taken, item } = line;
    const goOn = html`<button class="small" @click=${() => this.acts.goOn()}>Go on</button>`;
    if (trouble?.kind === 'stale') {
      return html`<div class="notice bad q-truth" role="alert"><p><strong>Somebody else was first.</strong> ${tellNow(trouble.last, trouble.present)}</p><p>Your decision was not made; your note is kept.</p>
        <p class="row">${goOn}<button class="plain small" @click=${() => this.acts.again()}>Look at it anew</button></p></div>`;
    }
    if (trouble?.kind === 'failed') {
      return html`<div class="notice bad q-truth" role="alert"><p><strong>That was not done.</strong> ${trouble.text}</p><p class="row"><button class="small" @click=${() => this.acts.again()}>Look at it anew</button></p></div>`;
    }
    if (done) {
      return html`<div class="notice q-truth" role="status"><p>${done.mine ? html`<strong>${actionName[done.kind]}</strong> by you.` : tellNow(done.last)}</p><p class="row">${goOn}</p></div>`;
    }
    if (taken) {
      const name = taken.member?.name ?? 'A colleague';
      return html`<div class="notice waiting q-truth" role=${trouble ? 'alert' : 'status'}><p><strong>${name} is working on it.</strong> ${trouble ? 'Your decision was not made; your note is kept.' : 'It comes free when they leave it.'}</p>
        <p class="row">${goOn}${this.me.role === 'ADMIN' ? html`<button class="plain small" @click=${() => this.acts.takeOver()}>Take it over</button>` : nothing}</p></div>`;
    }
    if (item.escalation) {
      return html`<div class="notice waiting q-truth"><p><strong>${who({ kind: 'member', ...item.escalation.by })} escalated it</strong> <span title=${time(item.escalation.at)}>${when(item.escalation.at)}</span></p>${item.escalation.note ? html`<p class="q-note-text">${item.escalation.note}</p>` : nothing}${this.me.role === 'ADMIN' ? nothing : html`<p>Only admins decide on it now.</p>`}</div>`;
    }
    if (line.edited) return html`<div class="notice q-truth" role="status"><p>It was edited after the list was read; this is its text now.</p></div>`;
    return nothing;
  }
}

define('queue-item', QueueItem);
