import { html } from 'lit';
import { within } from '../../lib/api.js';
import { ROLES } from '../../lib/words.js';
import { field } from '../../ui/parts.js';
import { faultOf, rest, siteTicks } from '../../ui/form.js';
import { say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

/** Changes a member. Tells by `member-done`, with the member if it was saved. */
class MemberForm extends View {
  static properties = { tenant: {}, member: { attribute: false }, sites: { attribute: false }, fault: { state: true }, working: { state: true } };

  done(member = null) {
    this.dispatchEvent(new CustomEvent('member-done', { detail: member }));
  }

  async send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.working = true;
    this.fault = null;
    try {
      const member = await within(this.tenant).patch(`/members/${this.member.id}`, { name: form.get('name').trim(), role: form.get('role'), sites: form.getAll('sites') });
      say(`Saved. It counts from ${member.name}’s next click on.`, { kind: 'good', seconds: 6 });
      this.done(member);
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  render() {
    const { member } = this;
    return html`<form @submit=${this.send}>
      ${field('member-name', 'Name', html`<input id="member-name" name="name" required maxlength="80" autocomplete="off" .value=${member.name}>`, { fault: faultOf(this.fault, 'name') })}
      ${field('member-role', 'Role', html`<select id="member-role" name="role">${Object.entries(ROLES).map(([value, name]) => html`<option value=${value} ?selected=${value === member.role}>${name}</option>`)}</select>`, { fault: faultOf(this.fault, 'role') })}
      ${siteTicks('sites', this.sites, member.sites)}
      ${rest(this.fault, 'name', 'role')}
      <div class="row apart"><button ?disabled=${this.working}>Save</button><button type="button" class="plain" @click=${() => this.done()}>Cancel</button></div>
    </form>`;
  }
}

define('member-form', MemberForm);
