import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { within } from '../../lib/api.js';
import { ROLES, date } from '../../lib/words.js';
import { Page } from '../../ui/page.js';
import { busy, failed, heading, table, tag, when } from '../../ui/parts.js';
import { ask, complain, say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import './admin.css';
import './invite-form.js';
import './member-form.js';

const STATES = { OPEN: ['open', 'waiting'], ACCEPTED: ['accepted', 'good'], WITHDRAWN: ['withdrawn', 'gone'], LAPSED: ['lapsed', 'gone'] };

/** Who may do what here, and who is invited. */
class MembersPage extends Page {
  static properties = { ...Page.properties, members: { state: true }, invitations: { state: true }, sites: { state: true }, inviting: { state: true }, edited: { state: true }, all: { state: true } };

  get at() {
    return within(this.tenant);
  }

  async load(signal) {
    const [members, sites, invitations] = await Promise.all([
      this.at.get('/members', {}, signal),
      this.at.get('/sites', {}, signal),
      this.at.get('/invitations', {}, signal),
    ]);
    Object.assign(this, { members: members.items, sites: sites.items, invitations: invitations.items });
  }

  sitesOf({ sites }) {
    if (sites.length === 0) return 'all';
    return sites.map((id) => this.sites.find((s) => s.id === id)?.name ?? 'a site that is gone').join(', ');
  }

  async invite() {
    this.inviting = !this.inviting;
    this.edited = null;
    await this.updateComplete;
    (this.querySelector('invite-form input') ?? this.querySelector('.invite'))?.focus();
  }

  invited(event) {
    this.invitations = [event.detail, ...this.invitations];
    this.inviting = false;
    this.updateComplete.then(() => this.querySelector('.invite')?.focus());
  }

  async edit(member) {
    this.edited = member;
    this.inviting = false;
    await this.updateComplete;
    this.querySelector('member-form input')?.focus();
  }

  async changed(event) {
    const { detail } = event;
    const id = this.edited.id;
    if (detail) this.members = this.members.map((m) => (m.id === detail.id ? detail : m));
    this.edited = null;
    if (detail?.id === this.me.member) window.dispatchEvent(new CustomEvent('parley-me-changed'));
    await this.updateComplete;
    this.querySelector(`[data-member="${id}"]`)?.focus();
  }

  async expel(member) {
    const mine = member.id === this.me.member;
    const done = await ask({
      title: mine ? 'Leave this publisher?' : `Remove ${member.name}?`,
      text: html`<p>It acts at once: ${mine ? 'your' : 'their'} next click finds nothing here any more. What ${mine ? 'you' : 'they'} decided stays, under ${mine ? 'your' : 'their'} name. ${mine ? 'Only another admin can let you in again.' : 'They can be invited again.'}</p>`,
      confirm: mine ? 'Leave' : 'Remove',
      kind: 'bad',
      act: () => this.at.remove(`/members/${member.id}`),
    });
    if (!done) return;
    if (mine) {
      window.dispatchEvent(new CustomEvent('parley-me-changed'));
      return;
    }
    this.members = this.members.filter((m) => m !== member);
    say(`${member.name} is removed.`, { kind: 'good' });
    await this.updateComplete;
    this.querySelector('h1')?.focus();
  }

  async withdraw(invitation) {
    const done = await ask({
      title: `Withdraw the invitation of ${invitation.name}?`,
      text: 'Its link opens nothing from now on, and the address it went to is erased.',
      confirm: 'Withdraw',
      kind: 'bad',
      act: () => this.at.remove(`/invitations/${invitation.id}`),
    });
    if (!done) return;
    this.replace(invitation, { state: 'WITHDRAWN' });
    say('The invitation is withdrawn.', { kind: 'good' });
  }

  async again(invitation) {
    try {
      this.replace(invitation, await this.at.post(`/invitations/${invitation.id}/resend`));
      say(`${invitation.name} gets another mail. The link in the one before works no more.`, { kind: 'good' });
    } catch (e) {
      complain(e);
    }
  }

  replace(invitation, changes) {
    this.invitations = this.invitations.map((i) => (i.id === invitation.id ? { ...i, ...changes } : i));
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.members) return busy();
    return html`
      ${heading('Members', html`<button class="invite ${this.inviting ? 'plain' : ''}" aria-expanded=${Boolean(this.inviting)} @click=${this.invite}>${this.inviting ? 'Close' : 'Invite somebody'}</button>`, 'Moderators decide about comments. Admins do that too, and may change everything that stands in the menu.')}
      ${this.inviting ? html`<div class="card narrow"><h2>Invite somebody</h2><invite-form .tenant=${this.tenant} .sites=${this.sites} @invited=${this.invited}></invite-form></div><hr>` : nothing}
      ${this.edited ? html`<div class="card narrow"><h2>Change ${this.edited.name}</h2>${keyed(this.edited.id, html`<member-form .tenant=${this.tenant} .sites=${this.sites} .member=${this.edited} @member-done=${this.changed}></member-form>`)}</div><hr>` : nothing}
      ${table('Members', [
        { title: 'Name', cell: (m) => html`${m.name}${m.id === this.me.member ? html` <span class="soft">(you)</span>` : nothing}` },
        { title: 'Role', cell: (m) => tag(ROLES[m.role], m.role === 'ADMIN' ? 'good' : '') },
        { title: 'Sites', cell: (m) => this.sitesOf(m) },
        { title: 'Since', cell: (m) => date(m.createdAt) },
        { title: 'Actions', cell: (m) => html`<div class="row"><button class="plain small" data-member=${m.id} aria-label="Change: ${m.name}" @click=${() => this.edit(m)}>Change</button>
            <button class="plain small" aria-label="Remove: ${m.name}" @click=${() => this.expel(m)}>${m.id === this.me.member ? 'Leave…' : 'Remove…'}</button></div>` },
      ], this.members)}
      ${this.renderInvitations()}`;
  }

  renderInvitations() {
    const open = this.invitations.filter((i) => i.state === 'OPEN');
    const shown = this.all ? this.invitations : open;
    const past = this.invitations.length - open.length;
    return html`<section class="block"><h2>Invitations</h2>
      <p class="soft">Addresses are sealed and not shown again, not even here; they are erased when the invitation ends.</p>
      ${shown.length === 0
        ? html`<p>Nobody is invited at the moment.</p>`
        : table('Invitations', [
            { title: 'Name', cell: (i) => i.name },
            { title: 'Role', cell: (i) => ROLES[i.role] },
            { title: 'Sites', cell: (i) => this.sitesOf(i) },
            { title: 'Invited', cell: (i) => html`${when(i.createdAt)}<div class="soft">by ${i.invitedBy?.name ?? 'a former member'}</div>` },
            { title: 'State', cell: (i) => html`${tag(...STATES[i.state])}${i.state === 'OPEN' ? html`<div class="soft">until ${date(i.expiresAt)}</div>` : nothing}` },
            { title: 'Actions', cell: (i) => (i.state === 'OPEN'
              ? html`<div class="row"><button class="plain small" aria-label="Send again: ${i.name}" @click=${() => this.again(i)}>Send again</button>
                  <button class="plain small" aria-label="Withdraw: ${i.name}" @click=${() => this.withdraw(i)}>Withdraw…</button></div>`
              : nothing) },
          ], shown)}
      ${past > 0 ? html`<p class="more"><button class="plain small" aria-expanded=${Boolean(this.all)} @click=${() => (this.all = !this.all)}>${this.all ? 'Open ones only' : 'Show those that ended'}</button></p>` : nothing}
    </section>`;
  }
}

define('members-page', MembersPage);
