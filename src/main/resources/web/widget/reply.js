/** The form for a comment: where it stands, what was typed, who the reader is, and what becomes of it. */
import { articleIn, counted, element, focusOn, isGood, itemOf, main, noticeOf, one, showCount, take, texts } from "./dom.js";
import { onSend, send } from "./forms.js";
import { attachOwn, ownIn } from "./own.js";
import * as store from "./store.js";
import { fetchComment, takeComment, takeThread } from "./thread.js";

const LONGEST = 10_000;
const NEAR = 9_500;

const section = () => one("section.reply");
const form = () => /** @type {HTMLFormElement | null} */ (one("section.reply form"));
const field = (name) => one(`[name="${name}"]`, form());
const tick = () => one("#remember input");

/**
 * Puts the form under the comment that is answered, or back in its own place.
 * @param {string | null} parent
 * @param {boolean} andFocus
 * @returns {string | null} where it stood
 */
export function placeForm(parent, andFocus = true) {
  if (!form()) return null;
  const before = field("parent")?.value ?? null;
  const item = parent && itemOf(parent);
  const name = one(":scope > article .author", item)?.textContent;
  const heading = one("#reply-heading");
  if (item && name !== undefined) {
    heading.replaceChildren(texts.replyTo + " ", element("bdi", {}, name));
    const input = field("parent") ?? form().appendChild(element("input", { type: "hidden", name: "parent" }));
    input.value = parent;
    if (!one(".reply-cancel")) {
      const link = element("a", { href: main.dataset.all, target: "_self", "data-cancel-reply": "" }, texts.cancelReply);
      heading.after(element("p", { class: "reply-cancel" }, link));
    }
    articleIn(item).after(section());
  } else {
    heading.textContent = texts.leaveReply;
    field("parent")?.remove();
    one(".reply-cancel")?.remove();
    one(".thread").before(section());
  }
  if (andFocus) {
    focusOn(field("comment"));
    keepDraft();
  }
  return before;
}

/** What a click on a link of the form, or on a comment's Reply, does here. */
export function replyDeed(link) {
  if (link.matches("[data-reply]") && form()) return () => placeForm(link.closest("li").id.slice(2));
  if (link.matches("[data-to-text]")) return () => focusOn(one(link.getAttribute("href")));
  if (link.matches("[data-cancel-reply]")) {
    return () => {
      const to = itemOf(placeForm(null, false));
      keepDraft();
      focusOn(one(":scope > article [data-reply]", to) ?? field("comment"));
    };
  }
  return undefined;
}

/** The draft that is kept when typing pauses. @type {any} */
let due;

/** What was sent without an answer stays that sending as long as its words do. @param {string} [ticket] */
function keepDraft(ticket) {
  clearTimeout(due);
  const before = store.draft();
  const typed = { parent: field("parent")?.value };
  for (const name of ["comment", "name", "website"]) typed[name] = field(name).value;
  typed.ticket = ticket ?? (before?.comment === typed.comment ? before?.ticket : undefined);
  store.keepDraft(typed.comment.trim() ? typed : null);
}

/** Fills in what is known: an unfinished comment first, then who the reader is. Typed words are never replaced. */
function fill() {
  const draft = store.draft() ?? {};
  const who = store.me() ?? {};
  for (const [name, value] of [
    ["comment", draft.comment],
    ["name", draft.name || who.name],
    ["website", draft.website || who.website],
    ["email", who.email],
    ["reader", who.reader],
  ]) {
    if (typeof value === "string" && !field(name).value) field(name).value = value;
  }
  // What was sent without an answer is the same sending when it is sent again.
  if (typeof draft.ticket === "string") field("ticket").value = draft.ticket;
  if (typeof draft.parent === "string" && !field("parent") && itemOf(draft.parent)) placeForm(draft.parent, false);
}

function enhance() {
  one("#remember").hidden = false;
  tick().checked = store.me() !== null;
  count();
}

/** Says how much room is left once it is little. */
function count() {
  const left = LONGEST - [...field("comment").value.trim()].length;
  let told = one(".counter");
  if (left > LONGEST - NEAR) {
    told?.remove();
    return;
  }
  if (!told) field("comment").after((told = element("p", { class: "counter hint", role: "status" })));
  told.classList.toggle("error", left < 0);
  told.textContent = counted(left < 0 ? texts.charactersOver : texts.charactersLeft, Math.abs(left));
}

/** Puts the form of an answer in place of ours, and back into it what the answer never repeats. */
function renew(page) {
  const next = one("section.reply", page);
  if (!next) return;
  const email = field("email").value;
  const reader = field("reader").value;
  const ticked = tick().checked;
  section().replaceWith(take(next));
  field("email").value = email;
  field("reader").value = reader;
  one("#email-hint")?.remove();
  enhance();
  tick().checked = ticked;
}

async function post(sent) {
  keepDraft(field("ticket").value);
  const answer = await send(sent);
  if (!answer) return;
  if (isGood(answer.status)) await published(answer.page);
  else refused(answer.page);
}

async function published(page) {
  const told = noticeOf(page);
  const own = told && ownIn(told);
  const parent = field("parent")?.value;
  if (tick().checked) {
    const who = { reader: told?.dataset.reader ?? "" };
    for (const name of ["name", "email", "website"]) who[name] = field(name).value;
    store.remember(who);
    field("reader").value = who.reader;
  }
  if (own) store.keepOwned(own, tick().checked);
  store.keepDraft(null);
  placeForm(null, false);
  renew(page);
  showCount(Number(one("main", page).dataset.count) || 0);
  const id = told?.dataset.comment;
  if (id && told.classList.contains("good")) {
    if (!one(".thread > .comments")) takeThread(page);
    else if (!takeComment(id, page)) await fetchComment(id);
  }
  const item = (id && itemOf(id)) || (parent && itemOf(parent));
  if (item && parent) articleIn(item).before(told);
  else one("#notices").replaceChildren(told);
  attachOwn();
  focusOn(told);
}

function refused(page) {
  const told = noticeOf(page);
  renew(page);
  keepDraft();
  if (told) one(".promise", section()).after(told);
  // Who is asked to say it differently goes on in the text, which the question describes.
  const wrong = one(".wrong textarea, .wrong input, textarea[aria-describedby~=notice]", section());
  if (wrong) focusOn(wrong);
  else if (told) focusOn(told);
}

export function startForm() {
  if (!form()) return;
  enhance();
  fill();
  count();
  onSend("post", post);
  document.addEventListener("input", (event) => {
    const typed = /** @type {Element} */ (event.target);
    if (typed === tick()) {
      if (!typed.checked) {
        store.forget();
        field("reader").value = "";
      }
      return;
    }
    if (typed.closest("section.reply")) {
      clearTimeout(due);
      due = setTimeout(() => keepDraft(), 200);
      if (typed.id === "comment") count();
    }
  });
  window.addEventListener("pagehide", () => form() && keepDraft());
}
