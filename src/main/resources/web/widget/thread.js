/** Reading: more pages, other orders, one comment in its place. */
import { address, articleIn, element, focusOn, isGood, itemOf, load, main, notice, noticeOf, one, reveal, showCount, sort, take, texts } from "./dom.js";
import { placeForm } from "./reply.js";
import { attachOwn } from "./own.js";

/** @param {Document} page @returns {number} */
const countIn = (page) => Number(one("main", page).dataset.count) || 0;

/** Puts the thread of another page in place of this one's. @param {Document} page */
export function takeThread(page) {
  const parent = placeForm(null, false);
  one(".thread").replaceWith(take(one(".thread", page)));
  placeForm(parent, false);
  showCount(countIn(page));
  attachOwn();
}

/**
 * Puts one comment of another page in its place here, with its answers, or anew if it is here.
 * @param {string} id
 * @param {Document | null} page
 * @returns {HTMLElement | null} null if it has no place here
 */
export function takeComment(id, page) {
  const theirs = page && page.getElementById("c-" + id);
  if (!theirs) return null;
  const here = itemOf(id);
  if (here) {
    articleIn(here).replaceWith(take(articleIn(theirs)));
  } else if (theirs.dataset.parent) {
    takeReply(theirs, itemOf(theirs.dataset.parent));
  } else {
    const list = one(".thread > .comments");
    if (list && sort() === "oldest" && !one(".thread > .more")) list.append(take(theirs));
    else list?.prepend(take(theirs));
  }
  return itemOf(id);
}

function takeReply(theirs, parent) {
  if (!parent) return;
  let list = one(":scope > .replies", parent);
  if (!list) parent.append((list = element("ol", { class: "replies" })));
  const more = one(":scope > .more-replies", list);
  if (more) more.before(take(theirs));
  else list.append(take(theirs));
}

/** Fetches one comment and puts it in its place. @param {string} id */
export async function fetchComment(id) {
  if (!one(".thread > .comments")) {
    const { page } = await load(address());
    if (page) takeThread(page);
    return itemOf(id);
  }
  const { page } = await load(address({ comment: id }));
  return takeComment(id, page);
}

/** Leaves the place of a comment that is gone. @param {string} id */
export function bury(id) {
  const article = articleIn(itemOf(id));
  const gone = /** @type {HTMLTemplateElement} */ (document.getElementById("gone"));
  if (article && !article.classList.contains("gone")) article.replaceWith(take(gone.content));
}

/** Marks a comment and shows it. @param {Element} item */
export function pointTo(item) {
  document.querySelectorAll(".sought").forEach((other) => other.classList.remove("sought"));
  const article = articleIn(item);
  article.classList.add("sought");
  focusOn(article);
}

async function follow(link, use) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  const { status, page } = await load(link.getAttribute("href"));
  link.ariaBusy = "false";
  if (page && isGood(status)) {
    use(page);
    return;
  }
  noticeOf(null);
  const told = notice("bad", texts.unloaded, "");
  told.id = "notice";
  link.parentElement.after(told);
  reveal(told);
}

function appendPage(page, list, before) {
  const items = [...one(".thread > .comments", page).children].filter((item) => !document.getElementById(item.id)).map(take);
  if (before) before.before(...items);
  else list.append(...items);
  attachOwn();
  const first = articleIn(items[0] ?? null);
  if (first) focusOn(first);
}

function more(link) {
  return follow(link, (page) => {
    const next = one(".thread > .more", page);
    appendPage(page, one(".thread > .comments"), null);
    if (next) link.parentElement.replaceWith(take(next));
    else link.parentElement.remove();
  });
}

function moreReplies(link) {
  return follow(link, (page) => {
    const next = one(".thread > .more a", page);
    appendPage(page, null, link.parentElement);
    if (next) link.setAttribute("href", next.getAttribute("href"));
    else link.parentElement.remove();
  });
}

function whole(link) {
  return follow(link, (page) => {
    main.dataset.all = one("main", page).dataset.all;
    noticeOf(null);
    takeThread(page);
    focusOn(one("#thread-heading"));
    try {
      history.replaceState(null, "", address());
    } catch {
      // The address only matters for a reload.
    }
  });
}

/** What a click on a link of the thread does here; undefined if it leads elsewhere. */
export function threadDeed(link) {
  if (link.matches(".more > a")) return () => more(link);
  if (link.matches(".more-replies > a")) return () => moreReplies(link);
  if (link.matches(".sorts a, .back > a")) return () => whole(link);
  if (link.matches("[data-permalink]")) return () => pointTo(link.closest("li"));
  if (link.matches("[data-to-yours]")) {
    const id = link.closest("[data-comment]")?.dataset.comment;
    return async () => {
      const item = itemOf(id) ?? (await fetchComment(id));
      if (item) pointTo(item);
      else location.assign(link.href);
    };
  }
  return undefined;
}
