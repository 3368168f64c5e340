package dev.parley;

import dev.parley.platform.Bootstrap;
import dev.parley.platform.ProductionSettings;
import dev.parley.scoring.Scorers;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Starts Parley: with what is configured, or, when nothing is and this build can, with a database and a sign-in of its
 * own. A configuration that is begun and not complete stops here, before any part fails on its own and in its own
 * words.
 */
@QuarkusMain
public final class Parley {

    /** EX_CONFIG of sysexits.h. */
    private static final int CONFIGURATION_ERROR = 78;

    private static @Nullable Bootstrap standalone;

    private Parley() {}

    public static void main(String... arguments) {
        var settings = ProductionSettings.read();
        var bootstrap = ServiceLoader.load(Bootstrap.class).findFirst();
        if (bootstrap.isPresent() && (settings.isEmpty() || bootstrap.get().isRunning())) {
            try {
                bootstrap.get().start();
            } catch (IllegalStateException e) {
                refuse("Parley cannot start: " + e.getMessage());
            }
            standalone = bootstrap.get();
        } else {
            refuseIncomplete(settings, bootstrap);
        }
        settings.traces().forEach(System::setProperty);
        Scorers.readAhead();
        Quarkus.run(Application.class, arguments);
    }

    private static void refuseIncomplete(ProductionSettings settings, Optional<Bootstrap> bootstrap) {
        List<String> faults = settings.faults();
        if (!faults.isEmpty()) {
            refuse(ProductionSettings.message(faults, bootstrap.isPresent()));
        }
        settings.derived().forEach(System::setProperty);
    }

    private static void refuse(String message) {
        System.err.println(message);
        System.exit(CONFIGURATION_ERROR);
    }

    /** Waits until the program is asked to end. */
    public static final class Application implements QuarkusApplication {
        @Override
        public int run(String... arguments) {
            if (standalone != null) {
                standalone.ready();
            }
            Quarkus.waitForExit();
            return 0;
        }
    }
}
