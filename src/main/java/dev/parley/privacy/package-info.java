/**
 * The promise "Your email address will not be published": the address type that nothing prints, sealed storage, keyed
 * look-up, keys per tenant, masking of what readers type into texts, retention and erasure.
 */
@NullMarked
package dev.parley.privacy;

import org.jspecify.annotations.NullMarked;
