package dev.parley.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an endpoint under {@code /tenants/{tenant}} as open to programs with an API key of the tenant, and to its
 * members of at least this role. The gate enters the tenant before the method runs.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ForPrograms {
    Role value();
}
