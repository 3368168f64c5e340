import { html } from 'lit';
import { within } from '../../lib/api.js';
import { ROLES } from '../../lib/words.js';
import { field } from '../../ui/parts.js';
import { faultOf, rest, siteTicks } from '../../ui/form.js';
import { say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

/** Invites somebody by mail. Tells by `invited`. */
class InviteForm extends View {
  static properties = { tenant: {}, sites: { attribute: false }, fault: { state: true }, working: { state: true } };

  async send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.working = true;
    this.fault = null;
    try {
      const invitation = await within(this.tenant).post('/invitations', { name: form.get('name').trim(), email: form.get('email').trim(), role: form.get('role'), sites: form.getAll('sites') });
      say(`${invitation.name} gets a mail with a link that is good once, for seven days.`, { kind: 'good' });
      this.dispatchEvent(new CustomEvent('invited', { detail: invitation }));
    } catch (e) {
      this.fault = e;
      await this.updateComplete;
      this.querySelector('.faulty input')?.focus();
    } finally {
      this.working = false;
    }
  }

  render() {
    return html`<form @submit=${this.send}>
      ${field('invite-name', 'Name', html`<input id="invite-name" name="name" required maxlength="80" autocomplete="off">`, { hint: 'As colleagues will read it.', fault: faultOf(this.fault, 'name') })}
      ${field('invite-email', 'Email', html`<input id="invite-email" name="email" type="email" required maxlength="254" autocomplete="off">`, { hint: 'Gets a link that is good once, for seven days. The address is not shown again.', fault: faultOf(this.fault, 'email') })}
      ${field('invite-role', 'Role', html`<select id="invite-role" name="role">${Object.entries(ROLES).map(([value, name]) => html`<option value=${value}>${name}</option>`)}</select>`, { fault: faultOf(this.fault, 'role') })}
      ${siteTicks('sites', this.sites)}
      ${rest(this.fault, 'name', 'email', 'role')}
      <div class="apart"><button ?disabled=${this.working}>Send the invitation</button></div>
    </form>`;
  }
}

define('invite-form', InviteForm);
