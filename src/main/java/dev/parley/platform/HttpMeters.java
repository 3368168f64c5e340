package dev.parley.platform;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what callers send out of the web server's meters: nobody could say how many paths and methods there will be.
 */
@Singleton
class HttpMeters implements MeterFilter {

    private static final String REQUESTS = "http.server.";
    private static final String PATH = "uri";
    private static final String METHOD = "method";

    /** What the server itself puts where there is no endpoint. */
    private static final Set<String> NO_ENDPOINT = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "root");

    private static final double[] BUCKETS =
            Arrays.stream(new long[] {5, 10, 25, 50, 100, 250, 500, 1_000, 5_000})
                    .mapToDouble(ms -> Duration.ofMillis(ms).toNanos())
                    .toArray();

    private final HttpNames names;

    HttpMeters(HttpNames names) {
        this.names = names;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(REQUESTS)) {
            return id;
        }
        return id.replaceTags(id.getTags().stream().map(this::kept).toList());
    }

    @Override
    public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals("http.server.requests")
                ? DistributionStatisticConfig.builder().serviceLevelObjectives(BUCKETS).build().merge(config)
                : config;
    }

    private Tag kept(Tag tag) {
        return switch (tag.getKey()) {
            case PATH -> NO_ENDPOINT.contains(tag.getValue()) ? tag : Tag.of(PATH, names.path(tag.getValue()));
            case METHOD -> Tag.of(METHOD, HttpNames.method(tag.getValue()));
            default -> tag;
        };
    }
}
