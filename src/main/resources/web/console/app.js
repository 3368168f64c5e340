import { html, nothing } from 'lit';
import { api, within } from './lib/api.js';
import { apply, prefer, prefs } from './lib/prefs.js';
import { go, match, onMove, start } from './lib/router.js';
import { ROLES } from './lib/words.js';
import './pages/admin/webhooks-off.js';
import { routes, sections } from './routes.js';
import { busy, failed } from './ui/parts.js';
import { View, define } from './ui/view.js';

apply();

/**
 * The frame of the console: who is signed in, for which tenant, where one can go. Pages are elements that get `tenant`
 * (id), `me` (their membership), `params` (of the path) and `query` (of the address).
 */
class Console extends View {
  static properties = { me: { state: true }, signedOut: { state: true }, place: { state: true }, open: { state: true } };

  constructor() {
    super();
    this.me = null;
    this.signedOut = false;
    this.open = false;
    this.place = null;
  }

  connectedCallback() {
    super.connectedCallback();
    start();
    onMove(() => this.moved());
    window.addEventListener('parley-signed-out', () => (this.signedOut = true));
    window.addEventListener('parley-me-changed', () => this.reload());
    window.addEventListener('parley-missing', () => this.lookAgain());
  }

  async load(signal) {
    this.find();
    if (this.place?.route.open) return;
    try {
      this.me = await api.get('/me', {}, signal);
      this.signedOut = false;
    } catch (e) {
      if (e.status !== 401) throw e;
      this.signedOut = true;
    }
    if (this.me && !this.place) this.goHome();
  }

  /** Something was refused: whoever is no member any more, or another kind of one, sees that at once. */
  async lookAgain() {
    if (this.looking || !this.membership) return;
    this.looking = true;
    try {
      const me = await api.get('/me');
      const now = me.memberships?.find((m) => m.tenant === this.membership?.tenant);
      if (JSON.stringify(now) !== JSON.stringify(this.membership)) this.me = me;
    } catch {
      // A lost session says so itself; without a connection nothing is known.
    } finally {
      this.looking = false;
    }
  }

  find() {
    this.place = match(routes, location.pathname);
  }

  moved() {
    const before = this.place?.route;
    this.find();
    this.open = false;
    if (!this.place && this.me) this.goHome();
    if (!this.me && !this.signedOut && !this.loading && !this.place?.route.open) this.reload(); // from a page that needs no sign-in
    this.requestUpdate();
    if (before?.view !== this.place?.route?.view) this.updateComplete.then(() => this.arrive());
  }

  /** A new page: read out from its title on, seen from its top. */
  arrive() {
    window.scrollTo(0, 0);
    const main = this.querySelector('main');
    (main?.querySelector('h1') ?? main)?.focus({ preventScroll: true });
  }

  get memberships() {
    return this.me?.memberships ?? [];
  }

  get membership() {
    return this.memberships.find((m) => m.tenant === this.place?.params.tenant) ?? null;
  }

  goHome() {
    if (!['/console', '/console/'].includes(location.pathname)) return;
    const last = this.memberships.find((m) => m.tenant === prefs().tenant) ?? this.memberships[0];
    if (last) this.goTo(last);
    else if (this.me.operator) go('/console/operator', { replace: true });
  }

  switchTo(tenant) {
    prefer({ tenant });
    this.goTo(this.memberships.find((m) => m.tenant === tenant), { replace: false });
  }

  /** To the queue; the admin of a tenant without a site, to the checklist of the first hour. */
  async goTo(membership, { replace = true } = {}) {
    let page = 'queue';
    if (membership.role === 'ADMIN') {
      const sites = await within(membership.tenant).get('/sites').catch(() => null);
      if (sites?.items.length === 0) page = 'start';
    }
    go(`/console/${membership.tenant}/${page}`, { replace });
  }

  updated() {
    const title = this.place?.route.title ?? 'Console';
    document.title = `${title}${this.membership ? ` · ${this.membership.tenantName}` : ''} · Parley`;
    if (this.membership && prefs().tenant !== this.membership.tenant) prefer({ tenant: this.membership.tenant });
  }

  render() {
    if (this.place?.route.open) return html`<main class="open">${this.place.route.view({ params: this.place.params })}</main>`;
    if (this.signedOut) return this.renderSignIn();
    if (this.problem) return html`<main class="open">${failed(this.problem, () => this.reload())}</main>`;
    if (!this.me) return html`<main class="open">${busy()}</main>`;
    return html`
      <a class="skip" href="#main" @click=${(e) => (e.preventDefault(), this.querySelector('main').focus())}>Skip to the page</a>
      ${this.renderTop()}
      <div class="frame">
        ${this.renderNav()}
        <main id="main" tabindex="-1">
          ${this.membership?.role === 'ADMIN' ? html`<webhooks-off .tenant=${this.place.params.tenant}></webhooks-off>` : nothing}
          ${this.renderPage()}
        </main>
      </div>`;
  }

