import { html, nothing } from 'lit';
import { api } from '../../lib/api.js';
import { count, date, time } from '../../lib/words.js';
import { View, define } from '../../ui/view.js';
import { busy, empty, failed, heading, tag, when } from '../../ui/parts.js';
import { ask, complain, say } from '../../ui/talk.js';
import './admin.css';
import './tenant-form.js';

const STATES = { ACTIVE: ['active', 'good'], SUSPENDED: ['suspended', 'waiting'], CLOSING: ['closing', 'bad'], CLOSED: ['closed', 'gone'] };
const SIZES = [['sites', 'Sites'], ['members', 'Members'], ['comments', 'Comments'], ['commentsLastDay', 'In the last day'], ['pending', 'Waiting']];

/** Tenants, for whoever runs the installation: that they exist and how big they are, and nothing inside them. */
class OperatorPage extends View {
  static properties = { tenants: { state: true }, adding: { state: true } };

  async load(signal) {
    this.tenants = (await api.get('/operator/tenants', {}, signal)).items;
  }

  async add() {
    this.adding = !this.adding;
    await this.updateComplete;
    (this.querySelector('tenant-form input') ?? this.querySelector('.add'))?.focus();
  }

  created(event) {
    this.tenants = [...this.tenants, event.detail].sort((a, b) => a.id.localeCompare(b.id));
    this.adding = false;
    this.updateComplete.then(() => this.querySelector('.add')?.focus());
    window.dispatchEvent(new CustomEvent('parley-me-changed')); // it may be the operator's own
  }

  async change(tenant, body, said) {
    const view = await api.patch(`/operator/tenants/${tenant.id}`, body);
    this.tenants = this.tenants.map((t) => (t.id === tenant.id ? { ...t, closesAt: undefined, ...view } : t));
    say(said, { kind: 'good' });
    this.updateComplete.then(() => this.querySelector(`[data-tenant="${tenant.id}"]`)?.focus());
    return view;
  }

  suspend(tenant) {
    return ask({
      title: `Suspend ${tenant.name}?`,
      text: 'From the next call on nobody may enter: no reader, no moderator, no program. Nothing is lost; resume it at any time.',
      confirm: 'Suspend',
      kind: 'bad',
      act: () => this.change(tenant, { status: 'SUSPENDED' }, `${tenant.name} is suspended.`),
    });
  }

  resume(tenant) {
    return ask({
      title: tenant.status === 'CLOSING' ? `Take ${tenant.name} back?` : `Resume ${tenant.name}?`,
      text: tenant.status === 'CLOSING' ? 'It is not destroyed; all is as it was before it was closed.' : 'Readers, moderators and programs may enter again at once.',
      confirm: tenant.status === 'CLOSING' ? 'Take it back' : 'Resume',
      act: () => this.change(tenant, { status: 'ACTIVE' }, `${tenant.name} is active.`),
    });
  }

  close(tenant) {
    return ask({
      title: `Close ${tenant.name}?`,
      text: html`<p>Nobody may enter from now on. For some days (seven, unless this installation says otherwise) it can be taken back. <strong>Then its key is destroyed</strong>: every reader’s address, sealed with it, can never be read again by anybody. Comments stay in the database, out of everybody’s reach. The id can never be used again.</p>`,
      confirm: 'Close it',
      kind: 'bad',
      fields: [{ name: 'confirm', label: `Type “${tenant.id}” to confirm`, required: true, must: tenant.id, max: 40 }],
      act: ({ confirm }) => this.change(tenant, { status: 'CLOSED', confirm }, `${tenant.name} is closing.`),
    });
  }

  destroy(tenant) {
    return ask({
      title: `Destroy ${tenant.name} now?`,
      text: html`<p>Its key is destroyed <strong>at once, and nothing brings it back</strong>: no address of its readers can be read ever again, and nobody may enter. Only backups that hold the key still could; that ends when they expire.</p>`,
      confirm: 'Destroy it now',
      kind: 'bad',
      fields: [{ name: 'confirm', label: `Type “${tenant.id}” to confirm`, required: true, must: tenant.id, max: 40 }],
      act: ({ confirm }) => this.change(tenant, { status: 'CLOSED', confirm, now: true }, `${tenant.name} is closed for good.`),
    });
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.tenants) return busy();
    return html`
      ${heading('Tenants', html`<button class="add ${this.adding ? 'plain' : ''}" aria-expanded=${Boolean(this.adding)} @click=${this.add}>${this.adding ? 'Close' : 'Create a tenant'}</button>`, 'The publishers that this installation serves. You see how big they are, and nothing inside them.')}
      ${this.adding ? html`<div class="card narrow"><h2>A new tenant</h2><tenant-form @tenant-created=${this.created}></tenant-form></div><hr>` : nothing}
      ${this.tenants.length === 0 ? empty('No tenant yet', 'Create the first one.') : this.renderTable()}`;
  }

  renderTable() {
    const measured = this.tenants.map((t) => t.measuredAt).filter(Boolean).sort()[0];
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label="Tenants" aria-busy=${this.loading}><table>
        <caption class="unseen">Tenants</caption>
        <thead><tr><th scope="col">Tenant</th><th scope="col">State</th>${SIZES.map(([, title]) => html`<th scope="col" class="number">${title}</th>`)}<th scope="col"><span class="unseen">Actions</span></th></tr></thead>
        <tbody>${this.tenants.map((t) => this.renderTenant(t))}</tbody></table></div>
      <p class="hint">${measured ? html`Sizes were counted ${when(measured)}. ` : nothing}${this.tenants.some((t) => !t.measuredAt) ? 'A dash: not counted yet.' : nothing}</p>`;
  }

  renderTenant(t) {
    const act = (words, run, kind = '') => html`<button class="plain small ${kind}" aria-label="${words.replace('…', '')}: ${t.name}" @click=${() => run.call(this, t).catch(complain)}>${words}</button>`;
    return html`<tr>
      <td><span data-tenant=${t.id} tabindex="-1">${t.name}</span><div class="soft"><code>${t.id}</code> since ${date(t.createdAt)}</div></td>
      <td>${tag(...(STATES[t.status] ?? [t.status]))}${t.closesAt ? html`<div class="soft">destroyed from ${time(t.closesAt)} on</div>` : nothing}</td>
      ${SIZES.map(([key]) => html`<td class="number">${t[key] === undefined ? '–' : count(t[key])}</td>`)}
      <td class="acts"><div class="row">
        ${t.status === 'ACTIVE' ? html`${act('Suspend…', this.suspend)}${act('Close…', this.close)}` : nothing}
        ${t.status === 'SUSPENDED' ? html`${act('Resume…', this.resume)}${act('Close…', this.close)}` : nothing}
        ${t.status === 'CLOSING' ? html`${act('Take back…', this.resume)}${act('Destroy now…', this.destroy)}` : nothing}
      </div></td></tr>`;
  }
}

define('operator-page', OperatorPage);
