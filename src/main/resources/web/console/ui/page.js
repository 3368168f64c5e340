import { View } from './view.js';

/**
 * A page of the console. It loads anew when its tenant changes, or what `asks()` takes from the address.
 */
export class Page extends View {
  static properties = { tenant: {}, me: { attribute: false }, params: { attribute: false }, query: { attribute: false } };

  /** What of the address decides what is loaded. */
  asks() {
    return '';
  }

  willUpdate() {
    const asked = `${this.tenant} ${this.asks()}`;
    if (this.asked !== undefined && this.asked !== asked) this.reload();
    this.asked = asked;
  }
}
