import { LitElement } from 'lit';

/**
 * A part of the console. It draws into the page itself, so that one style sheet, one keyboard and one accessibility tree
 * serve all of it. Texts are set as text always; nothing here parses HTML.
 *
 * Subclasses may have `load()`: it is awaited when the element appears and by `reload()`; meanwhile `this.loading`,
 * afterwards `this.problem` if it failed. An answer that a newer question has overtaken is dropped: `load(signal)`.
 */
export class View extends LitElement {
  static properties = { loading: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.loading = false;
    this.problem = null;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.load) this.reload();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.asking?.abort();
  }

  async reload() {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.loading = true;
    this.problem = null;
    try {
      await this.load(asking.signal);
    } catch (e) {
      if (e.name === 'AbortError' || asking.signal.aborted) return;
      this.problem = e;
    } finally {
      if (this.asking === asking) this.loading = false;
    }
  }
}

export function define(name, type) {
  if (!customElements.get(name)) customElements.define(name, type);
}
