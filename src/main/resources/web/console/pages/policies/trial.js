import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { articleOf } from '../../lib/articles.js';
import { draftOf, dropDraft, keepDraft } from '../../lib/draft.js';
import { differences } from '../../lib/policy.js';
import { ask as askFor, go } from '../../lib/router.js';
import { count, plural } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { failed, busy, field, heading, notice, when } from '../../ui/parts.js';
import { complain, say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import { pathOf, people, placeName, placeOf, policyFor } from './common.js';
import { renderChanges } from './changes.js';
import './policies.css';
import './result.js';
import './stale.js';

const PACE = 500;
const SIZES = [1_000, 10_000, 100_000];

/** A draft or a model tried on the past: how far it is, what it would have done, and a draft's way to be put in force. */
class PolicyTrial extends Page {
  static properties = { ...Page.properties, trial: { state: true }, fault: { state: true }, stale: { state: true }, working: { state: true } };

  asks() {
    return JSON.stringify([placeOf(this.query), this.query.id]);
  }

  async load(signal) {
    const api = within(this.tenant);
    clearTimeout(this.later);
    Object.assign(this, { trial: null, stale: false, fault: '', problemOfSave: null });
    const [trial, sites, policies, who] = await Promise.all([
      api.get(`/policies/simulations/${encodeURIComponent(this.query.id ?? '')}`, {}, signal),
      api.get('/sites', {}, signal),
      api.get('/policies', {}, signal),
      people(this.tenant, signal),
    ]);
    this.place = trial.scope ? { scope: trial.scope, ref: trial.scopeRef ?? '' } : placeOf(this.query);
    const article = this.place.scope === 'ARTICLE' ? await articleOf(this.tenant, this.place.ref, signal) : null;
    this.name = placeName(this.place, sites.items, [article]);
    this.who = who;
    this.base = policies.items.find((p) => p.scope === this.place.scope && p.scopeRef === this.place.ref)?.document ?? {};
    this.trial = trial;
    this.watch();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.later);
  }

  watch() {
    if (this.trial.state !== 'RUNNING') return;
    this.later = setTimeout(async () => {
      const { id } = this.trial;
      try {
        const trial = await within(this.tenant).get(`/policies/simulations/${id}`, {}, this.asking?.signal);
        if (this.trial.id === id) this.trial = trial;
      } catch (e) {
        if (e.name === 'AbortError') return;
        if (e.status !== 0) this.problem = e; // while Parley can't be reached, it is asked again
      }
      if (this.isConnected && !this.problem) this.watch();
    }, PACE);
  }

  /** The draft that this trial is of; null if it was saved, dropped or changed since. */
  get draft() {
    const draft = draftOf(this.tenant, this.place);
    return draft?.tried === this.trial.id ? draft : null;
  }

  async again(last) {
    const draft = draftOf(this.tenant, this.place);
    try {
      const trial = await within(this.tenant).post('/policies/simulations', { scope: this.place.scope, scopeRef: this.place.ref, document: draft.document, last });
      keepDraft(this.tenant, this.place, { ...draft, tried: trial.id });
      askFor({ id: trial.id });
    } catch (e) {
      complain(e);
    }
  }

  async cancel() {
    try {
      await within(this.tenant).remove(`/policies/simulations/${this.trial.id}`);
      await this.reload();
    } catch (e) {
      complain(e);
    }
  }

  render() {
    if (this.problem) {
      return html`${heading('Tried on the past')}${this.problem.status === 404 ? notice('waiting', 'This trial is not kept any more.', html`<p><a href=${`/console/${this.tenant}/policies`}>To the policies</a></p>`) : failed(this.problem, () => this.reload())}`;
    }
    if (!this.trial) return busy();
    const { model } = this.trial;
    const back = model ? `/console/${this.tenant}/models` : pathOf(this.tenant, '/edit', this.place);
    const link = model ? 'To the models' : this.draft ? 'Back to the draft' : 'To the policy';
    return html`
      ${heading('Tried on the past', html`<a href=${back}>${link}</a>`, html`${model ? 'A model of your own, with the policies in force' : policyFor(this.place, this.name)}. Asked for by ${this.who(this.trial.by)}, ${when(this.trial.createdAt)}. Nothing is changed by it.`)}
      <div class="trial">
        ${this.renderState()}
        ${this.trial.state === 'DONE' && this.trial.result ? html`<policy-result .tenant=${this.tenant} .result=${this.trial.result}></policy-result>` : nothing}
        ${this.trial.state === 'RUNNING' || model ? nothing : this.renderSave(back)}
      </div>`;
  }

  renderState() {
    const { state, total, done } = this.trial;
    switch (state) {
      case 'RUNNING': {
        const share = total ? done / total : 0;
        return html`<section class="card running" aria-label="Progress">
          <label for="progress">${total ? html`${count(done)} of ${plural(total, 'comment', 'comments')} decided again` : 'Counting the comments'}</label>
          <progress id="progress" max="1" .value=${share}></progress>
          <p class="unseen" role="status">${Math.floor(share * 4) * 25} % done</p>
          <button class="plain" @click=${() => this.cancel()}>Cancel</button>
        </section>`;
      }
      case 'CANCELLED': return notice('waiting', 'It was cancelled before it was through.', this.renderAgain());
      case 'FAILED': return notice('bad', 'It failed before it was through.', this.renderAgain());
      default: return nothing;
    }
  }

  renderAgain() {
    if (this.trial.model || !draftOf(this.tenant, this.place)) return nothing;
    return html`<div class="row again"><span>Try the last</span>${SIZES.map((n) => html`<button class="plain" @click=${() => this.again(n)} aria-label="Try the last ${count(n)} comments">${count(n)}</button>`)}</div>`;
  }

  renderSave(back) {
    const { draft } = this;
    if (!draft) {
      const other = draftOf(this.tenant, this.place);
      return html`<p class="soft">${other ? html`The draft was changed since. <a href=${back}>Go on with it</a>.` : 'There is no draft of it in this tab any more.'}</p>`;
    }
    if (this.stale) {
      return html`<policy-stale .tenant=${this.tenant} .place=${this.place} .draft=${draft} .who=${this.who} @policy-rebased=${(e) => this.rebased(e.detail, back)}></policy-stale>`;
    }
    return html`<form class="card save" @submit=${this.save}>
      <h2>Put it in force</h2>
      ${renderChanges(differences(this.base, draft.document))}
      ${this.trial.state === 'DONE' ? this.renderAgain() : nothing}
      ${field('reason', 'Why is it changed?', html`<input id="reason" name="reason" required maxlength="500" autocomplete="off">`, { hint: 'Your colleagues read this among the versions.', fault: this.fault })}
      <div class="row"><button ?disabled=${this.working || this.trial.state !== 'DONE'}>Save</button><a href=${back}>Change the draft</a></div>
    </form>`;
  }

  async save(event) {
    event.preventDefault();
    const { draft, place } = this;
    const reason = new FormData(event.target).get('reason').trim();
    if (!reason) {
      this.fault = 'Say why, in a few words.';
      return;
    }
    this.working = true;
    this.fault = '';
    try {
      const saved = await within(this.tenant).put('/policies', { scope: place.scope, scopeRef: place.ref, basedOn: draft.basedOn, reason, document: draft.document });
      dropDraft(this.tenant, place);
      say(`Version ${saved.version} is in force.`, { kind: 'good' });
      go(`/console/${this.tenant}/policies`);
    } catch (e) {
      if (e.type === 'stale-version') this.stale = true;
      else this.fault = e.message;
    } finally {
      this.working = false;
    }
  }

  /** On top of a colleague's version it is another policy than was tried: it goes back to the editor. */
  rebased({ draft }, back) {
    if (draft) keepDraft(this.tenant, this.place, draft);
    else dropDraft(this.tenant, this.place);
    go(back);
  }
}

define('policy-trial', PolicyTrial);
