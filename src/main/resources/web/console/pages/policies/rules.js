import { html, nothing } from 'lit';
import { ACTIONS } from '../../lib/policy.js';
import { count, plural } from '../../lib/words.js';
import { field } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';

const MOST = 50;

const EXAMPLES = [
  { about: 'Newcomers under articles on the war', name: 'Newcomers on the war', when: "scores.toxicity > 0.3 && commenter.approvedCount < 3 && 'war' in article.categories", then: 'HOLD', reason: 'A newcomer under an article on the war' },
  { about: 'Regulars are trusted with a link', name: 'Regulars may link', when: 'commenter.approvedCount >= 10 && signals.links <= 2', then: 'PUBLISH', reason: 'A regular with few links' },
  { about: 'First comments with links', name: 'First comment with links', when: 'commenter.firstComment && signals.links > 0', then: 'HOLD', reason: 'A first comment with links' },
  { about: 'Hosts of shortened links', name: 'Shortened links', when: "'bit.ly' in signals.linkHosts || 't.co' in signals.linkHosts", then: 'HOLD', reason: 'A shortened link hides where it leads' },
];

/** Rules for those who want them: conditions in CEL, checked as they are typed. */
class PolicyRules extends View {
  static properties = { document: { attribute: false }, wider: { attribute: false }, check: { attribute: false } };

  get rules() {
    return this.document.rules ?? this.wider.rules.value;
  }

  tell(rules) {
    this.dispatchEvent(new CustomEvent('policy-edit', { bubbles: true, detail: { rules } }));
  }

  set(index, changes) {
    this.tell(this.rules.map((r, i) => (i === index ? { ...r, ...changes } : r)));
  }

  add(rule = { name: '', when: '', then: 'HOLD' }) {
    const { name, when, then, reason } = rule;
    this.tell([...this.rules, { name, when, then, ...(reason ? { reason } : {}) }]);
    this.focusOn(`#rule-name-${this.rules.length}`);
  }

  remove(index) {
    this.tell(this.rules.filter((_, i) => i !== index));
    this.focusOn(index > 0 ? `#rule-name-${index - 1}` : '#rule-add');
  }

  move(index, by) {
    const rules = [...this.rules];
    [rules[index], rules[index + by]] = [rules[index + by], rules[index]];
    this.tell(rules);
    this.focusOn(`#rule-name-${index + by}`);
  }

  focusOn(selector) {
    requestAnimationFrame(() => this.querySelector(selector)?.focus());
  }

  /** Puts a name where the cursor was last in a condition. */
  insert(text) {
    const index = Math.min(this.last?.index ?? this.rules.length - 1, this.rules.length - 1);
    if (index < 0) return this.add({ name: '', when: text, then: 'HOLD' });
    const { when } = this.rules[index];
    const at = this.last?.index === index ? Math.min(this.last.at, when.length) : when.length;
    this.set(index, { when: when.slice(0, at) + text + when.slice(at) });
    requestAnimationFrame(() => {
      const area = this.querySelector(`#rule-when-${index}`);
      area?.focus();
      area?.setSelectionRange(at + text.length, at + text.length);
    });
  }

  remember(event, index) {
    this.last = { index, at: event.target.selectionStart };
  }

  render() {
    const { rules } = this;
    const own = Boolean(this.document.rules);
    const general = (this.check?.errors ?? []).filter((e) => e.rule === undefined);
    return html`<section class="card rules"><h2>Rules <span class="soft">${rules.length ? count(rules.length) : ''}</span></h2>
      <p class="hint">Conditions in a small language (CEL), for what sliders can’t say. All rules are asked, and the strictest that holds wins: reject before hold before publish. <em>Publish</em> lifts what scores, links, watched words and <em>read first</em> would hold, never a ban, a banned word or a missing score. A rule that fails holds the comment.</p>
      ${own && this.wider.rules.from !== 'Parley' ? html`<p class="source soft">These replace those from ${this.wider.rules.from}, ${plural(this.wider.rules.value.length, 'rule', 'rules')}. <button class="link" @click=${() => this.tell(null)}>Use those</button></p>` : nothing}
      ${!own && rules.length > 0 ? html`<p class="source soft">From ${this.wider.rules.from}; a change here makes rules of its own.</p>` : nothing}
      ${general.length ? html`<div class="fault" role="alert">${general.map((e) => html`<p>${e.message}</p>`)}</div>` : nothing}
      <ol class="plain-list">${rules.map((r, i) => this.renderRule(r, i, rules.length))}</ol>
      <p><button class="plain" id="rule-add" ?disabled=${rules.length >= MOST} @click=${() => this.add()}>Add a rule</button></p>
      <div class="columns">${this.renderExamples()}${this.renderNames()}</div>
    </section>`;
  }

