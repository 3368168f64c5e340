import { html } from 'lit';
import { say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

export const publicOrigin = () => document.querySelector('meta[name="parley-public-origin"]')?.content ?? location.origin;

/** What goes into the publisher's pages, and whether it was seen there. */
class StartSnippet extends View {
  static properties = { site: { attribute: false }, seen: { attribute: false } };

  get snippet() {
    return `<script async src="${publicOrigin()}/embed.js"></script>\n<parley-comments site="${this.site.key}" article="KEY-OF-THE-ARTICLE"></parley-comments>`;
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.snippet);
      say('The snippet is copied.', { kind: 'good', seconds: 4 });
    } catch {
      getSelection().selectAllChildren(this.querySelector('pre'));
      say('This browser lets nothing be copied by a button. The snippet is selected: copy it by hand.');
    }
  }

  render() {
    return html`
      <p>Into the template of your articles, where the comments shall stand. For <code>KEY-OF-THE-ARTICLE</code> put what names an article in your system, such as its number or the last part of its address.</p>
      <pre tabindex="0" aria-label="Snippet">${this.snippet}</pre>
      <div class="row"><button @click=${() => this.copy()}>Copy</button>
        <span class="soft" role="status">${this.seen ? `Seen at “${this.seen.title ?? this.seen.key}”.` : 'Not seen yet. An article is known from its first comment on; this page looks for it by itself.'}</span></div>`;
  }
}

define('start-snippet', StartSnippet);
