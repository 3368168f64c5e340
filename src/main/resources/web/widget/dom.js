/** The page, and the server's other pages. Nothing here makes HTML from a string. */

export const main = document.querySelector("main.parley[data-path]");

export const texts = JSON.parse(document.getElementById("texts")?.textContent || "{}");

const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(texts.numbers ?? language);
const LONGEST_WAIT = 30_000;

/**
 * A counted text in the language's own plural form.
 * @param {Record<string, string>} forms by plural category
 * @param {number} count
 */
export function counted(forms, count) {
  return (forms[plurals.select(count)] ?? forms.other).replace("#", numbers.format(count));
}

/** @type {(selector: string, root?: ParentNode | null) => any} */
export const one = (selector, root = document) => root?.querySelector(selector) ?? null;

/**
 * A new element.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children strings become text
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * A copy for this page of something from another one.
 * @template {Node} T
 * @param {T} node
 * @returns {T}
 */
export const take = (node) => document.importNode(node, true);

/**
 * One of the server's pages.
 * @param {string} url
 * @param {URLSearchParams} [fields] of a form that is sent
 * @returns {Promise<{status: number, page: Document | null, wait: number}>} page: null if it is none of the frame's; wait:
 *     seconds the server asks for; status: 0 if it was not reached
 */
export function load(url, fields) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(fields ? "POST" : "GET", url);
    request.responseType = "document";
    request.timeout = LONGEST_WAIT;
    request.onloadend = () => {
      const page = request.status && request.response;
      resolve({
        status: request.status,
        page: page && one("main.parley", page) ? page : null,
        wait: Number(request.status && request.getResponseHeader("Retry-After")) || 0,
      });
    };
    if (fields) request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    request.send(fields ? fields.toString() : null);
  });
}

/** @param {number} status */
export const isGood = (status) => status >= 200 && status < 300;

/** @param {string} id */
export const itemOf = (id) => document.getElementById("c-" + id);

/** A comment's own part of its place, without the answers. @param {Element | null} item */
export const articleIn = (item) => one(":scope > article", item);

/** The address of the whole thread, or with something asked for. @param {Record<string, string>} query */
export function address(query = {}) {
  const url = new URL(main.dataset.all, location.href);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.pathname + url.search;
}

export const sort = () => new URL(main.dataset.all, location.href).searchParams.get("sort") ?? "newest";

/** @type {((y: number) => void)[]} */
export const scrollers = [];

/** Brings something into view, also where the page that frames us has to do it. @param {Element} target */
export function reveal(target) {
  target.scrollIntoView({ block: "nearest" });
  const y = Math.max(0, Math.round(target.getBoundingClientRect().top + scrollY));
  scrollers.forEach((scroll) => scroll(y));
}

/** Moves focus to something that may not take it by itself. @param {HTMLElement} target */
export function focusOn(target) {
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  reveal(target);
}

/** The notice of another page, for this one. @param {Document | null} page */
export function noticeOf(page) {
  const notice = one("#notice", page);
  document.getElementById("notice")?.remove();
  return notice && take(notice);
}

/** A notice in the script's own words. */
export function notice(kind, title, text, ...more) {
  return element(
    "div",
    { class: "notice " + kind, role: "alert", tabindex: "-1" },
    element("p", { class: "notice-title" }, title),
    ...(text ? [element("p", {}, text)] : []),
    ...more,
  );
}

/** @param {number} count */
export function showCount(count) {
  main.dataset.count = String(count);
  const heading = one("[data-counts]");
  if (heading) heading.textContent = counted(texts.comments, count);
}
