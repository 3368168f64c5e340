package dev.parley.platform;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Gives a start that migrates the same settings as {@link Migrate}. */
@Singleton
class MigrationSettings implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        Migrate.prepare(configuration);
    }
}
