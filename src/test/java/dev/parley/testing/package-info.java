/** What tests share: a real PostgreSQL, a real Keycloak, tokens. */
package dev.parley.testing;
