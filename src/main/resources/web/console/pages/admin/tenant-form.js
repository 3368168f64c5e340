import { html } from 'lit';
import { api } from '../../lib/api.js';
import { faultOf, rest } from '../../ui/form.js';
import { field } from '../../ui/parts.js';
import { say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

/** Creates a tenant with its first admin. Tells by `tenant-created`. */
class TenantForm extends View {
  static properties = { fault: { state: true }, working: { state: true } };

  async send(event) {
    event.preventDefault();
    const form = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, String(value).trim()]));
    this.working = true;
    this.fault = null;
    try {
      const tenant = await api.post('/operator/tenants', form);
      say(`${tenant.name} is created. Its admin finds it at the next click.`, { kind: 'good' });
      this.dispatchEvent(new CustomEvent('tenant-created', { detail: tenant }));
    } catch (e) {
      this.fault = e;
      await this.updateComplete;
      this.querySelector('.faulty input')?.focus();
    } finally {
      this.working = false;
    }
  }

  render() {
    const wrong = (name) => faultOf(this.fault, name);
    return html`<form @submit=${this.send}>
      ${field('tenant-name', 'Name', html`<input id="tenant-name" name="name" required maxlength="120" autocomplete="off">`, { hint: 'The publisher, as its people read it.', fault: wrong('name') })}
      ${field('tenant-id', 'Id', html`<input id="tenant-id" name="id" required minlength="3" maxlength="40" pattern="[a-z][a-z0-9\\-]{1,38}[a-z0-9]" autocomplete="off">`, { hint: 'Stands in addresses: a–z, 0–9 and hyphens, beginning with a letter. It can’t be changed, and is never used twice.', fault: wrong('id') })}
      ${field('tenant-admin', 'Name of its first admin', html`<input id="tenant-admin" name="adminName" required maxlength="80" autocomplete="off">`, { fault: wrong('adminName') })}
      ${field('tenant-subject', 'Their subject at the sign-in server', html`<input id="tenant-subject" name="adminSubject" required maxlength="255" autocomplete="off" spellcheck="false">`, { hint: 'What their tokens call them (“sub”). In Keycloak it is the ID in the details of the user. It tells people apart for good, also when their name or address changes. Everybody after them can be invited by mail.', fault: wrong('adminSubject') })}
      ${rest(this.fault, 'name', 'id', 'adminName', 'adminSubject')}
      <div class="apart"><button ?disabled=${this.working}>Create the tenant</button></div>
    </form>`;
  }
}

define('tenant-form', TenantForm);
