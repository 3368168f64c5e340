import { html, nothing } from 'lit';
import { within } from '../lib/api.js';
import { ask } from '../lib/router.js';
import { REASONS, count, duration, percent, plural } from '../lib/words.js';
import { listed, ranked, spans, stacked } from '../ui/charts.js';
import { Page } from '../ui/page.js';
import { busy, chart, empty, failed, heading, table } from '../ui/parts.js';
import { define } from '../ui/view.js';
import '../ui/charts.css';
import './statistics.css';

const RANGES = [7, 30, 90];
const DAY = 86_400_000;
const OUTCOMES = [['published', 'Published', 'good'], ['held', 'Waiting', 'waiting'], ['rejected', 'Rejected', 'bad']];

const DECISIONS = [['approved', 'Approved', 'good'], ['rejected', 'Rejected', 'bad'], ['spam', 'Spam', 'gone'], ['escalated', 'Escalated', 'waiting']];

/** `4–24 h` */
function age({ fromSeconds, toSeconds }) {
  const days = (toSeconds ?? fromSeconds) > 86_400;
  const size = days ? 86_400 : 3600;
  const unit = days ? 'days' : 'h';
  if (!toSeconds) return `Over ${fromSeconds / size} ${unit}`;
  return fromSeconds ? `${fromSeconds / size}–${toSeconds / size} ${unit}` : `Under ${toSeconds / size} ${unit}`;
}

const dayOf = (time) => new Date(time).toISOString().slice(0, 10);
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** How many comments came, what became of them, how long they waited, who decided. */
class StatisticsPage extends Page {
  static properties = { ...Page.properties, figures: { state: true } };

  get range() {
    const asked = Number(this.query.days);
    return RANGES.includes(asked) ? asked : 30;
  }

  asks() {
    return JSON.stringify([this.range, this.query.site]);
  }

  async load(signal) {
    const api = within(this.tenant);
    const now = Date.now();
    const [figures, sites] = await Promise.all([
      api.get('/statistics', { from: dayOf(now - (this.range - 1) * DAY), to: dayOf(now), site: this.query.site }, signal),
      this.sites ?? api.get('/sites', {}, signal).then((s) => s.items),
    ]);
    this.sites = sites;
    this.figures = figures;
  }

  render() {
    if (this.problem) return html`${this.renderHead()}${failed(this.problem, () => this.reload())}`;
    if (!this.figures) return busy();
    return html`${this.renderHead()}<div class="statistics" aria-busy=${this.loading}>${this.renderFigures()}</div>`;
  }

  renderHead() {
    const sites = this.sites ?? [];
    return heading('Statistics', html`
      ${sites.length > 1 ? html`<label for="site">Site</label>
        <select id="site" class="small" @change=${(e) => ask({ site: e.target.value })}><option value="">All</option>
          ${sites.map((s) => html`<option value=${s.id} ?selected=${s.id === this.query.site}>${s.name}</option>`)}</select>` : nothing}
      <div class="row ranges" role="group" aria-label="Days">${RANGES.map((n) => html`<button class="plain small" aria-pressed=${n === this.range} @click=${() => ask({ days: n === 30 ? null : n })}>${n} days</button>`)}</div>`);
  }

  renderFigures() {
    const { days, queue, decisions } = this.figures;
    const sum = (key) => days.reduce((total, d) => total + (d[key] ?? 0), 0);
    const submitted = sum('submitted');
    const share = (key) => (submitted ? `${percent(sum(key) / submitted)} of all` : '');
    const tile = (name, value, more) => html`<div class="card tally"><dt>${name}</dt><dd><span class="large">${value}</span><span class="soft">${more}</span></dd></div>`;
    return html`
      <dl class="tallies">
        ${tile('Comments', count(submitted), `in ${plural(this.range, 'day', 'days')}`)}
        ${tile('Appeared at once', count(sum('published')), share('published'))}
        ${tile('Had to wait', count(sum('held')), share('held'))}
        ${tile('Rejected', count(sum('rejected')), share('rejected'))}
        ${tile('Waiting now', count(queue.pending), queue.oldest ? `the oldest for ${duration((Date.now() - new Date(queue.oldest)) / 1000)}` : '')}
        ${tile('Age of what waits', duration(queue.ageSeconds?.p50), queue.pending ? `for half of it; for a tenth over ${duration(queue.ageSeconds?.p90)}` : '')}
        ${tile('Decisions', count(decisions.count), 'by moderators')}
        ${tile('Time to decision', duration(decisions.secondsToDecision?.p50), decisions.count ? `for half of them; for a tenth over ${duration(decisions.secondsToDecision?.p90)}` : '')}
      </dl>
      ${submitted === 0 ? html`<section class="card">${empty('No comments in these days', 'Choose a longer range, or another site.')}</section>` : this.renderCharts(days)}
      ${queue.pending ? this.renderQueue(queue) : nothing}
      ${decisions.count ? this.renderDecisions(decisions.byDay) : nothing}
      ${decisions.byMember ? this.renderMembers(decisions.byMember) : nothing}`;
  }

