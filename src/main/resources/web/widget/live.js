/** What others do meanwhile: new comments are announced, never pushed under the reader's eyes. */
import { address, articleIn, counted, element, focusOn, itemOf, load, main, one, showCount, sort, texts } from "./dom.js";
import { bury, fetchComment, takeComment, takeThread } from "./thread.js";
import { attachOwn } from "./own.js";
import * as store from "./store.js";

const FIRST_WAIT = 15_000;
const LONGEST_WAIT = 300_000;
const MANY = 8;

/** New comments that are not shown yet: what each answers. @type {Map<string, string | undefined>} */
const fresh = new Map();
const region = element("div", { class: "live", role: "status" });
/** @type {EventSource | null} */
let source = null;
let wait = FIRST_WAIT;
let missed = false;
/** @type {any} */
let due;

/** A moment later: one's own comment is often told of before its answer is here. */
function announce() {
  due ||= setTimeout(announceNow, 700);
}

function announceNow() {
  due = clearTimeout(due);
  for (const [id] of fresh) if (itemOf(id)) fresh.delete(id);
  if (!fresh.size) {
    region.replaceChildren();
    return;
  }
  const button = element("button", { type: "button", class: "quiet" }, counted(texts.newComments, fresh.size), " — ", texts.show);
  button.addEventListener("click", show);
  region.replaceChildren(button);
}

async function show() {
  const ids = [...fresh.keys()];
  fresh.clear();
  announceNow();
  if (ids.length > MANY || !one(".thread > .comments")) {
    const { page } = await load(address());
    if (page) takeThread(page);
  } else {
    for (const id of ids) await fetchComment(id);
  }
  attachOwn();
  ids.forEach((id) => articleIn(itemOf(id))?.classList.add("fresh"));
  const first = ids.map(itemOf).find((item) => item);
  focusOn(first ? articleIn(first) : one("#thread-heading"));
}

const isMine = (id) => store.owned().some((own) => own.id === id) || one(`#notice[data-comment="${id}"]`) !== null;

function published(id, parent) {
  const here = articleIn(itemOf(id));
  if (here?.classList.contains("gone")) changed(id);
  else if (!here && !isMine(id) && (!parent || itemOf(parent))) fresh.set(id, parent);
}

async function changed(id) {
  const article = articleIn(itemOf(id));
  if (!article || article.hidden || article.contains(document.activeElement)) return;
  const { page } = await load(address({ comment: id }));
  takeComment(id, page);
  attachOwn();
}

function removed(id) {
  fresh.delete(id);
  if (itemOf(id) && !isMine(id)) bury(id);
}

function hear(event) {
  const { kind, comment, parent, count } = JSON.parse(event.data);
  if (Number.isSafeInteger(count) && count >= 0) showCount(count);
  if (kind === "published") published(comment, parent);
  else if (kind === "changed") changed(comment);
  else if (kind === "removed") removed(comment);
  announce();
}

/**
 * Buries what is shown here and is not there any more, as far as that page reaches.
 * @param {Element[]} theirs a list of the other page
 * @param {Element[]} ours the same list of this one
 * @param {boolean} isWhole whether the other page has all of that list
 * @param {boolean} newestFirst ids of comments grow with time
 */
function compare(theirs, ours, isWhole, newestFirst) {
  const ids = theirs.map((item) => item.id);
  const edge = ids.at(-1);
  for (const item of ours) {
    const reached = isWhole || (edge !== undefined && (newestFirst ? item.id > edge : item.id < edge));
    if (reached && !ids.includes(item.id)) removed(item.id.slice(2));
  }
}

const listed = (list) => (list ? [...list.children].filter((item) => item.id) : []);

/** Finds out what happened while nobody told. */
async function catchUp() {
  const { page } = await load(address());
  if (!page) return;
  showCount(Number(one("main", page).dataset.count) || 0);
  for (const item of page.querySelectorAll(".thread li[id]")) published(item.id.slice(2), item.dataset.parent);
  for (const gone of page.querySelectorAll(".thread .gone")) bury(gone.closest("li").id.slice(2));
  if (sort() !== "top" && !one(".thread > .back")) {
    const roots = ".thread > .comments";
    compare(listed(one(roots, page)), listed(one(roots)), !one(".thread > .more", page), sort() === "newest");
  }
  for (const theirs of page.querySelectorAll(".thread li[id]")) {
    const [there, here] = [theirs, itemOf(theirs.id.slice(2))].map((item) => one(":scope > .replies", item));
    compare(listed(there), listed(here), !one(":scope > .more-replies", there), false);
  }
  announce();
}

function listen() {
  if (source || document.hidden) return;
  source = new EventSource(main.dataset.events);
  source.addEventListener("open", () => {
    wait = FIRST_WAIT;
    if (missed) catchUp();
    missed = false;
  });
  source.addEventListener("thread", hear);
  source.addEventListener("resync", catchUp);
  source.addEventListener("error", () => {
    missed = true;
    if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
    stop();
    setTimeout(listen, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  });
}

function stop() {
  source?.close();
  source = null;
  missed = true;
}

export function startLive() {
  if (!window.EventSource) return;
  one(".thread").before(region);
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", listen);
  listen();
}