  renderSignIn() {
    const here = location.pathname === '/console/signed-out' ? '/console' : location.pathname + location.search;
    const left = location.pathname === '/console/signed-out';
    const wrong = location.pathname === '/console/sign-in-failed';
    return html`
      <main class="open sign-in">
        <p class="brand">Parley</p>
        <h1 tabindex="-1">${left ? 'You are signed out' : 'Sign in to moderate'}</h1>
        ${wrong ? html`<p class="fault" role="alert">That did not work. Try it once more; if it fails again, ask who runs this installation.</p>` : nothing}
        <p>${left ? 'Here and at the sign-in server, in all tabs.' : 'Your publisher’s sign-in server asks for your name and password. You come back to this page.'}</p>
        <p><a class="button" href="/console/sign-in?to=${encodeURIComponent(wrong ? '/console' : here)}">Sign in</a></p>
      </main>`;
  }

  renderTop() {
    const m = this.membership;
    return html`
      <header class="top">
        <button class="plain icon menu" aria-expanded=${this.open} aria-controls="nav" @click=${() => (this.open = !this.open)}><span aria-hidden="true">☰</span><span class="unseen">Menu</span></button>
        <a class="brand" href="/console">Parley</a>
        ${this.memberships.length > 1
          ? html`<label class="unseen" for="tenant">Publisher</label>
              <select id="tenant" @change=${(e) => this.switchTo(e.target.value)}>
                ${m ? nothing : html`<option selected disabled>Choose a publisher</option>`}
                ${this.memberships.map((one) => html`<option value=${one.tenant} ?selected=${one === m}>${one.tenantName}</option>`)}
              </select>`
          : html`<span class="tenant">${m?.tenantName ?? ''}</span>`}
        <span class="space"></span>
        <span class="who">${m ? html`${m.memberName} <span class="soft">${ROLES[m.role]}</span>` : nothing}</span>
        <label class="unseen" for="theme">Colours</label>
        <select id="theme" class="small" @change=${(e) => prefer({ theme: e.target.value })}>
          ${[['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']].map(([value, name]) => html`<option value=${value} ?selected=${prefs().theme === value}>${name}</option>`)}
        </select>
        <a class="out" href="/console/sign-out">Sign out</a>
      </header>`;
  }

  renderNav() {
    const m = this.membership;
    const here = this.place?.route;
    const link = (route, path) => html`<li><a href=${path} aria-current=${here === route || here?.under === route.path ? 'page' : nothing}>${route.title}</a></li>`;
    const groups = sections
      .map(({ title, paths, role, operator }) => ({
        title,
        items: (operator ? this.me.operator : m && (!role || m.role === role)) ? paths.map((path) => routes.find((r) => r.path === path)).filter((r) => r && (!r.role || m?.role === r.role)) : [],
      }))
      .filter((g) => g.items.length > 0);
    return html`
      <nav id="nav" class=${this.open ? 'open' : ''} aria-label="Console">
        ${groups.map((g) => html`<p class="group">${g.title}</p><ul>${g.items.map((r) => link(r, r.path.replace(':tenant', m?.tenant ?? '')))}</ul>`)}
      </nav>`;
  }

  renderPage() {
    const { place } = this;
    if (!place) {
      return this.memberships.length || this.me.operator
        ? html`<div class="empty"><h1 tabindex="-1">There is nothing here</h1><p>The address is not one of the console’s.</p><p><a href="/console">To the start</a></p></div>`
        : html`<div class="empty"><h1 tabindex="-1">You are no member yet</h1><p>You are signed in, but no publisher has let you in. Ask for an invitation; its link brings you here.</p></div>`;
    }
    const { route, params } = place;
    const allowed = route.operator ? this.me.operator : this.membership && (!route.role || this.membership.role === route.role);
    if (!allowed) {
      return html`<div class="empty"><h1 tabindex="-1">There is nothing here for you</h1><p>Either it does not exist, or your role does not reach it.</p><p><a href="/console">To the start</a></p></div>`;
    }
    return route.view({ tenant: params.tenant, me: this.membership ?? this.me, params, query: Object.fromEntries(new URLSearchParams(location.search)) });
  }
}

define('parley-console', Console);
