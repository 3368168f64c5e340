import { html, nothing } from 'lit';
import { ask } from '../lib/router.js';
import { count } from '../lib/words.js';
import { heading, tag, when } from '../ui/parts.js';
import { Paged } from '../ui/paged.js';
import { define } from '../ui/view.js';
import './records.css';

/** Who writes here, found by name. */
class CommentersPage extends Paged {
  source = '/commenters';

  get asked() {
    return { q: this.query.q };
  }

  get nothing() {
    return ['Nobody found', 'Names are found by the beginnings of their words; addresses can’t be searched.'];
  }

  send(event) {
    event.preventDefault();
    ask({ q: String(new FormData(event.target).get('q')).trim() });
  }

  render() {
    return html`
      ${heading('Commenters')}
      <form class="r-search" role="search" aria-label="Commenters" @submit=${this.send}>
        <div class="r-words"><label class="unseen" for="r-q">Name</label><input id="r-q" name="q" type="search" maxlength="100" placeholder="Name" .value=${this.query.q ?? ''}><button>Search</button></div>
      </form>
      ${this.renderRows('Commenters found')}`;
  }

  row(one) {
    const { counts = {} } = one;
    return html`<p class="r-line"><a href="/console/${this.tenant}/commenters/${one.id}"><strong>${one.name}</strong></a> ${one.banned ? tag('Banned', 'bad') : nothing}
        <span class="soft">${one.proven ? 'address confirmed' : 'address not confirmed'}</span></p>
      <p class="r-line soft"><span>${count(counts.published)} published, ${count(counts.held)} waiting, ${count(counts.rejected)} rejected${counts.withdrawn ? `, ${count(counts.withdrawn)} taken back` : ''}</span>
        ${one.lastAt ? html`<span>last ${when(one.lastAt)}</span>` : nothing}</p>`;
  }
}

define('commenters-page', CommentersPage);
