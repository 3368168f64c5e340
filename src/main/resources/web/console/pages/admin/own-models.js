import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { go } from '../../lib/router.js';
import { ATTRIBUTES, count, language, plural } from '../../lib/words.js';
import { busy, failed, table, tag, when } from '../../ui/parts.js';
import { ask, complain, say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

const PACE = 1_000;
const LAST = 10_000;
const STATES = { CANDIDATE: ['better, not in force', 'waiting'], ACTIVE: ['in force', 'good'], RETIRED: ['out of force', 'gone'], NOT_BETTER: ['not better', 'gone'] };
const whole = (share) => Math.round(100 * share);
const nameOf = (m) => `${ATTRIBUTES[m.attribute] ?? m.attribute}, ${language(m.language)}`;

/** Models that moderators taught: teach, compare, try, put in force, go back. Looks again by itself while one is taught. */
class OwnModelPart extends View {
  static properties = { tenant: {}, models: { state: true }, trainings: { state: true } };

  get at() {
    return within(this.tenant);
  }

  get running() {
    return this.trainings?.items[0]?.state === 'RUNNING';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.waiting);
  }

  async load(signal) {
    clearTimeout(this.waiting);
    const [models, trainings] = await Promise.all([this.at.get('/own-models', {}, signal), this.at.get('/own-models/trainings', {}, signal)]);
    Object.assign(this, { models: models.items, trainings });
    if (this.running && this.isConnected) this.waiting = setTimeout(() => this.reload(), PACE);
  }

  async teach() {
    try {
      await this.at.post('/own-models/trainings', {});
      await this.reload();
    } catch (e) {
      complain(e);
    }
  }

  async enforce(m) {
    const done = await ask({
      title: `Put it in force: ${nameOf(m)}?`,
      text: 'From now on it scores each comment in the place of what scores now. What waits is scored again and put into order anew; nothing that was decided changes. You can go back at any time.',
      confirm: 'Put in force',
      act: () => this.at.put(`/own-models/${m.id}/activation`, {}),
    });
    if (!done) return;
    say(`${nameOf(m)}: your own model is in force.`, { kind: 'good' });
    await this.reload();
  }

  async retire(m) {
    try {
      await this.at.remove(`/own-models/${m.id}/activation`);
      say(m.base ? `${nameOf(m)}: the shipped model scores alone again.` : `${nameOf(m)}: nothing scores it now.`, { action: 'Put it back', act: () => this.enforce(m) });
      await this.reload();
    } catch (e) {
      complain(e);
    }
  }

  async remove(m) {
    const done = await ask({ title: `Delete it: ${nameOf(m)}?`, text: 'It is gone for good. Your decisions stay, and can teach another one.', confirm: 'Delete', kind: 'bad', act: () => this.at.remove(`/own-models/${m.id}`) });
    if (done) await this.reload();
  }

  /** Since it was taught, nothing that it is tried on was known to it. */
  async tryIt(m, since) {
    try {
      const trial = await this.at.post('/policies/simulations', { scope: 'TENANT', scopeRef: '', model: m.id, last: LAST, since });
      go(`/console/${this.tenant}/policies/try?id=${trial.id}`);
    } catch (e) {
      complain(e);
    }
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.models) return busy();
    const { fewest, fewestOfAKind, decisionsSince } = this.trainings;
    return html`<section class="block card"><h2>Taught by your moderators</h2>
      <p>Each approval, and each rejection for abuse, hate, a threat or advertising, says something about a text. From those a model of your own is made on top of ours, or alone where we have none for a language. It learns from the older three quarters of the decisions and is compared on the newest quarter; only if it agrees better with your moderators than what scores now, you can put it in force. It takes ${fewest} decisions for a language, ${fewestOfAKind} of each kind. Nobody else’s comments are scored by it.</p>
      <div class="row apart"><button ?disabled=${this.running} @click=${this.teach}>Teach from decisions</button>${this.running ? busy('Being taught …') : html`<span class="soft">${plural(decisionsSince, 'decision', 'decisions')}${this.trainings.items.length ? ' since the last time' : ' so far'}</span>`}</div>
      ${this.renderLast()}
      ${this.models.length === 0 ? nothing : html`<ul class="jobs plain-list apart" aria-label="Your own models">${this.models.map((m) => this.renderModel(m))}</ul>`}
    </section>`;
  }

  renderLast() {
    const last = this.trainings.items.find((t) => t.state !== 'RUNNING');
    if (!last || this.running) return nothing;
    if (last.state === 'FAILED') return html`<p class="notice bad" role="alert">The last attempt failed, ${when(last.startedAt)}. Nothing was changed.</p>`;
    const few = last.outcomes.filter((o) => o.result === 'TOO_FEW');
    return html`<div role="status" class="apart">
      <p>Taught ${when(last.finishedAt)} from ${plural(last.decisions, 'text', 'texts')} that your people decided on${last.decisions === 0 ? ': there is nothing to learn from yet' : ''}.</p>
      ${few.length === 0 ? nothing : html`<p class="soft">Too few decisions yet: ${few.map((o) => `${nameOf(o)} (${count(o.decisions)}, ${count(o.with)} with it)`).join('; ')}.</p>`}</div>`;
  }

  renderModel(m) {
    const r = m.report;
    const name = nameOf(m);
    const usable = m.state !== 'NOT_BETTER' && !m.outdated;
    return html`<li class="own">
      <div class="row between"><h3>${name}</h3>${m.outdated ? tag('outdated', 'waiting') : tag(...STATES[m.state])}</div>
      <p class="soft">Taught ${when(m.trainedAt)} from ${plural(r.trainedOn, 'decision', 'decisions')}, compared on the ${plural(r.heldBack, 'one', 'ones')} that came after them, ${count(r.heldBackWith)} with it. <code>${m.version}</code></p>
      ${m.outdated ? html`<p>The model below it changed with a new version of Parley, so it scores nothing now. It is taught anew by itself, or at once if you do.</p>` : nothing}
      ${table(`How ${name} agrees with your moderators`, [
        { title: html`<span class="unseen">What scores</span>`, cell: (x) => x.title },
        { title: 'Pairs in the right order, of 100', number: true, cell: (x) => whole(x.of.auc) },
        { title: 'Needless from .5 on', number: true, cell: (x) => count(x.of.needless) },
        { title: 'Missed below .5', number: true, cell: (x) => count(x.of.missed) },
      ], [['What scored before', r.before ?? r.shipped], ['Your own', r.taught]].filter(([, of]) => of).map(([title, of]) => ({ title, of })))}
      ${this.renderWords('Raise the score more', r.raising)}${this.renderWords('Raise it less, or lower it', r.lowering)}
      <div class="row apart">
        ${usable && m.state !== 'ACTIVE' ? html`<button class="plain" aria-label="Put in force: ${name}" @click=${() => this.enforce(m)}>Put in force…</button>
          <button class="plain" aria-label="Try on the past: ${name}" @click=${() => this.tryIt(m)}>Try on the past</button>
          <button class="plain" aria-label="Try on what came since it was taught: ${name}" @click=${() => this.tryIt(m, m.trainedAt)}>Try on what came since</button>` : nothing}
        ${m.state === 'ACTIVE' ? html`<button class="plain" aria-label="Take out of force: ${name}" @click=${() => this.retire(m)}>Take out of force</button>` : html`<button class="plain" aria-label="Delete: ${name}" @click=${() => this.remove(m)}>Delete…</button>`}
      </div></li>`;
  }

  renderWords(title, words) {
    return words.length === 0 ? nothing : html`<p class="learnt">${title}: ${words.map((w) => html`<span class="tag" lang="">${w.text}</span> `)}</p>`;
  }
}

define('own-model-part', OwnModelPart);
