import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { articleOf } from '../../lib/articles.js';
import { draftOf } from '../../lib/draft.js';
import { differences } from '../../lib/policy.js';
import { Page } from '../../ui/page.js';
import { busy, empty, failed, heading, tag, when } from '../../ui/parts.js';
import { ask, say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import { pathOf, people, placeName, placeOf, policyFor } from './common.js';
import { renderChanges } from './changes.js';
import './policies.css';

/** All versions of one policy, newest first: what each changed, who did it and why; and the way back to one. */
class PolicyHistory extends Page {
  static properties = { ...Page.properties, versions: { state: true } };

  asks() {
    return JSON.stringify(placeOf(this.query));
  }

  async load(signal) {
    this.place = placeOf(this.query);
    const api = within(this.tenant);
    const [versions, sites, who] = await Promise.all([
      api.get('/policies/history', { scope: this.place.scope, scopeRef: this.place.ref }, signal),
      api.get('/sites', {}, signal),
      people(this.tenant, signal),
    ]);
    const article = this.place.scope === 'ARTICLE' ? await articleOf(this.tenant, this.place.ref, signal) : null;
    this.name = placeName(this.place, sites.items, [article]);
    this.who = who;
    this.versions = versions.items;
  }

  async rollBack(version) {
    const { scope, ref } = this.place;
    const [now] = this.versions;
    const saved = await ask({
      title: `Go back to version ${version.version}?`,
      text: html`<p>It is put in force as a new version; nothing is lost. Against version ${now.version} that changes:</p>${renderChanges(differences(now.document, version.document))}
        ${draftOf(this.tenant, this.place) ? html`<p>Your open draft stays, and can be put on top.</p>` : nothing}`,
      fields: [{ name: 'reason', label: 'Why?', required: true, max: 500 }],
      confirm: 'Go back',
      act: ({ reason }) => within(this.tenant).post('/policies/rollbacks', { scope, scopeRef: ref, version: version.version, basedOn: now.version, reason }),
    });
    if (!saved) return;
    say(`Version ${saved.version} is in force, the same as version ${version.version}.`, { kind: 'good' });
    await this.reload();
    this.querySelector('h1')?.focus();
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.versions) return busy();
    const links = html`<a href=${`/console/${this.tenant}/policies`}>All policies</a><a href=${pathOf(this.tenant, '/edit', this.place)}>Change</a>`;
    if (this.versions.length === 0) return html`${heading('Versions', links, policyFor(this.place, this.name))}${empty('No versions yet', 'The first change makes one.')}`;
    return html`${heading('Versions', links, policyFor(this.place, this.name))}
      <ol class="plain-list versions" reversed>${this.versions.map((v, i) => this.renderVersion(v, this.versions[i + 1], i === 0))}</ol>`;
  }

  renderVersion(v, before, isNow) {
    const changes = differences(before?.document ?? {}, v.document);
    return html`<li class="card">
      <div class="row between"><h2>Version ${v.version} ${isNow ? tag('in force', 'good') : nothing}</h2>
        ${isNow ? nothing : html`<button class="plain" @click=${() => this.rollBack(v)} aria-label="Go back to version ${v.version}">Go back to this</button>`}</div>
      <p><span class="soft">${this.who(v.createdBy)}, ${when(v.createdAt)}:</span> “${v.reason}”</p>
      ${changes.length ? renderChanges(changes) : html`<p class="soft">${before ? 'The same as the version before.' : 'Says nothing of its own.'}</p>`}
    </li>`;
  }
}

define('policy-history', PolicyHistory);
