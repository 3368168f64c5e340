package dev.parley.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;

/**
 * Ready once every migration that this release knows was applied, be it by a replica or by a job of its own. It is
 * looked for until then and never again: migrations are not taken back.
 */
@Readiness
@ApplicationScoped
class SchemaHealth implements HealthCheck {

    private final Flyway flyway;
    private volatile boolean current;

    /** A start that migrates has done so before anybody can ask, or has failed. */
    SchemaHealth(Flyway flyway, @ConfigProperty(name = "quarkus.flyway.migrate-at-start") boolean migrated) {
        this.flyway = flyway;
        current = migrated;
    }

    @Override
    public HealthCheckResponse call() {
        if (!current) {
            current = flyway.info().pending().length == 0;
        }
        return HealthCheckResponse.named("Migrations").status(current).build();
    }
}