  renderRule(r, i, length) {
    const errors = (this.check?.errors ?? []).filter((e) => e.rule === i);
    const named = r.name || `Rule ${i + 1}`;
    return html`<li class="rule"><fieldset class="bare"><legend class="unseen">${named}</legend>
      <div class="rule-head">
        ${field(`rule-name-${i}`, 'Name', html`<input id="rule-name-${i}" maxlength="80" required autocomplete="off" .value=${r.name} @input=${(e) => this.set(i, { name: e.target.value })}>`)}
        ${field(`rule-then-${i}`, 'Then', html`<select id="rule-then-${i}" .value=${r.then} @change=${(e) => this.set(i, { then: e.target.value })}>${Object.entries(ACTIONS).map(([value, name]) => html`<option value=${value} ?selected=${value === r.then}>${name}</option>`)}</select>`)}
        <div class="row tools">
          <button class="plain icon" aria-label="Up: ${named}" ?disabled=${i === 0} @click=${() => this.move(i, -1)}>↑</button>
          <button class="plain icon" aria-label="Down: ${named}" ?disabled=${i === length - 1} @click=${() => this.move(i, 1)}>↓</button>
          <button class="plain icon" aria-label="Remove: ${named}" @click=${() => this.remove(i)}>×</button>
        </div>
      </div>
      <div class="field ${errors.length ? 'faulty' : ''}">
        <label for="rule-when-${i}">When</label>
        <textarea id="rule-when-${i}" class="code" rows="2" maxlength="1000" spellcheck="false" autocapitalize="off" aria-invalid=${errors.length > 0} aria-describedby="rule-fault-${i}" .value=${r.when}
          @input=${(e) => (this.remember(e, i), this.set(i, { when: e.target.value }))} @blur=${(e) => this.remember(e, i)}></textarea>
        <div id="rule-fault-${i}" aria-live="polite">${errors.map((e) => this.renderError(e, r.when))}</div>
      </div>
      ${field(`rule-reason-${i}`, 'What moderators read as the reason', html`<input id="rule-reason-${i}" maxlength="200" autocomplete="off" .value=${r.reason ?? ''} placeholder=${r.name} @input=${(e) => this.set(i, { reason: e.target.value || undefined })}>`)}
    </fieldset></li>`;
  }

  renderError(e, when) {
    const line = e.line ? when.split('\n')[e.line - 1] : undefined;
    const at = (e.column ?? 1) - 1;
    return html`<p class="fault">${e.line ? `Line ${e.line}, column ${e.column ?? 1}: ` : ''}${e.message}</p>
      ${line && at < line.length ? html`<pre class="where" aria-hidden="true">${line.slice(0, at)}<mark>${line.slice(at, at + 1)}</mark>${line.slice(at + 1)}</pre>` : nothing}`;
  }

  renderExamples() {
    return html`<details class="aid"><summary>Examples</summary>
      <ul class="plain-list">${EXAMPLES.map((e) => html`<li><p><strong>${e.about}</strong></p><pre>${e.when}</pre>
        <button class="plain" @click=${() => this.add(e)} aria-label="Add this example: ${e.about}">Add as a rule</button></li>`)}</ul></details>`;
  }

  renderNames() {
    const { variables = [], functions = [] } = this.check ?? {};
    const name = (text, inserted) => html`<button class="link code" aria-label="Insert ${text}" @click=${() => this.insert(inserted)}>${text}</button>`;
    return html`<details class="aid"><summary>What rules can ask for</summary>
      <dl class="names">${variables.map((v) => html`<div><dt>${name(v.name, v.name)} <span class="soft">${v.type}</span></dt><dd>${v.about}</dd></div>`)}</dl>
      ${functions.length ? html`<h3>Functions</h3><dl class="names">${functions.map((f) => html`<div><dt><code>${f.name}</code></dt><dd>${f.about}</dd></div>`)}</dl>` : nothing}
    </details>`;
  }
}

define('policy-rules', PolicyRules);
