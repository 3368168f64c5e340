/** Reporting a comment at its place. */
import { articleIn, focusOn, isGood, itemOf, load, noticeOf, one, take, texts, notice } from "./dom.js";
import { onSend, send } from "./forms.js";

const sections = () => document.querySelectorAll("section.flag");

function open(id, page) {
  const theirs = one("section.flag", page);
  const told = noticeOf(page) ?? (theirs ? null : notice("bad", texts.unloaded, ""));
  sections().forEach((section) => section.remove());
  const article = articleIn(itemOf(id));
  if (!theirs) {
    article.after(told);
    focusOn(told);
    return;
  }
  article.after(take(theirs));
  if (told) one("#flag-heading").after(told);
  focusOn(one("section.flag .wrong input, section.flag input:checked, section.flag input"));
}

/** What a click on a comment's Report, or on the form's Cancel, does here. */
export function flagDeed(link) {
  if (link.matches("[data-flag]")) {
    const id = link.closest("li").id.slice(2);
    return async () => {
      const { page } = await load(link.getAttribute("href"));
      open(id, page);
    };
  }
  const section = link.matches("[data-cancel]") && link.closest("section.flag");
  return section
    ? () => {
        section.remove();
        const again = one(":scope > article [data-flag]", itemOf(section.dataset.comment));
        if (again) focusOn(again);
      }
    : undefined;
}

export function startFlag() {
  onSend("flag", async (form) => {
    const id = one("[name=id]", form).value;
    const answer = await send(form);
    if (!answer) return;
    if (!itemOf(id) || !isGood(answer.status)) {
      open(id, answer.page);
      return;
    }
    const told = noticeOf(answer.page);
    form.closest("section").replaceWith(told);
    focusOn(told);
  });
}
