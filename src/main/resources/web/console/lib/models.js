// Which models are known to be less sure. That changes with a release only, so it is asked for once.

import { within } from './api.js';

const asked = new Map();

/** `language/attribute` of the models with low confidence, as a set. */
export function lessSure(tenant) {
  if (!asked.has(tenant)) {
    const answer = within(tenant)
      .get('/models')
      .then((page) => new Set(page.items.filter((model) => model.confidence?.toLowerCase() === 'low').map((model) => `${model.language}/${model.attribute}`)));
    answer.catch(() => asked.delete(tenant));
    asked.set(tenant, answer);
  }
  return asked.get(tenant);
}
