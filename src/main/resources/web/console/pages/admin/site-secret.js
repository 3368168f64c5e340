import { html, nothing } from 'lit';
import { within } from '../../lib/api.js';
import { copied } from '../../ui/copy.js';
import { ask, complain, say } from '../../ui/talk.js';
import { View, define } from '../../ui/view.js';

/** The secret that the publisher's server signs metadata with. It is fetched when asked for, not before. */
class SiteSecret extends View {
  static properties = { tenant: {}, site: { attribute: false }, secret: { state: true } };

  willUpdate(changed) {
    if (changed.has('site') && this.site?.id !== this.of) {
      this.of = this.site?.id;
      this.secret = null;
    }
  }

  get path() {
    return `/sites/${this.site.id}/secret`;
  }

  async look() {
    try {
      this.secret = await within(this.tenant).get(this.path);
      await this.updateComplete;
      this.querySelector('pre')?.focus();
    } catch (e) {
      complain(e);
    }
  }

  async rotate() {
    const made = await ask({
      title: 'Make a new secret?',
      text: html`<p>Your server should sign with the new one from now on. The old one <strong>stays good until the next time</strong> that a new one is made, so nothing breaks at once. If the old one became known to somebody, make a new one twice.</p>`,
      confirm: 'Make a new one',
      act: () => within(this.tenant).post(`${this.path}/rotations`),
    });
    if (!made) return;
    this.secret = made;
    say('There is a new secret. Put it into your server.', { kind: 'good' });
  }

  render() {
    return html`
      <p>With it your server signs what an article is about: title, authors, categories. Signed values count in policies, those from a reader’s page don’t.</p>
      ${this.secret
        ? html`${copied(this.secret.secret, 'The secret', `Secret, version ${this.secret.version}`)}<p class="soft">Version ${this.secret.version}. <button class="plain small" @click=${() => (this.secret = null)}>Hide</button></p>`
        : nothing}
      <div class="row">
        ${this.secret ? nothing : html`<button class="plain" @click=${this.look}>Show the secret</button>`}
        <button class="plain" @click=${this.rotate}>Make a new one…</button>
      </div>
      <p class="hint">Each look at it stands in the audit trail with your name.</p>`;
  }
}

define('site-secret', SiteSecret);
