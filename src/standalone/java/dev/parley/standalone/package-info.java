/**
 * A run with no configuration: own PostgreSQL, own Keycloak, two demonstration tenants and a newspaper. Not part of a
 * production build.
 */
@NullMarked
package dev.parley.standalone;

import org.jspecify.annotations.NullMarked;
