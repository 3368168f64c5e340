// Articles by their ids, for pages that have no more of them than that.

import { within } from './api.js';

/**
 * An article by its id, as the list of its site has it; null if there is none, or if it is of a site that one may not
 * see.
 */
export async function articleOf(tenant, id, signal) {
  try {
    return await within(tenant).get(`/articles/${encodeURIComponent(id)}`, {}, signal);
  } catch (e) {
    if (e.status === 404) return null;
    throw e;
  }
}
