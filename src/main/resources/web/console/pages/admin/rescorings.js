import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { count, plural } from '../../lib/words.js';
import { busy, failed, when } from '../../ui/parts.js';
import { ask, complain, say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

const PACE = 2_000;
const SCOPES = { UNSCORED: 'Comments without a score', PENDING: 'What waits', ALL: 'All comments' };
const STATES = { RUNNING: 'running', DONE: 'done', CANCELLED: 'stopped' };

/** How scoring does, and the jobs that score again. Looks again by itself while one runs. */
class RescoringPart extends View {
  static properties = { tenant: {}, state: { state: true } };

  get at() {
    return within(this.tenant);
  }

  get running() {
    return this.state?.items.find((job) => job.state === 'RUNNING');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.waiting);
  }

  async load(signal) {
    clearTimeout(this.waiting);
    this.state = await this.at.get('/rescorings', {}, signal);
    if (this.running && this.isConnected) this.waiting = setTimeout(() => this.reload(), PACE);
  }

  async begin(scope) {
    const done = await ask({
      title: scope === 'ALL' ? 'Score all comments again?' : 'Score what waits again?',
      text: scope === 'ALL'
        ? 'Comments that other models scored get new scores. Nothing that was decided changes; what waits is put into order anew. It takes its time and lets readers go first.'
        : 'Comments that wait and were scored by other models, or not at all, get new scores. Those that waited only for a score are decided by your policy.',
      confirm: 'Begin',
      act: () => this.at.post('/rescorings', { scope }),
    });
    if (done) await this.reload();
  }

  async stop(job) {
    try {
      await this.at.remove(`/rescorings/${job.id}`);
      say('Stopped. What is scored already stays so.', { seconds: 6 });
      await this.reload();
    } catch (e) {
      complain(e);
    }
  }

  render() {
    if (this.problem) return failed(this.problem, () => this.reload());
    if (!this.state) return busy();
    const { breaker, unscored, items } = this.state;
    return html`<section class="card"><h2>Scoring</h2>
      ${breaker === 'OPEN'
        ? html`<p class="notice bad" role="alert">Scoring is suspended after failures. Comments wait unscored, and are scored by themselves as soon as it works again.</p>`
        : html`<p>${unscored === 0 ? 'Works. No comment waits for a score.' : `Works. ${plural(unscored, 'comment waits', 'comments wait')} for a score.`}</p>`}
      <div class="row apart">
        <button class="plain" ?disabled=${Boolean(this.running)} @click=${() => this.begin('PENDING')}>Score what waits again…</button>
        <button class="plain" ?disabled=${Boolean(this.running)} @click=${() => this.begin('ALL')}>Score all again…</button>
      </div>
      ${items.length === 0 ? nothing : html`<ul class="jobs plain-list apart" aria-label="Jobs" aria-live="polite">${items.slice(0, 5).map((job) => this.renderJob(job))}</ul>`}
    </section>`;
  }

  renderJob(job) {
    const name = SCOPES[job.scope] ?? job.scope;
    return html`<li>
      <div class="row between"><span><strong>${name}</strong> <span class="soft">${STATES[job.state] ?? job.state}, ${job.requestedBy === 'parley' ? 'begun by itself' : 'asked for by an admin'} ${when(job.startedAt)}</span></span>
        ${job.state === 'RUNNING' ? html`<button class="plain small" aria-label="Stop: ${name}" @click=${() => this.stop(job)}>Stop</button>` : nothing}</div>
      ${job.state === 'RUNNING' ? html`<progress aria-label="${name}" max=${Math.max(1, job.total)} .value=${job.done}></progress>` : nothing}
      <p class="soft">${count(job.done)} of ${count(job.total)} done${job.failed ? `, ${plural(job.failed, 'could', 'could')} not be scored` : ''}</p></li>`;
  }
}

define('rescoring-part', RescoringPart);
