import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { articleOf } from '../../lib/articles.js';
import { draftOf, dropDraft, keepDraft } from '../../lib/draft.js';
import { MODES, PRESETS, SWITCHES, differences, inherited, over, same, tidy, yesNo } from '../../lib/policy.js';
import { go } from '../../lib/router.js';
import { plural } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, failed, field, heading, notice, when } from '../../ui/parts.js';
import { ask, say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import { pathOf, people, placeName, placeOf, policyFor } from './common.js';
import { renderChanges } from './changes.js';
import './policies.css';
import './presets.js';
import './rules.js';
import './scores.js';
import './stale.js';
import './word-lists.js';

const LAST = 10_000;

/** Where a value comes from that is not set here: `As for everything`. */
const from = ({ from: source }) => (source === 'Parley' ? 'As it comes' : `As ${source === 'everything' ? 'for everything' : source}`);

/**
 * Where a policy is changed. What is typed becomes a draft that outlives a reload; it takes effect when it is saved,
 * which goes by way of trying it on the past. Parts tell of changes by `policy-edit` events with the new values.
 */
class PolicyEditor extends Page {
  static properties = { ...Page.properties, draft: { state: true }, check: { state: true }, stale: { state: true }, working: { state: true } };

  asks() {
    return JSON.stringify(placeOf(this.query));
  }

  async load(signal) {
    const place = placeOf(this.query);
    const api = within(this.tenant);
    this.draft = null;
    this.stale = null;
    const [policies, sites, presets, who] = await Promise.all([
      api.get('/policies', {}, signal),
      api.get('/sites', {}, signal),
      api.get('/policies/presets', {}, signal),
      people(this.tenant, signal),
    ]);
    const article = place.scope === 'ARTICLE' ? await articleOf(this.tenant, place.ref, signal) : null;
    const site = place.scope === 'SITE' ? place.ref : article?.siteId;
    const categories = article?.provisional ? policies.items.filter((p) => p.scope === 'CATEGORY').map((p) => p.scopeRef) : article?.categories;
    const now = policies.items.find((p) => p.scope === place.scope && p.scopeRef === place.ref);
    Object.assign(this, { place, presets: presets.items, who, now, site });
    this.name = placeName(place, sites.items, [article]);
    this.wider = inherited(policies.items, { ...place, site, categories }, this.presets);
    this.base = now?.document ?? {};
    this.draft = draftOf(this.tenant, place) ?? { document: this.base, basedOn: now?.version ?? 0 };
    if (this.draft.basedOn !== (now?.version ?? 0)) this.stale = { present: now };
    api.get('/policies/distribution', { days: 30, site }, signal).then((d) => ((this.distribution = d), this.requestUpdate()), () => {});
    this.checkSoon(0);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.later);
  }

  get document() {
    return this.draft.document;
  }

  get changes() {
    return differences(this.base, this.document);
  }

  edit(changes) {
    const document = tidy({ ...this.document, ...changes });
    this.draft = { ...this.draft, document, tried: undefined };
    if (same(document, this.base)) dropDraft(this.tenant, this.place);
    else keepDraft(this.tenant, this.place, this.draft);
    this.checkSoon(300);
  }

  /** Rules and the like are checked by the server as one types; an older answer never replaces a newer one. */
  checkSoon(delay) {
    clearTimeout(this.later);
    const asked = (this.question = (this.question ?? 0) + 1);
    this.checking = true;
    this.later = setTimeout(async () => {
      try {
        const check = await within(this.tenant).post('/policies/checks', { document: this.document });
        if (asked === this.question) this.check = check;
      } catch (e) {
        // What can't be checked now is checked when it is saved.
        if (asked === this.question) this.check = { ...this.check, valid: e.status !== 400, errors: e.errors?.map((one) => ({ message: `${one.field.replace(/^.*document\./, '')} ${one.detail}` })) ?? [] };
      } finally {
        if (asked === this.question) this.checking = false;
        this.requestUpdate();
      }
    }, delay);
  }

  get isSavable() {
    return this.changes.length > 0 && !this.checking && this.check?.valid !== false && !this.stale && !this.working;
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.draft) return busy();
    const effective = over(this.wider, this.document, 'here', this.presets);
    const parts = { document: this.document, wider: this.wider, effective };
    return html`
      ${heading(policyFor(this.place, this.name), html`<a href=${`/console/${this.tenant}/policies`}>All policies</a>${this.now ? html`<a href=${pathOf(this.tenant, '/history', this.place)}>Versions</a>` : nothing}`, this.renderLead())}
      ${this.stale ? html`<policy-stale .tenant=${this.tenant} .place=${this.place} .draft=${this.draft} .who=${this.who} @policy-rebased=${(e) => this.rebased(e.detail)}></policy-stale>` : nothing}
      <div class="editor" @policy-edit=${(e) => this.edit(e.detail)}>
        <div class="settings">
          <policy-presets .document=${parts.document} .presets=${this.presets} .widest=${this.place.scope === 'TENANT'}></policy-presets>
          ${this.renderMode(parts)}
          <policy-scores .document=${parts.document} .effective=${effective} .wider=${this.document.preset ? over(this.wider, { preset: this.document.preset }, '', this.presets) : this.wider} .distribution=${this.distribution}></policy-scores>
          ${this.renderSwitches(parts)}
          <policy-words .tenant=${this.tenant} .document=${parts.document} .wider=${this.wider}></policy-words>
          ${this.check?.variables || effective.rules.value.length ? html`<policy-rules .document=${parts.document} .wider=${this.wider} .check=${this.check}></policy-rules>` : nothing}
        </div>
        ${this.renderBalance()}
      </div>`;
  }

  renderLead() {
    const { now } = this;
    return now
      ? html`Version ${now.version} by ${this.who(now.createdBy)}, ${when(now.createdAt)}: “${now.reason}”`
      : this.place.scope === 'TENANT' ? 'Nothing was changed yet: the preset Balanced is in force.' : 'No policy of its own yet: all of it comes from the wider one.';
  }

  renderMode({ document, wider }) {
    const choice = (value, title, text) => html`
      <div class="choice"><input type="radio" name="mode" id="mode-${value}" .checked=${(document.mode ?? '') === value} @change=${() => this.edit({ mode: value || null })}>
        <label for="mode-${value}">${title}</label><p class="hint">${text}</p></div>`;
    const base = document.preset ? over(wider, { preset: document.preset }, '', this.presets) : wider;
    return html`<section class="card"><fieldset class="bare">
      <legend><h2>When a comment is sent</h2></legend>
      ${choice('', from(base.mode), `${MODES[base.mode.value][0]}.`)}
      ${Object.entries(MODES).map(([value, [title, text]]) => choice(value, title, text))}
    </fieldset></section>`;
  }

  renderSwitches({ document, wider }) {
    const base = document.preset ? over(wider, { preset: document.preset }, '', this.presets) : wider;
    return html`<section class="card"><h2>Links and other things</h2>
      ${field('max-links', 'Links without being held', html`<input id="max-links" class="short" type="number" min="0" max="100" .value=${String(document.maxLinks ?? '')} placeholder=${base.maxLinks.value} aria-describedby="max-links-hint"
        @input=${(e) => e.target.checkValidity() && this.edit({ maxLinks: e.target.value === '' ? null : Number(e.target.value) })}>`,
        { hint: `A comment with more waits. Left empty: ${from(base.maxLinks).toLowerCase()}, ${base.maxLinks.value}.` })}
      ${Object.entries(SWITCHES).map(([key, [title, text]]) => field(key, title, html`<select id=${key} class="short" aria-describedby="${key}-hint" @change=${(e) => this.edit({ [key]: e.target.value === '' ? null : e.target.value === 'true' })}>
        <option value="" ?selected=${document[key] == null}>${from(wider[key])}: ${yesNo(wider[key].value)}</option>
        <option value="true" ?selected=${document[key] === true}>Yes</option>
        <option value="false" ?selected=${document[key] === false}>No</option>
      </select>`, { hint: text }))}
    </section>`;
  }

  /** What was changed so far, and the ways on. */
  renderBalance() {
    const { changes } = this;
    const wrong = this.check?.errors ?? [];
    return html`<aside class="balance card" aria-label="Your draft">
      <h2>Your draft</h2>
      ${changes.length === 0 ? html`<p class="soft">Nothing is changed yet. Whatever you change takes effect when you save it.</p>` : html`
        <p role="status">${plural(changes.length, 'change', 'changes')}</p>
        <div class="long">${renderChanges(changes)}</div>`}
      ${changes.length && wrong.length ? html`<p class="fault">${wrong.length === 1 ? 'One thing is wrong' : `${wrong.length} things are wrong`}; it can’t be saved yet.</p>` : nothing}
      ${changes.length === 0 ? nothing : html`<div class="ways">
        <button ?disabled=${!this.isSavable} @click=${() => this.tryIt()}>Try it on the past</button>
        <button class="plain" ?disabled=${!this.isSavable} @click=${() => this.saveUntried()}>Save untried</button>
        <button class="plain" @click=${() => this.drop()}>Drop the draft</button>
      </div>`}
      ${this.trouble ? notice('bad', this.trouble, html`<p><a href=${`/console/${this.tenant}/policies`}>See what runs</a></p>`) : nothing}
    </aside>`;
  }

  async tryIt() {
    this.working = true;
    this.trouble = '';
    try {
      const { scope, ref } = this.place;
      const trial = await within(this.tenant).post('/policies/simulations', { scope, scopeRef: ref, document: this.document, last: LAST });
      keepDraft(this.tenant, this.place, { ...this.draft, tried: trial.id });
      go(pathOf(this.tenant, '/try', this.place, { id: trial.id }));
    } catch (e) {
      this.trouble = e.status === 409 ? 'Another trial is running. There is one at a time.' : e.message;
    } finally {
      this.working = false;
    }
  }

  async saveUntried() {
    const place = this.place;
    const saved = await ask({
      title: 'Save untried?',
      text: html`<p>Nobody knows yet what this does to your readers’ comments. Trying it takes seconds and changes nothing.</p>`,
      fields: [{ name: 'reason', label: 'Why is it changed?', hint: 'Your colleagues read this among the versions.', required: true, max: 500 }],
      confirm: 'Save untried',
      kind: 'bad',
      act: async ({ reason }) => {
        try {
          return await within(this.tenant).put('/policies', { scope: place.scope, scopeRef: place.ref, basedOn: this.draft.basedOn, reason, document: this.document });
        } catch (e) {
          if (e.type !== 'stale-version') throw e;
          return { stale: true };
        }
      },
    });
    if (!saved) return;
    if (saved.stale) {
      this.stale = {};
      return;
    }
    dropDraft(this.tenant, place);
    say(`Version ${saved.version} is in force.`, { kind: 'good' });
    go(`/console/${this.tenant}/policies`);
  }

  async drop() {
    const before = this.draft;
    dropDraft(this.tenant, this.place);
    await this.reload();
    say('The draft is dropped.', { action: 'Undo', act: () => (keepDraft(this.tenant, this.place, before), this.reload()) });
  }

  rebased({ draft }) {
    if (draft) keepDraft(this.tenant, this.place, draft);
    else dropDraft(this.tenant, this.place);
    this.reload();
  }
}

define('policy-editor', PolicyEditor);
