/**
 * From an OIDC token or a site key to an {@link dev.parley.identity.Actor}: members, roles, who may enter which tenant.
 */
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
