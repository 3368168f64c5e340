// What the forms of settings share.

import { html, nothing } from 'lit';
import { language } from '../lib/words.js';

/** What a problem says of a field, of a member of it (`metadata.url`) or of a line of it (`origins[2]`). */
export function faultOf(problem, name) {
  const mine = (field) => field === name || field.endsWith(`.${name}`) || field.startsWith(`${name}[`) || field.includes(`.${name}[`);
  return (problem?.errors ?? []).filter((e) => mine(e.field)).map((e) => e.detail).filter((detail, i, all) => all.indexOf(detail) === i).join(', ');
}

/** What is wrong beside no field in particular; `fields` are those that tell it themselves. */
export const rest = (problem, ...fields) =>
  problem && !fields.some((name) => faultOf(problem, name)) ? html`<p class="fault" role="alert">${problem.message}</p>` : nothing;

/** Whether a changed filter is to be followed at once. A year that is being typed is one of the first thousand until its last digit. */
export const isChosen = ({ target }) => target.matches('select') || (target.matches('[type=date]') && (target.value === '' || Number.parseInt(target.value, 10) >= 1000));

/** Lines of a text area, without empty ones. */
export const lines = (text) => String(text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'ru', 'uk', 'ar', 'tr', 'sv', 'da', 'no', 'fi', 'cs', 'el', 'hu', 'ro'];

export const languageOptions = (chosen) =>
  [...new Set([...(chosen ? [chosen] : []), ...LANGUAGES])].map((code) => html`<option value=${code} ?selected=${code === chosen}>${language(code)}</option>`);

/** What the API takes for an origin. */
export const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:[0-9]{1,5})?$/;

/** `https://news.example` of whatever address of it was pasted; what is no address comes back as it was typed. */
export function originOf(typed) {
  try {
    const { origin } = new URL(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
    return ORIGIN.test(origin) ? origin : typed;
  } catch {
    return typed;
  }
}

/** Boxes to tick, of which none means all. `items` are `{id, name}`. */
export const siteTicks = (name, items, chosen = []) => html`
  <fieldset class="ticks"><legend>Sites</legend>
    <p class="hint">None ticked: all of them, also those to come.</p>
    ${items.map((s) => html`<label><input type="checkbox" name=${name} value=${s.id} ?checked=${chosen.includes(s.id)}> ${s.name}</label>`)}
  </fieldset>`;
