package dev.parley.tenant;

import dev.parley.platform.Repeats;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The label that a meter may bear for a tenant: its slug for those that were served first, up to a number that is set,
 * and {@link #OTHER} for the rest, so that no number of tenants makes the metrics too many. The label of a tenant that
 * is served no more goes with its meters within seconds.
 */
@ApplicationScoped
public class TenantLabels {

    /** Name of the label. */
    public static final String TENANT = "tenant";

    /** All tenants without a label of their own. No slug begins like this. */
    public static final String OTHER = "_other";

    private final Tenants tenants;
    private final TenantConfig config;
    private final MeterRegistry registry;
    private volatile Set<String> own = Set.of();

    TenantLabels(Tenants tenants, TenantConfig config, MeterRegistry registry) {
        this.tenants = tenants;
        this.config = config;
        this.registry = registry;
    }

    /** Takes nothing but the tenant's slug; never null. */
    public String of(String tenant) {
        return own.contains(tenant) ? tenant : OTHER;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        refresh();
        repeats.every(Duration.ofSeconds(15), Duration.ofSeconds(15), this::refresh);
    }

    /** Looks which tenants are served now, and removes the meters of those that are not. */
    public void refresh() {
        own = tenants.activeIds().stream().limit(config.inMetrics()).collect(Collectors.toUnmodifiableSet());
        // Not only those that went just now: one may have been counted meanwhile under the label that it had.
        registry.getMeters().stream().filter(meter -> isGone(meter.getId().getTag(TENANT))).forEach(registry::remove);
    }

    private boolean isGone(@Nullable String label) {
        return label != null && !label.equals(OTHER) && !own.contains(label);
    }
}
