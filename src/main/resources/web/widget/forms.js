/** Sending forms without leaving the page. */
import { element, focusOn, load, notice, one, texts } from "./dom.js";

const busy = new WeakSet();
const waiting = new Set();
/** By which button a form was sent. @type {WeakMap<HTMLFormElement, HTMLButtonElement | null>} */
const pressed = new WeakMap();
const PATIENCE = 600;

/** @type {Record<string, (form: HTMLFormElement) => Promise<void>>} */
const deeds = {};

/**
 * Says what sending a kind of form does here.
 * @param {string} kind its data-does
 * @param {(form: HTMLFormElement) => Promise<void>} deed
 */
export function onSend(kind, deed) {
  deeds[kind] = deed;
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const deed = deeds[form.dataset.does ?? ""];
  if (!deed) return;
  event.preventDefault();
  if (busy.has(form)) return;
  busy.add(form);
  pressed.set(form, /** @type {any} */ (event.submitter));
  waiting.delete(form);
  deed(form)
    .catch((error) => {
      console.warn(error);
      form.submit(); // as without a script; the ticket sees to it that nothing is done twice
    })
    .finally(() => busy.delete(form));
});

window.addEventListener("online", () => [...waiting].forEach(again));

function again(form) {
  if (form.isConnected && waiting.delete(form)) form.requestSubmit(pressed.get(form));
}

/**
 * Sends a form. Where the server could not be reached or could not work, says so at the form, keeps all of it, and
 * tries once more when there is reason to.
 * @param {HTMLFormElement} form
 * @returns {Promise<{status: number, page: Document} | null>} null if it was not sent
 */
export async function send(form) {
  const button = pressed.get(form) ?? /** @type {HTMLButtonElement} */ (one("button[type=submit]", form));
  const label = button.textContent;
  one(".unsent", form)?.remove();
  button.textContent = texts.sending;
  button.setAttribute("aria-disabled", "true");
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  if (button.name) fields.set(button.name, button.value);
  const { status, page, wait } = await load(form.getAttribute("action") ?? "", fields);
  button.textContent = label;
  button.removeAttribute("aria-disabled");
  if (page && status !== 429 && status < 500) return { status, page };
  const retry = element("button", { type: "button", class: "quiet" }, texts.tryAgain);
  retry.addEventListener("click", () => form.requestSubmit(button));
  const told = notice("waiting", texts.unsent, texts.unsentText, element("p", {}, retry));
  told.classList.add("unsent");
  (one(".buttons", form) ?? button).before(told);
  focusOn(told);
  waiting.add(form);
  if (wait) setTimeout(() => again(form), Math.min(wait, PATIENCE) * 1000);
  return null;
}
