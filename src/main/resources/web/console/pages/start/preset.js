import { html } from 'lit';
import { within } from '../../lib/api.js';
import { PRESETS } from '../../lib/policy.js';
import { busy, failed } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';
import '../policies/policies.css';

/** The first policy: one of the presets. All else is in the editor. */
class StartPreset extends View {
  static properties = { tenant: {}, presets: { state: true }, working: { state: true }, fault: { state: true } };

  async load(signal) {
    this.presets = (await within(this.tenant).get('/policies/presets', {}, signal)).items;
  }

  async choose(event) {
    event.preventDefault();
    const name = new FormData(event.target).get('preset');
    const { mode } = this.presets.find((p) => p.name === name);
    this.working = true;
    try {
      const { items } = await within(this.tenant).get('/policies');
      const now = items.find((p) => p.scope === 'TENANT');
      await within(this.tenant).put('/policies', { scope: 'TENANT', scopeRef: '', basedOn: now?.version ?? 0, reason: `Start with ${PRESETS[name][0]}`, document: { ...now?.document, preset: name, mode } });
      this.dispatchEvent(new CustomEvent('start-moved', { bubbles: true }));
    } catch (e) {
      this.fault = e.message;
    } finally {
      this.working = false;
    }
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.presets) return busy();
    return html`<form @submit=${this.choose}>
      <fieldset class="bare"><legend class="unseen">Preset</legend><div class="presets">
        ${this.presets.map((p) => html`<label class="preset"><input type="radio" name="preset" value=${p.name} ?checked=${p.name === 'BALANCED'}>
          <span class="name">${PRESETS[p.name]?.[0] ?? p.name}</span><span class="text">${PRESETS[p.name]?.[1] ?? ''}</span></label>`)}
      </div></fieldset>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : ''}
      <div class="row after"><button ?disabled=${this.working}>Begin with this</button> <span class="soft">Fine settings are under <a href=${`/console/${this.tenant}/policies`}>Policies</a>, any time.</span></div>
    </form>`;
  }
}

define('start-preset', StartPreset);
