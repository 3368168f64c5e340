import { html } from 'lit';
import { within } from '../../lib/api.js';
import { ROLES } from '../../lib/words.js';
import { field } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';

/** Somebody who reads what waits. They get a mail with a link that is good once. */
class StartInvite extends View {
  static properties = { tenant: {}, fault: { state: true }, working: { state: true } };

  async invite(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.working = true;
    this.fault = null;
    try {
      await within(this.tenant).post('/invitations', { email: form.get('email').trim(), name: form.get('name').trim(), role: form.get('role'), sites: [] });
      this.dispatchEvent(new CustomEvent('start-moved', { bubbles: true }));
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  render() {
    const wrong = (name) => this.fault?.of?.(name) ?? '';
    return html`<form @submit=${this.invite}>
      ${field('invite-name', 'Name', html`<input id="invite-name" name="name" required maxlength="80" autocomplete="off">`, { fault: wrong('name') })}
      ${field('invite-email', 'Email', html`<input id="invite-email" name="email" type="email" required maxlength="254" autocomplete="off">`, { hint: 'Gets a link that is good once, for seven days. The address is not shown again.', fault: wrong('email') })}
      ${field('invite-role', 'Role', html`<select id="invite-role" name="role">${Object.entries(ROLES).map(([value, name]) => html`<option value=${value}>${name}</option>`)}</select>`, { hint: 'Moderators decide about comments; admins may change everything.' })}
      ${this.fault && !this.fault.errors?.length ? html`<p class="fault" role="alert">${this.fault.message}</p>` : ''}
      <button ?disabled=${this.working}>Send the invitation</button>
    </form>`;
  }
}

define('start-invite', StartInvite);
