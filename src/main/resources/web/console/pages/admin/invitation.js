import { html, nothing } from 'lit';
import { api } from '../../lib/api.js';
import { go } from '../../lib/router.js';
import { date } from '../../lib/words.js';
import { copied } from '../../ui/copy.js';
import { busy, failed } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';
import './admin.css';

const ROLE_WORDS = { MODERATOR: 'a moderator: somebody who decides about readers’ comments', ADMIN: 'an admin: somebody who decides about readers’ comments, sets the rules and lets others in' };

/**
 * What the link in an invitation opens. Nobody needs to be signed in to read it. `accepting`: they come back from the
 * sign-in, to be let in.
 */
class InvitationPage extends View {
  static properties = { token: {}, accepting: { type: Boolean }, offer: { state: true }, account: { state: true }, fault: { state: true }, working: { state: true }, known: { state: true } };

  get path() {
    return `/invitations/${encodeURIComponent(this.token)}`;
  }

  /** Where the sign-in leads back to: the page that accepts. */
  get signIn() {
    return `/console/sign-in?to=${encodeURIComponent(`/console/invitation/${encodeURIComponent(this.token)}/accept`)}`;
  }

  async load(signal) {
    document.title = 'Invitation · Parley';
    [this.offer, this.known] = await Promise.all([
      api.get(this.path, {}, signal),
      api.get('/me', {}, signal).then(() => true, (e) => (e.status === 401 ? false : Promise.reject(e))),
    ]);
    if (this.accepting && this.known) await this.accept();
  }

  /** Those without an account get one; then, or if they have one, they sign in. */
  async begin() {
    this.working = true;
    this.fault = null;
    try {
      this.account = await api.post(`${this.path}/account`);
      await this.updateComplete;
      this.querySelector('h2')?.focus();
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  async accept() {
    this.working = true;
    this.fault = null;
    try {
      const { tenant } = await api.post(`${this.path}/acceptance`);
      go(`/console/${tenant}/queue`, { replace: true });
      window.dispatchEvent(new CustomEvent('parley-me-changed'));
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  render() {
    return html`<div class="offer"><p class="brand">Parley</p>${this.renderState()}</div>`;
  }

  renderState() {
    if (this.problem?.status === 404 || this.fault?.status === 404) return this.renderOver();
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.offer || (this.accepting && this.working)) return busy(this.accepting ? 'Letting you in …' : undefined);
    const { offer } = this;
    return html`
      <h1 tabindex="-1">${offer.tenantName} invites you</h1>
      <p>Hello ${offer.name}. You are invited to look after the comments of <strong>${offer.tenantName}</strong> as ${ROLE_WORDS[offer.role] ?? offer.role}.</p>
      ${this.account ? this.renderAccount() : this.renderChoice()}
      ${this.renderFault()}
      <p class="soft">The invitation is good until ${date(offer.expiresAt)}, and once.</p>`;
  }

  renderChoice() {
    if (this.fault?.status === 409) return html`<p><a class="button" href="/console">To the console</a></p>`;
    if (this.known) {
      return html`<p>You are signed in already. Accept with this sign-in, or <a href="/console/sign-out">sign out</a> and open the link of your mail again.</p>
        <p><button ?disabled=${this.working} @click=${this.accept}>Accept the invitation</button></p>`;
    }
    return html`<p><button ?disabled=${this.working} @click=${this.begin}>Accept the invitation</button></p>
      <p>Have a sign-in at ${this.offer.tenantName} already? <a href=${this.signIn}>Sign in and accept</a></p>`;
  }

  renderAccount() {
    const { created, username, temporaryPassword } = this.account;
    if (!created) {
      return html`<h2 tabindex="-1">Sign in now</h2>
        <p>Sign in with the account that you have at your publisher’s sign-in server. If you have none, ask whoever invited you: here none could be made for you, or it was made when this link was opened before.</p>
        <p><a class="button" href=${this.signIn}>Sign in and accept</a></p>`;
    }
    return html`<h2 tabindex="-1">Your account is made</h2>
      <p>Note both now: the password is shown this once. You choose one of your own when you sign in.</p>
      <p id="label-user"><strong>User name</strong></p>${copied(username, 'The user name', 'User name')}
      <p id="label-password"><strong>Password for the first time</strong></p>${copied(temporaryPassword, 'The password', 'Password for the first time')}
      <p><a class="button" href=${this.signIn}>Sign in</a></p>`;
  }

  renderFault() {
    const { fault } = this;
    if (!fault) return nothing;
    if (fault.status === 401) return html`<p class="fault" role="alert">You are not signed in any more. <a href=${this.signIn}>Sign in and accept</a></p>`;
    if (fault.status === 409) return html`<p class="fault" role="alert">You are a member of ${this.offer.tenantName} already.</p>`;
    return html`<p class="fault" role="alert">${fault.message}</p>`;
  }

  renderOver() {
    return html`<h1 tabindex="-1">This invitation is no longer good</h1>
      <p>Its link was used already, withdrawn, replaced by a newer mail, or its seven days are over.</p>
      <p>If you have been let in before, <a href="/console">go to the console</a>. Otherwise ask for another invitation.</p>`;
  }
}

define('invitation-page', InvitationPage);
