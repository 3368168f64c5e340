import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { differences, rebase } from '../../lib/policy.js';
import { busy, failed, when } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';
import { renderChanges } from './changes.js';

/**
 * Somebody saved the policy while a draft of it was open: what they changed, and the ways on. Answers by
 * `policy-rebased` with the joined draft, or with null to take the colleague's.
 */
class PolicyStale extends View {
  static properties = { tenant: {}, place: { attribute: false }, draft: { attribute: false }, who: { attribute: false }, versions: { state: true } };

  async load(signal) {
    const { items } = await within(this.tenant).get('/policies/history', { scope: this.place.scope, scopeRef: this.place.ref }, signal);
    this.versions = items;
    await this.updateComplete;
    this.querySelector('.stale')?.focus();
  }

  answer(draft) {
    this.dispatchEvent(new CustomEvent('policy-rebased', { bubbles: true, detail: { draft } }));
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.versions) return busy();
    const now = this.versions[0];
    const base = this.versions.find((v) => v.version === this.draft.basedOn)?.document ?? {};
    const joined = rebase(base, this.draft.document, now?.document ?? {});
    const theirs = differences(base, now?.document ?? {});
    return html`<div class="notice waiting stale" role="alert" tabindex="-1">
      <p><strong>${this.who(now?.createdBy)} saved version ${now?.version} while you were at it</strong>, ${when(now?.createdAt)}: “${now?.reason}”</p>
      ${theirs.length ? renderChanges(theirs) : html`<p>It says the same as before.</p>`}
      ${joined.both.length ? html`<p>You both changed ${joined.both.join(', ')}. With your draft on top, yours counts.</p>` : nothing}
      <div class="row">
        <button @click=${() => this.answer({ document: joined.document, basedOn: now?.version ?? 0 })}>Keep my draft, on top of theirs</button>
        <button class="plain" @click=${() => this.answer(null)}>Drop my draft</button>
      </div>
    </div>`;
  }
}

define('policy-stale', PolicyStale);
