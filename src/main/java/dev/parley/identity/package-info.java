/**
 * From an OIDC token, an API key or a site key to a {@link dev.parley.identity.Staff} member, an {@link
 * dev.parley.identity.ApiClient}, or the tenant of a site: roles, who may enter what, and how much.
 */
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
