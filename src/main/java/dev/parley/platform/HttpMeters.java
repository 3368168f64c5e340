package dev.parley.platform;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what callers send out of the web server's meters. A path is the template of an endpoint or {@code OTHER}: the
 * path itself may hold an id or a mailed token, and nobody could say how many there will be. The same goes for methods.
 */
@Singleton
class HttpMeters implements MeterFilter {

    private static final String REQUESTS = "http.server.";
    private static final String PATH = "uri";
    private static final String METHOD = "method";
    private static final String OTHER = "OTHER";

    /** What the server itself puts where there is no endpoint. */
    private static final Set<String> NO_ENDPOINT = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "root");

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

    private static final double[] BUCKETS =
            Arrays.stream(new long[] {5, 10, 25, 50, 100, 250, 500, 1_000, 5_000})
                    .mapToDouble(ms -> Duration.ofMillis(ms).toNanos())
                    .toArray();

    /** A name in a template may have a pattern: {@code {article: [a-z]+}}. */
    private static final Pattern NAMED = Pattern.compile("\\{\\s*([^:{}\\s]+)\\s*:(?:[^{}]|\\{[^{}]*})*}");

    private volatile @Nullable Set<String> templates;

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
            case PATH -> Tag.of(PATH, path(tag.getValue()));
            case METHOD -> METHODS.contains(tag.getValue()) ? tag : Tag.of(METHOD, OTHER);
            default -> tag;
        };
    }

    private String path(String value) {
        if (NO_ENDPOINT.contains(value)) {
            return value;
        }
        var plain = template(value);
        return templates().contains(plain) ? plain : OTHER;
    }

    private Set<String> templates() {
        var known = templates;
        if (known == null) {
            known =
                    Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                            .map(bean -> bean.getBeanClass())
                            .filter(type -> type.isAnnotationPresent(Path.class))
                            .flatMap(type ->
                                    Arrays.stream(type.getMethods())
                                            .map(method -> method.getAnnotation(Path.class))
                                            .map(path ->
                                                    template(
                                                            type.getAnnotation(Path.class).value()
                                                                    + (path == null ? "" : "/" + path.value()))))
                            .collect(Collectors.toUnmodifiableSet());
            templates = known;
        }
        return known;
    }

    /** With one slash in front and between, none behind, and no patterns. */
    private static String template(String path) {
        var plain = NAMED.matcher("/" + path).replaceAll("{$1}").replaceAll("/{2,}", "/");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
