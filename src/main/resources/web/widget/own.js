/** One's own comments, while they may be changed: edit and take back. */
import { articleIn, focusOn, isGood, itemOf, noticeOf, one, take, texts, element } from "./dom.js";
import { onSend, send } from "./forms.js";
import * as store from "./store.js";
import { bury, takeComment } from "./thread.js";

const LONGEST_TIMER = 2 ** 31 - 1;
let ending = 0;

/** What a notice says that may be done. @param {HTMLElement} notice */
export function ownIn(notice) {
  const { comment, token, until } = notice.dataset;
  return comment && token && until ? { id: comment, token, until } : null;
}

function controls(own) {
  const made = take(/** @type {HTMLTemplateElement} */ (document.getElementById("own")).content);
  one(".own", made).dataset.comment = own.id;
  one(".own", made).dataset.until = own.until;
  for (const input of made.querySelectorAll("[name=id]")) input.value = own.id;
  for (const input of made.querySelectorAll("[name=token]")) input.value = own.token;
  return made;
}

/** Gives every comment of one's own its controls, once, and takes them away when the time is over. */
export function attachOwn() {
  for (const own of store.owned()) {
    const article = articleIn(itemOf(own.id));
    const present = [...document.querySelectorAll(`.own[data-comment="${own.id}"]`)];
    if (article && !article.classList.contains("gone")) {
      present.filter((elsewhere) => !article.contains(elsewhere)).forEach((elsewhere) => elsewhere.remove());
      if (!one(":scope > .own", article)) article.append(controls(own));
      article.classList.add("mine");
      if (!one(".yours", article)) one(".by", article)?.append(" ", element("span", { class: "yours" }, texts.yourComment));
    } else if (!article && !present.length) {
      const told = element("div", { class: "notice waiting" }, element("p", {}, texts.stillYours), controls(own));
      one("#notices").append(told);
    }
  }
  clearTimeout(ending);
  const ends = [...document.querySelectorAll(".own[data-until]")].map((own) => Date.parse(own.dataset.until));
  if (ends.length) ending = setTimeout(endOwn, Math.min(Math.max(Math.min(...ends) - Date.now(), 0) + 50, LONGEST_TIMER));
}

function endOwn() {
  for (const own of document.querySelectorAll(".own[data-until]")) {
    if (!(Date.parse(own.dataset.until) > Date.now())) own.remove();
  }
  attachOwn();
}

/** Where something about a comment is said: at its place, or above everything. */
function say(id, told) {
  const article = articleIn(itemOf(id));
  if (!told) return;
  if (article) article.before(told);
  else one("#notices").replaceChildren(told);
  focusOn(told);
}

function closeEdit(id) {
  one(`section.edit[data-comment="${id}"]`)?.remove();
  const article = articleIn(itemOf(id));
  if (article) article.hidden = false;
}

/** The form to change a comment, at its place. @param {HTMLElement | null} [told] what is said of it */
function openEdit(id, page, told) {
  const section = one("section.edit", page);
  if (!section) return false;
  closeEdit(id);
  const article = articleIn(itemOf(id));
  if (article) {
    article.hidden = true;
    article.after(take(section));
  } else {
    one("#notices").append(take(section));
  }
  if (told) one("#edit-heading").after(told);
  const typed = one("#edit-comment");
  focusOn(typed);
  typed.setSelectionRange(typed.value.length, typed.value.length);
  return true;
}

const idOf = (form) => one("[name=id]", form).value;

async function edit(form) {
  const id = idOf(form);
  const answer = await send(form);
  if (answer && !openEdit(id, answer.page)) {
    store.dropOwned(id);
    form.closest(".own")?.remove();
    say(id, noticeOf(answer.page));
  }
}

async function save(form) {
  const id = idOf(form);
  const answer = await send(form);
  if (!answer) return;
  if (isGood(answer.status)) {
    closeEdit(id);
    if (!takeComment(id, answer.page)) bury(id);
    say(id, noticeOf(answer.page));
    attachOwn();
  } else {
    const told = noticeOf(answer.page);
    if (openEdit(id, answer.page, told)) return;
    closeEdit(id);
    say(id, told);
  }
}

async function withdraw(form) {
  const id = idOf(form);
  const answer = await send(form);
  if (!answer) return;
  if (isGood(answer.status)) bury(id);
  store.dropOwned(id);
  form.closest(".own")?.remove();
  say(id, noticeOf(answer.page));
}

/** What a click on a form's Cancel does here. */
export function ownDeed(link) {
  const section = link.matches("[data-cancel]") && link.closest("section.edit");
  return section
    ? () => {
        const id = section.dataset.comment;
        closeEdit(id);
        const again = one(`.own[data-comment="${id}"] button`);
        if (again) focusOn(again);
      }
    : undefined;
}

export function startOwn() {
  const told = one("#notice");
  const own = told && ownIn(told);
  if (own) store.keepOwned(own, store.me() !== null);
  onSend("edit", edit);
  onSend("save", save);
  onSend("withdraw", withdraw);
  attachOwn();
}
