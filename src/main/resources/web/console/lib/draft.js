// What an admin has changed of a policy and not saved yet, kept by the tab until it is saved or dropped. It holds
// settings, words and rules; never anything that a reader wrote.

const key = (tenant, { scope, ref }) => `parley-draft ${tenant} ${scope} ${ref}`;

/** `{document, basedOn, tried?}`, or null. `tried` is the id of the trial of exactly this document. */
export function draftOf(tenant, place) {
  try {
    return JSON.parse(sessionStorage.getItem(key(tenant, place)));
  } catch {
    return null;
  }
}

export function keepDraft(tenant, place, draft) {
  try {
    sessionStorage.setItem(key(tenant, place), JSON.stringify(draft));
  } catch {
    // Then it lasts until the page is left.
  }
}

export function dropDraft(tenant, place) {
  try {
    sessionStorage.removeItem(key(tenant, place));
  } catch {
    // Nothing was kept.
  }
}
