/**
 * Tenants, their sites and settings, and the two walls between them: Hibernate's discriminator and PostgreSQL's
 * row-level security, both driven by {@link dev.parley.tenant.TenantContext}.
 */
@NullMarked
package dev.parley.tenant;

import org.jspecify.annotations.NullMarked;
