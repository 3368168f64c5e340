/**
 * How somebody comes to work for a tenant: an admin names an address, a link is mailed to it, and whoever holds the
 * link and signs in is a member. In: an address, a mailed token, a signed-in subject. Out: a member, and where it is
 * configured a sign-in account for them.
 */
@NullMarked
package dev.parley.invitation;

import org.jspecify.annotations.NullMarked;
