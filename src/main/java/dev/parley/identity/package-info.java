/**
 * From an OIDC token or a site key to an {@link dev.parley.identity.Staff} member, or to the tenant of a site: roles,
 * who may enter what.
 */
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
