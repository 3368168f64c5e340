import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { count, plural, time } from '../../lib/words.js';
import { copied } from '../../ui/copy.js';
import { View, define } from '../../ui/view.js';

/** Computes the chain of the trail anew when asked, and says what came of it. */
class AuditVerification extends View {
  static properties = { tenant: {}, result: { state: true }, working: { state: true }, fault: { state: true } };

  async verify() {
    this.working = true;
    this.fault = null;
    try {
      this.result = await within(this.tenant).get('/audit/verification');
      this.at = new Date().toISOString();
      await this.updateComplete;
      this.querySelector('.outcome')?.focus();
    } catch (e) {
      this.fault = e;
    } finally {
      this.working = false;
    }
  }

  render() {
    return html`<section class="card"><div class="row between"><h2>Is it whole?</h2><button class="plain" ?disabled=${this.working} @click=${this.verify}>${this.working ? 'Checking …' : 'Check the chain'}</button></div>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault.message}</p>` : nothing}
      ${this.result ? this.renderResult() : html`<p class="soft">Computes every link anew, and compares it with what was sealed.</p>`}</section>`;
  }

  renderResult() {
    const { valid, sealed, unsealed, firstBroken, head } = this.result;
    return html`
      <div class="notice ${valid ? 'good' : 'bad'} outcome" tabindex="-1" role="status">
        <p><strong>${valid ? 'The trail is whole.' : 'The trail was changed.'}</strong>
          ${valid ? `All ${plural(sealed, 'sealed entry is', 'sealed entries are')} as they were sealed.` : `Entry number ${count(firstBroken)} is not what was sealed; those before it are. Ask who runs this installation, and keep what you downloaded.`}
          ${unsealed ? `${plural(unsealed, 'entry waits', 'entries wait')} to be sealed, which takes a second.` : 'None waits to be sealed.'}
          <span class="soft">Checked ${time(this.at)}.</span></p>
      </div>
      ${head ? html`<details><summary>The signed head, to be kept elsewhere</summary><div>
          <p>Kept outside, it shows later whether anything up to entry ${count(head.seq)} was changed since.</p>
          ${copied(JSON.stringify(head, null, 2), 'The signed head')}</div></details>` : nothing}`;
  }
}

define('audit-verification', AuditVerification);
