import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { LISTS } from '../../lib/policy.js';
import { count, plural } from '../../lib/words.js';
import { field, marked } from '../../ui/parts.js';
import { View, define } from '../../ui/view.js';

const MOST = 2000;
const LONGEST = 100;
const SHOWN = 60;

/** Banned and watched words: added by the line or by the thousand, searched, and tried on a text. */
class PolicyWords extends View {
  static properties = { tenant: {}, document: { attribute: false }, wider: { attribute: false }, sought: { state: true }, faults: { state: true }, text: { state: true }, found: { state: true } };

  constructor() {
    super();
    this.sought = {};
    this.faults = {};
    this.text = '';
    this.found = null;
  }

  updated(changed) {
    if (changed.has('document') && this.text) this.tryText();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.later);
  }

  words(list) {
    return this.document[list] ?? this.wider[list].value;
  }

  tell(changes) {
    this.dispatchEvent(new CustomEvent('policy-edit', { bubbles: true, detail: changes }));
  }

  add(event, list) {
    event.preventDefault();
    const area = event.target.elements.more;
    const typed = area.value.split('\n').map((w) => w.trim().replace(/\s+/g, ' ')).filter(Boolean);
    const long = typed.find((w) => w.length > LONGEST);
    const known = new Set(this.words(list).map((w) => w.toLowerCase()));
    const fresh = typed.filter((w) => !known.has(w.toLowerCase()) && known.add(w.toLowerCase()));
    let fault = '';
    if (long) fault = `“${long.slice(0, 20)}…” is longer than ${LONGEST} characters.`;
    else if (this.words(list).length + fresh.length > MOST) fault = `That would be more than ${count(MOST)} words.`;
    this.faults = { ...this.faults, [list]: fault };
    if (fault || typed.length === 0) return;
    area.value = '';
    this.said = { ...this.said, [list]: fresh.length === typed.length ? `${plural(fresh.length, 'word', 'words')} added.` : `${plural(fresh.length, 'word', 'words')} added; ${count(typed.length - fresh.length)} had been there.` };
    if (fresh.length) this.tell({ [list]: [...this.words(list), ...fresh] });
    else this.requestUpdate();
    area.focus();
  }

  remove(list, word) {
    this.said = { ...this.said, [list]: `“${word}” removed.` };
    this.tell({ [list]: this.words(list).filter((w) => w !== word) });
    this.updateComplete.then(() => this.querySelector(`#${list}-more`)?.focus());
  }

  render() {
    return html`<section class="card words"><h2>Words</h2>
      <p class="hint">A word is found in whatever disguise: with other letters, digits, dots or gaps in it. A phrase of several words counts too.</p>
      <div class="columns">${Object.keys(LISTS).map((list) => this.renderList(list))}</div>
      ${this.renderTest()}
    </section>`;
  }

  renderList(list) {
    const [title, text] = LISTS[list];
    const words = this.words(list);
    const sought = (this.sought[list] ?? '').toLowerCase();
    const found = [...words].reverse().filter((w) => w.toLowerCase().includes(sought));
    const own = Boolean(this.document[list]);
    const wider = this.wider[list];
    return html`<div class="word-list">
      <h3>${title} <span class="soft">${count(words.length)}</span></h3>
      <p class="hint">${text} ${own || wider.from === 'Parley' ? nothing : html`From ${wider.from}; a change here makes a list of its own.`}</p>
      ${own && wider.from !== 'Parley' ? html`<p class="source soft">This list replaces that from ${wider.from}, ${plural(wider.value.length, 'word', 'words')}. <button class="link" @click=${() => this.tell({ [list]: null })} aria-label="Use that: ${title}">Use that</button></p>` : nothing}
      <form @submit=${(e) => this.add(e, list)}>
        ${field(`${list}-more`, 'Add words', html`<textarea id="${list}-more" name="more" rows="2" spellcheck="false"
          @keydown=${(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && e.target.form.requestSubmit()}></textarea>`, { hint: 'One a line; paste as many as you like.', fault: this.faults[list] })}
        <button class="plain">Add</button>
        <span class="soft" role="status">${this.said?.[list] ?? ''}</span>
      </form>
      ${words.length > 8 ? field(`${list}-sought`, 'Search', html`<input id="${list}-sought" type="search" autocomplete="off" @input=${(e) => (this.sought = { ...this.sought, [list]: e.target.value })}>`) : nothing}
      ${found.length ? html`<ul class="chips" aria-label=${title}>${found.slice(0, SHOWN).map((w) => html`<li class="chip">${w}<button class="plain" aria-label="Remove ${w}" @click=${() => this.remove(list, w)}>×</button></li>`)}</ul>` : nothing}
      ${found.length > SHOWN ? html`<p class="soft">and ${count(found.length - SHOWN)} more; search to see them.</p>` : nothing}
      ${sought && found.length === 0 ? html`<p class="soft">None with “${sought}”.</p>` : nothing}
    </div>`;
  }

  renderTest() {
    return html`<div class="word-test">
      ${field('words-test', 'Try a text', html`<textarea id="words-test" rows="3" maxlength="10000" @input=${(e) => ((this.text = e.target.value), this.trySoon())}></textarea>`, { hint: 'It is not kept. Both lists are looked for, as they stand above.', fault: this.faults.test })}
      <div role="status">${this.found ? this.renderFound() : nothing}</div>
    </div>`;
  }

  renderFound() {
    const { text, matches } = this.found;
    if (matches.length === 0) return html`<p>No word of either list is in it.</p>`;
    const marks = matches.map((m) => ({ ...m, strength: m.list === 'bannedWords' ? 1 : 0.5, title: `${LISTS[m.list][0]}: ${m.entry}` }));
    return html`<p class="written">${marked(text, marks)}</p>
      <ul class="found">${matches.map((m) => html`<li>“${text.slice(m.start, m.end)}” is <strong>${m.entry}</strong>, ${m.list === 'bannedWords' ? 'banned' : 'watched'}</li>`)}</ul>`;
  }

  trySoon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.tryText(), 250);
  }

  async tryText() {
    const { text } = this;
    const asked = (this.question = (this.question ?? 0) + 1);
    if (!text.trim()) {
      this.found = null;
      return;
    }
    try {
      const lists = await Promise.all(Object.keys(LISTS).map(async (list) => {
        const words = this.words(list);
        if (words.length === 0) return [];
        const { matches } = await within(this.tenant).post('/word-lists/checks', { words, text });
        return matches.map((m) => ({ ...m, list }));
      }));
      if (asked !== this.question) return;
      this.found = { text, matches: lists.flat().sort((a, b) => a.start - b.start) };
      this.faults = { ...this.faults, test: '' };
    } catch (e) {
      if (asked === this.question) this.faults = { ...this.faults, test: e.message };
    }
  }
}

define('policy-words', PolicyWords);
