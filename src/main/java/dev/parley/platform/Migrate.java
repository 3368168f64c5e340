package dev.parley.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the schema up to this version of the program as {@code parley_owner}, and ends; for installations in which the
 * application itself does not know the owner's password ({@code parley.database.migrate-at-start=false}).
 *
 * <p>With {@code --await} it changes nothing: as {@code parley_app} it waits until somebody has. Exit codes: 0 when the
 * schema is as this version needs it, 1 if a migration failed or none came within {@link #PATIENCE}, 78 if a setting is
 * missing.
 */
public final class Migrate {

    private static final int FAILED = 1;
    private static final int CONFIGURATION_ERROR = 78;

    /** Readers wait as long as a migration does (R11); who can't get a lock in that time tries again later. */
    static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Held, since a logger nobody holds forgets its level. What Flyway has to say is in the exceptions too. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private Migrate() {}

    /** The command. */
    public static void main(String... arguments) throws InterruptedException {
        System.exit(run(ProductionSettings.read(), PATIENCE, arguments));
    }

    static int run(ProductionSettings settings, Duration patience, String... arguments) throws InterruptedException {
        boolean await = Arrays.equals(arguments, new String[] {"--await"});
        if (arguments.length > 0 && !await) {
            System.err.println("Migrate takes no argument but --await.");
            return CONFIGURATION_ERROR;
        }
        var faults = settings.databaseFaults(!await);
        if (!faults.isEmpty()) {
            System.err.println(ProductionSettings.message(faults, false));
            return CONFIGURATION_ERROR;
        }
        FLYWAY.setLevel(Level.WARNING);
        return await
                ? await(flyway(settings, "parley_app", ProductionSettings.APP_PASSWORD), patience)
                : migrate(settings);
    }

    private static int migrate(ProductionSettings settings) {
        var flyway = flyway(settings, "parley_owner", ProductionSettings.OWNER_PASSWORD);
        try {
            var result = flyway.migrate();
            System.out.println(
                    "%d migrations were applied; the schema is at %s."
                            .formatted(result.migrationsExecuted, version(flyway.info().current())));
            return 0;
        } catch (FlywayException e) {
            System.err.println("The schema was not migrated: " + e.getMessage());
            return FAILED;
        }
    }

    /** Newer migrations than ours are no fault: an older version may be started again beside a newer schema. */
    private static int await(Flyway flyway, Duration patience) throws InterruptedException {
        var until = Instant.now().plus(patience);
        String missing = "";
        while (true) {
            try {
                var pending = flyway.info().pending();
                if (pending.length == 0) {
                    System.out.println("The schema is at " + version(flyway.info().current()) + ".");
                    return 0;
                }
                missing = pending.length + " migrations are missing, the first is " + version(pending[0]);
            } catch (FlywayException e) {
                // No database yet, or no schema.
                missing = e.getMessage();
            }
            if (Instant.now().isAfter(until)) {
                System.err.println("The schema is not as this version needs it: " + missing);
                return FAILED;
            }
            Thread.sleep(PAUSE);
        }
    }

    /**
     * Sets what holds for every migration, here and at a start that migrates. Each waits for a lock no longer than
     * {@link #LOCK_PATIENCE}: a statement that waits for one stops all that come after it, those of the version that
     * still runs among them. And no transaction stays open meanwhile to keep others from migrating, since an index that
     * is made CONCURRENTLY would wait for that for ever; a lock of the session does as well.
     */
    public static FluentConfiguration prepare(FluentConfiguration configuration) {
        return configuration
                .initSql("set lock_timeout = '" + LOCK_PATIENCE.toMillis() + "ms'")
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }

    /** As Quarkus sets it up for a start that migrates. */
    private static Flyway flyway(ProductionSettings settings, String role, String password) {
        return prepare(
                        Flyway.configure()
                                .dataSource(
                                        settings.value(ProductionSettings.DATABASE_URL).orElseThrow(),
                                        role,
                                        settings.value(password).orElseThrow())
                                .locations("classpath:db/migration"))
                .load();
    }

    private static String version(MigrationInfo info) {
        return info == null ? "no version" : String.valueOf(info.getVersion());
    }
}
