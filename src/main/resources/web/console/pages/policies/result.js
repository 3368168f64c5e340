import { html, nothing } from 'lit';
import { ATTRIBUTES, REASONS, count, date, percent, plural } from '../../lib/words.js';
import { stacked } from '../../ui/charts.js';
import { bar, table, tag } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';

const OUTCOMES = [['publish', 'Published', 'good'], ['hold', 'Waiting', 'waiting'], ['reject', 'Rejected', 'bad']];
const WORDS = { PUBLISH: ['appears', 'good'], HOLD: ['waits', 'waiting'], REJECT: ['is rejected', 'bad'] };
const STEP = 5;

const outcome = (name) => tag(WORDS[name][0], WORDS[name][1]);
/** A rule by what it says itself, a word by which one it was. */
function reason({ code, detail }) {
  const name = REASONS[code] ?? code;
  if (!detail) return name;
  if (code === 'RULE') return detail;
  return code.endsWith('_WORD') ? `${name}: ${detail}` : name;
}

const perDay = (x) => (x < 10 ? x.toFixed(1) : count(Math.round(x)));

/** What a trial found: before and after, and comments to read of each change. */
class PolicyResult extends View {
  static properties = { tenant: {}, result: { attribute: false }, chosen: { state: true }, shown: { state: true } };

  constructor() {
    super();
    this.shown = STEP;
  }

  render() {
    const r = this.result;
    const total = OUTCOMES.reduce((sum, [key]) => sum + r.before[key], 0);
    if (total === 0) return html`<p class="notice">There are no comments of the past to try it on.</p>`;
    return html`
      <section class="card">${stacked(`${plural(total, 'comment', 'comments')}, ${date(r.from)} to ${date(r.until)}`, [['Before', r.before], ['After', r.after]].map(([name, side]) => ({
        name, parts: OUTCOMES.map(([key, title, kind]) => ({ name: title, kind, value: side[key] })) })))}</section>
      <div class="columns pair">${this.renderWorkload(r)}${this.renderAgreement(r)}</div>
      ${this.renderChanges(r, total)}`;
  }

  renderWorkload({ workload }) {
    const more = workload.afterPerDay - workload.beforePerDay;
    return html`<section class="card"><h2>To read for moderators</h2>
      <p><span class="large">${perDay(workload.afterPerDay)}</span> a day, ${Math.abs(more) < 0.05 ? 'as now' : html`<strong>${perDay(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'}</strong> than now (${perDay(workload.beforePerDay)})`}</p>
      <p class="soft">Held comments, over ${plural(workload.days, 'day', 'days')}.</p></section>`;
  }

  renderAgreement({ agreement }) {
    const { decided, before, after } = agreement;
    const row = (title, key, hint) => ({ title, hint, before: before[key], after: after[key] });
    return html`<section class="card"><h2>Against what moderators decided</h2>
      ${decided === 0 ? html`<p class="soft">Moderators decided none of these comments, so there is nothing to compare with.</p>` : html`
        ${table(`Agreement with ${plural(decided, 'decision', 'decisions')} of moderators`, [
          { title: html`<span class="unseen">What went wrong</span>`, cell: (x) => html`<strong>${x.title}</strong><br><span class="soft">${x.hint}</span>` },
          { title: 'Before', number: true, cell: (x) => count(x.before) },
          { title: 'After', number: true, cell: (x) => count(x.after) },
        ], [
          row('Missed', 'missed', 'would appear, though a moderator rejected it'),
          row('Needless', 'needless', 'would not appear at once, though a moderator approved it'),
        ])}
        <p class="soft">Of ${plural(decided, 'comment', 'comments')} that moderators decided.</p>`}</section>`;
  }

  renderChanges(r, total) {
    const changed = r.changes.reduce((sum, c) => sum + c.count, 0);
    if (changed === 0) return html`<p class="notice">Not one of these comments would have been decided differently.</p>`;
    const key = (c) => `${c.from}-${c.to}`;
    const chosen = r.changes.find((c) => key(c) === this.chosen) ?? r.changes[0];
    const samples = r.samples.filter((s) => key(s) === key(chosen));
    return html`<section class="card"><h2>What changes</h2>
      ${table('Comments that would be decided differently', [
        { title: 'Now', cell: (c) => outcome(c.from) },
        { title: 'Then', cell: (c) => outcome(c.to) },
        { title: 'Comments', number: true, cell: (c) => count(c.count) },
        { title: 'Of all', number: true, cell: (c) => percent(c.count / total, 1) },
        { title: html`<span class="unseen">Samples</span>`, cell: (c) => html`<button class="plain small" aria-pressed=${key(c) === key(chosen)} aria-label="Read some that ${WORDS[c.from][0]} now and then ${WORDS[c.to][0]}" @click=${() => ((this.chosen = key(c)), (this.shown = STEP))}>Read some</button>` },
      ], r.changes)}
      <div class="samples">
        <h3>Now ${WORDS[chosen.from][0]}, then ${WORDS[chosen.to][0]}</h3>
        ${samples.length === 0 ? html`<p class="soft">None is kept to read.</p>` : samples.slice(0, this.shown).map((s) => this.renderSample(s))}
        ${samples.length > this.shown ? html`<button class="plain" @click=${() => (this.shown += STEP)}>Show more of them</button>` : nothing}
      </div></section>`;
  }

  renderSample(s) {
    const scores = Object.entries(s.scores ?? {}).sort(([, a], [, b]) => b - a).slice(0, 3);
    const reasons = (list) => (list?.length ? list.map((r) => html`<span class="tag" title=${r.detail ?? ''}>${reason(r)}</span> `) : 'no reason against it');
    return html`<article class="sample">
      <p class="soft">${s.articleTitle ?? 'An article'}, ${date(s.createdAt)}${s.moderator ? html`; a moderator ${s.moderator === 'APPROVED' ? 'approved' : 'rejected'} it` : nothing}</p>
      <p class="written">${s.body}</p>
      <dl class="why">
        <div><dt>Now</dt><dd>${outcome(s.from)} ${reasons(s.reasonsBefore)}</dd></div>
        <div><dt>Then</dt><dd>${outcome(s.to)} ${reasons(s.reasonsAfter)}</dd></div>
        <div><dt>Scores</dt><dd>${scores.length ? html`<ul class="plain-list score-list">${scores.map(([a, v]) => html`<li><span>${ATTRIBUTES[a] ?? a}</span>${bar(v)}<span class="number">${v.toFixed(2)}</span></li>`)}</ul>` : 'none'}</dd></div>
      </dl>
      <p><a href=${`/console/${this.tenant}/comments/${s.comment}`}>Full record</a></p>
    </article>`;
  }
}

define('policy-result', PolicyResult);
