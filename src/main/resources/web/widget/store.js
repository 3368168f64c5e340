/**
 * What this browser keeps for the frame. Storage can be blocked, full, or full of nonsense: everything works without.
 * Drafts and the right to change a comment live as long as the tab; who somebody is, only if they asked for it.
 */
import { main } from "./dom.js";

const ME = "parley:me";
const OWN = "parley:own";
const DRAFT = "parley:draft:" + main?.dataset.path;

/** @param {"localStorage" | "sessionStorage"} kind */
function read(kind, key) {
  try {
    const value = JSON.parse(window[kind].getItem(key));
    return value && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** @param {"localStorage" | "sessionStorage"} kind */
function write(kind, key, value) {
  try {
    if (value === null) window[kind].removeItem(key);
    else window[kind].setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is kept then.
  }
}

/** Who the reader is, if they wanted to be remembered: name, email, website, reader. */
export const me = () => read("localStorage", ME);
export const remember = (who) => write("localStorage", ME, who);

/** Forgets who they are, and what they may change after this tab is closed. */
export function forget() {
  write("localStorage", ME, null);
  write("localStorage", OWN, null);
}

/** What was typed so far. Never holds an email address. */
export const draft = () => read("sessionStorage", DRAFT);
export const keepDraft = (typed) => write("sessionStorage", DRAFT, typed);

const valid = (own) =>
  own && typeof own.id === "string" && typeof own.token === "string" && Date.parse(own.until) > Date.now();

/** The comments of this article that may still be changed: id, token, until. */
export function owned() {
  const all = new Map();
  for (const kind of ["localStorage", "sessionStorage"]) {
    for (const own of Object.values(read(kind, OWN) ?? {})) {
      if (valid(own) && own.path === main.dataset.path) all.set(own.id, own);
    }
  }
  return [...all.values()];
}

/** @param {{id: string, token: string, until: string}} own @param {boolean} longer than this tab is open */
export function keepOwned(own, longer) {
  for (const kind of longer ? ["localStorage", "sessionStorage"] : ["sessionStorage"]) {
    const kept = Object.values(read(kind, OWN) ?? {}).filter(valid);
    write(kind, OWN, [...kept, { ...own, path: main.dataset.path }].slice(-50));
  }
}

/** @param {string} id */
export function dropOwned(id) {
  for (const kind of ["localStorage", "sessionStorage"]) {
    const kept = Object.values(read(kind, OWN) ?? {}).filter((own) => valid(own) && own.id !== id);
    write(kind, OWN, kept.length ? kept : null);
  }
}
