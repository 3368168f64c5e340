import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { faultOf, rest } from '../../ui/form.js';
import { Page } from '../../ui/page.js';
import { busy, failed, field, heading } from '../../ui/parts.js';
import { say } from '../../ui/talk.js';
import { define } from '../../ui/view.js';
import './admin.css';

const PERSONAL = [
  ['MASK', 'Replace them', 'Something like “(email removed)” stands in their place. What was there is never stored.'],
  ['HOLD', 'Let the comment wait', 'It is kept as written, and a moderator reads it first.'],
  ['LEAVE', 'Leave them', 'They appear as written.'],
];

const WINDOWS = [[0, 'not at all'], [60, 'for a minute'], [300, 'for 5 minutes'], [900, 'for 15 minutes'], [3600, 'for an hour'], [86_400, 'for a day']];

/** Settings of a tenant. */
class SettingsPage extends Page {
  static properties = { ...Page.properties, settings: { state: true }, fault: { state: true }, working: { state: true }, erases: { state: true } };

  async load(signal) {
    this.settings = await within(this.tenant).get('/settings', {}, signal);
    this.erases = Boolean(this.settings.rejectedRetentionDays);
  }

  async send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const next = {
      replyDepth: Number(form.get('replyDepth')),
      editWindowSeconds: Number(form.get('editWindowSeconds')),
      hideWhileEditIsHeld: form.has('hideWhileEditIsHeld'),
      personalData: form.get('personalData'),
      nudges: form.has('nudges'),
    };
    if (this.erases) next.rejectedRetentionDays = Number(form.get('rejectedRetentionDays'));
    this.working = true;
    this.fault = null;
    try {
      this.settings = await within(this.tenant).put('/settings', next);
      say('Saved. It holds from now on.', { kind: 'good', seconds: 6 });
    } catch (e) {
      this.fault = e;
      await this.updateComplete;
      this.querySelector('.faulty input, .faulty select')?.focus();
    } finally {
      this.working = false;
    }
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.settings) return busy();
    const s = this.settings;
    const wrong = (name) => faultOf(this.fault, name);
    const windows = WINDOWS.some(([n]) => n === s.editWindowSeconds) ? WINDOWS : [...WINDOWS, [s.editWindowSeconds, `for ${s.editWindowSeconds} seconds`]].sort((a, b) => a[0] - b[0]);
    return html`
      ${heading('Settings', nothing, html`They hold for all sites. What is held and what appears is set under <a href="/console/${this.tenant}/policies">Policies</a>.`)}
      <form class="card narrow" @submit=${this.send}>
        <div class="setting">
          ${field('set-depth', 'Replies to replies', html`<input id="set-depth" name="replyDepth" type="number" min="0" max="8" step="1" required .value=${String(s.replyDepth)}>`, { hint: 'How deep replies may nest, 0 to 8. With 0 nobody can reply; deeper replies stand at the deepest level.', fault: wrong('replyDepth') })}
        </div>
        <div class="setting">
          ${field('set-window', 'Readers may change or take back what they wrote', html`<select id="set-window" name="editWindowSeconds">${windows.map(([value, name]) => html`<option value=${value} ?selected=${value === s.editWindowSeconds}>${name}</option>`)}</select>`, { hint: 'Counted from when they sent it. Each change is judged anew, and moderators see what was there before.', fault: wrong('editWindowSeconds') })}
          <div class="way"><input type="checkbox" id="set-hide" name="hideWhileEditIsHeld" ?checked=${s.hideWhileEditIsHeld}><label for="set-hide">Hide a comment while a change of it waits</label><p class="hint">Otherwise what it said before stays visible until a moderator has decided.</p></div>
        </div>
        <div class="setting">
          <div class="way"><input type="checkbox" id="set-nudges" name="nudges" ?checked=${s.nudges}><label for="set-nudges">Ask readers first whether they want to say it differently</label><p class="hint">When a comment would be held or rejected because it reads as hostile, the form first gives it back with that question; so it does with a change of a comment. Nothing of it is stored meanwhile; what is sent as it is, is judged as always.</p></div>
        </div>
        <fieldset class="setting"><legend>Email addresses and phone numbers in comments</legend>
          ${PERSONAL.map(([value, name, about]) => html`<div class="way"><input type="radio" id="set-personal-${value}" name="personalData" value=${value} ?checked=${value === s.personalData}><label for="set-personal-${value}">${name}</label><p class="hint">${about}</p></div>`)}
        </fieldset>
        <div class="setting">
          <div class="way"><input type="checkbox" id="set-erases" ?checked=${this.erases} @change=${(e) => (this.erases = e.target.checked)}><label for="set-erases">Erase texts that were rejected or taken back</label><p class="hint">The text goes for good, also for moderators; that there was a comment, and what was decided, stays.</p></div>
          ${this.erases ? field('set-retention', 'After so many days', html`<input id="set-retention" name="rejectedRetentionDays" type="number" min="30" max="3650" step="1" required .value=${String(s.rejectedRetentionDays ?? 365)}>`, { hint: '30 to 3,650.', fault: wrong('rejectedRetentionDays') }) : nothing}
        </div>
        ${rest(this.fault, 'replyDepth', 'editWindowSeconds', 'rejectedRetentionDays')}
        <div class="setting"><button ?disabled=${this.working}>Save</button></div>
      </form>`;
  }
}

define('settings-page', SettingsPage);
