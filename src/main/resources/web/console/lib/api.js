// The one door to the REST API. Everything that fails arrives as a Problem; a lost session is told to the whole page.

const BASE = '/api/v1';
const SIGNED_OUT = 401;
/** What somebody gets who is no member any more, or a lesser one; the frame then looks whether that is so. */
const MISSING = [403, 404];

/** A problem document (RFC 9457), or what stands for one when no answer came at all. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? `Status ${status}`);
    this.status = status;
    this.document = document;
    this.type = (document.type ?? '').replace('/problems/', '');
    this.errors = document.errors ?? [];
  }

  /** What to say in a form beside a field; empty if nothing is wrong with it. */
  of(field) {
    return this.errors.filter((e) => e.field === field || e.field.endsWith(`.${field}`)).map((e) => e.detail).join(', ');
  }
}

async function call(method, path, { query, body, signal, keepalive } = {}) {
  const url = BASE + path + search(query);
  const init = { method, signal, keepalive, credentials: 'same-origin', headers: { Accept: 'application/json' } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(url, init);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem(0, { type: 'offline', title: 'Parley can’t be reached', detail: 'Parley can’t be reached. Nothing was changed.' });
  }
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
  const answer = isJson && response.status !== 204 ? await response.json() : null;
  if (response.ok) return answer;
  if (response.status === SIGNED_OUT) window.dispatchEvent(new CustomEvent('parley-signed-out'));
  if (MISSING.includes(response.status)) window.dispatchEvent(new CustomEvent('parley-missing'));
  throw new Problem(response.status, answer ?? { title: `Status ${response.status}` });
}

/** `?a=1&b=2` of what is set; arrays repeat their name. */
export function search(query = {}) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(name, one);
    }
  }
  const text = params.toString();
  return text && `?${text}`;
}

export const api = {
  get: (path, query, signal) => call('GET', path, { query, signal }),
  post: (path, body = {}) => call('POST', path, { body }),
  put: (path, body = {}) => call('PUT', path, { body }),
  patch: (path, body = {}) => call('PATCH', path, { body }),
  /** `keepalive`: goes out even if the page is being left. */
  remove: (path, { keepalive = false } = {}) => call('DELETE', path, { keepalive }),
  /** Address of something to be opened or downloaded by the browser itself. */
  url: (path, query) => BASE + path + search(query),
};

/** The same under one tenant. */
export function within(tenant) {
  const at = (path) => `/tenants/${encodeURIComponent(tenant)}${path}`;
  return {
    get: (path, query, signal) => api.get(at(path), query, signal),
    post: (path, body) => api.post(at(path), body),
    put: (path, body) => api.put(at(path), body),
    patch: (path, body) => api.patch(at(path), body),
    remove: (path, options) => api.remove(at(path), options),
    url: (path, query) => api.url(at(path), query),
  };
}
