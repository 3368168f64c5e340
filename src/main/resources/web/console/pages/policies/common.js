// What the pages about policies share: who did something, what a scope is called, where it is edited.

import { search, within } from '../../lib/api.js';

/** Names of members by id; whoever has left is called so. */
export async function people(tenant, signal) {
  const { items } = await within(tenant).get('/members', {}, signal);
  const names = new Map(items.map((m) => [m.id, m.name]));
  return (id) => names.get(id) ?? 'a former member';
}

/** What a policy is for, in words. */
export function placeName({ scope, ref }, sites = [], articles = []) {
  switch (scope) {
    case 'TENANT': return 'Everything';
    case 'SITE': return sites.find((s) => s.id === ref)?.name ?? 'A site that is gone';
    case 'CATEGORY': return `Category ${ref}`;
    case 'ARTICLE': {
      const article = articles.find((a) => a?.id === ref);
      return article ? `Article “${article.title ?? article.key}”` : 'An article';
    }
    default: return scope;
  }
}

/** The same within a sentence: `Policy for everything`. */
export const policyFor = (place, name) => `Policy for ${place.scope === 'SITE' ? name : name[0].toLowerCase() + name.slice(1)}`;

export const placeOf = (query) => ({ scope: query.scope ?? 'TENANT', ref: query.ref ?? '' });

/** `/console/gazette/policies/edit?scope=SITE&ref=…` */
export const pathOf = (tenant, page, { scope, ref }, more = {}) => `/console/${tenant}/policies${page}${search({ scope, ref, ...more })}`;
