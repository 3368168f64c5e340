package dev.parley.platform;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;

/** Lets tests of deployment files ask what the program would say of an environment. */
public final class Deployed {

    private Deployed() {}

    /** Faults for which the application would not start. */
    public static List<String> faults(Map<String, String> environment) {
        return settings(environment).faults();
    }

    /** Faults for which {@link Migrate} would not. */
    public static List<String> migrationFaults(Map<String, String> environment, boolean asOwner) {
        return settings(environment).databaseFaults(asOwner);
    }

    private static ProductionSettings settings(Map<String, String> environment) {
        return new ProductionSettings(
                new SmallRyeConfigBuilder().withSources(new EnvConfigSource(environment, 300)).build());
    }
}