  renderQueue({ byAge }) {
    const title = 'What waits now, by how long it has';
    return html`<section><h2 class="unseen">${title}</h2>${listed(title, byAge.map((a) => ({ name: age(a), value: a.pending })))}</section>`;
  }

  renderDecisions(byDay) {
    const labels = byDay.map((d) => short.format(new Date(d.day)));
    const counts = byDay.map((d) => d.count);
    const times = byDay.map(({ secondsToDecision: t }) => ({ p50: t.p50 ?? null, p90: t.p90 ?? null }));
    return html`<section class="columns"><h2 class="unseen">Decisions per day</h2>
      <div class="card">${chart('Decisions per day', labels, [{ name: 'Decisions', kind: '', values: counts }], { height: 180 })}</div>
      ${times.some((t) => t.p50 !== null)
        ? html`<div class="card">${spans('Time to decision per day', labels, times, { more: [{ title: 'Decisions', number: true, cell: (i) => count(counts[i]) }] })}</div>`
        : html`<p class="card soft">Nothing that was decided had waited in the queue.</p>`}</section>`;
  }

  renderCharts(days) {
    const reasons = new Map();
    for (const d of days) for (const [code, n] of Object.entries(d.byReason ?? {})) reasons.set(code, (reasons.get(code) ?? 0) + n);
    return html`
      <section class="card"><h2 class="unseen">Comments per day</h2>
        ${chart('Comments per day, by what became of them when sent', days.map((d) => short.format(new Date(d.day))), OUTCOMES.map(([key, name, kind]) => ({ name, kind, values: days.map((d) => d[key] ?? 0) })), { height: 180 })}</section>
      <section><h2 class="unseen">Why comments waited or were rejected</h2>
        ${reasons.size
          ? html`${ranked('Why comments waited or were rejected', [...reasons].map(([code, value]) => ({ name: REASONS[code] ?? code, value })))}${this.renderReasonsByDay(days, reasons)}`
          : html`<p class="card">None waited or was rejected.</p>`}</section>`;
  }

  /** The days behind the reasons, each beside the whole of them; a comment may have several reasons. */
  renderReasonsByDay(days, reasons) {
    const codes = [...reasons].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    const affected = (d) => (d.held ?? 0) + (d.rejected ?? 0);
    const whole = { name: `All ${plural(days.length, 'day', 'days')}`, of: days.reduce((sum, d) => sum + affected(d), 0), by: Object.fromEntries(reasons) };
    const rows = [whole, ...days.map((d) => ({ name: short.format(new Date(d.day)), of: affected(d), by: d.byReason ?? {} }))];
    const cell = (row, n) => (row === whole ? html`<strong>${count(n)}</strong>` : count(n));
    return html`<details class="by-day"><summary>Show the days as a table</summary>
      ${table('Reasons by day', [
        { title: html`<span class="unseen">When</span>`, cell: (row) => (row === whole ? html`<strong>${row.name}</strong>` : row.name) },
        { title: 'Waited or rejected', number: true, cell: (row) => cell(row, row.of) },
        ...codes.map((code) => ({ title: REASONS[code] ?? code, number: true, cell: (row) => cell(row, row.by[code] ?? 0) })),
      ], rows)}
    </details>`;
  }

  renderMembers(members) {
    if (members.length === 0) return html`<section><h2>Moderators</h2><p class="card soft">Nobody decided anything in these days.</p></section>`;
    const name = (m) => m.name ?? 'A former member';
    const title = 'Decisions by moderator';
    const behind = table(title, [
      { title: 'Name', cell: name },
      ...DECISIONS.map(([key, title]) => ({ title, number: true, cell: (m) => count(m[key]) })),
      { title: 'Undone', number: true, cell: (m) => count(m.undone) },
      { title: 'Half within', number: true, cell: (m) => duration(m.p50Seconds) },
    ], members);
    const rows = members.map((m) => ({ name: name(m), parts: DECISIONS.map(([key, title, kind]) => ({ name: title, kind, value: m[key] })) }));
    return html`<section class="card"><h2 class="unseen">Moderators</h2>${stacked(title, rows, { compared: true, behind })}</section>`;
  }
}

define('statistics-page', StatisticsPage);
