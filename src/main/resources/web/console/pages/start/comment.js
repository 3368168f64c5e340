import { html } from 'lit';
import { within } from '../../lib/api.js';
import { View, define } from '../../ui/view.js';
import { publicOrigin } from './snippet.js';

/** Key of the article that an admin may comment on before the publisher's own pages are ready. */
export const TRIAL = 'parley-trial';

/**
 * The first comment, on the page that readers see. It opens in a tab of its own: it may be framed by the site's own
 * pages alone, and this one is none of them. Without an article of the publisher's there is one to try.
 */
class StartComment extends View {
  static properties = { tenant: {}, site: { attribute: false }, article: { attribute: false }, fault: { state: true }, working: { state: true } };

  async make() {
    this.working = true;
    this.fault = '';
    try {
      const metadata = { url: `${this.site.origins[0]}/`, title: 'A page to try comments on', authors: [], categories: [] };
      this.article = await within(this.tenant).put(`/sites/${this.site.id}/articles/${TRIAL}`, { open: true, metadata });
      await this.updateComplete;
      this.querySelector('a')?.focus();
    } catch (e) {
      this.fault = e.message;
    } finally {
      this.working = false;
    }
  }

  render() {
    if (!this.article) {
      return html`<p>Comment on a page of yours that has the snippet. Or, if none is ready yet, on one that is made for trying; it is seen only by who knows its address, and can be closed under Articles.</p>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : ''}
        <button ?disabled=${this.working} @click=${() => this.make()}>Make a page to try</button>`;
    }
    const address = `${publicOrigin()}/embed/${this.site.key}/${this.article.key}`;
    return html`<p>Open the comments as readers see them, and write one. Whether it appears or waits is up to what you chose above; try both.</p>
      <p><a class="button" href=${address} target="_blank" rel="noopener">Open “${this.article.title ?? this.article.key}”<span class="unseen"> in a new tab</span></a></p>
      <p class="soft" role="status">No comment yet. This page looks for it by itself.</p>`;
  }
}

define('start-comment', StartComment);
