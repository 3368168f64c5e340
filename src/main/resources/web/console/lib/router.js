// Addresses of the console: every page and every choice in it that is worth a link stands in the address, so that the
// back button, a reload and a link to a colleague all work.

const listeners = new Set();

/** Called with every change of the address. */
export function onMove(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function go(path, { replace = false } = {}) {
  if (path !== location.pathname + location.search) history[replace ? 'replaceState' : 'pushState'](null, '', path);
  listeners.forEach((listener) => listener());
}

/** What the address asks for: `?order=oldest` as an object. */
export function query() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Changes what the address asks for; null takes a name out. */
export function ask(changes, options) {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') params.delete(name);
    else params.set(name, value);
  }
  const text = params.toString();
  go(location.pathname + (text && `?${text}`), options);
}

/** The first route whose path fits, with the values of its `:names`; null if none does. */
export function match(routes, path) {
  for (const route of routes) {
    const names = [];
    const pattern = route.path.replace(/:([a-zA-Z]+)/g, (_, name) => (names.push(name), '([^/]+)'));
    const found = new RegExp(`^${pattern}/?$`).exec(path);
    if (found) {
      try {
        return { route, params: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1])])) };
      } catch {
        return null;
      }
    }
  }
  return null;
}

/** Lets plain links within the console move without a reload; with a modifier key they stay plain links. */
export function start() {
  window.addEventListener('popstate', () => listeners.forEach((listener) => listener()));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    const plain = ['/console/sign-in', '/console/sign-out'].some((path) => link.pathname === path);
    if (!link.pathname.startsWith('/console') || plain) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
