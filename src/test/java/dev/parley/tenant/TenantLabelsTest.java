package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many tenants there are, only so many have a label. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class TenantLabelsTest {

    @Inject Tenants tenants;

    @Test
    void those_that_were_served_first_have_a_label_and_the_rest_share_one() {
        Fixtures.ensure();
        var active = tenants.activeIds();
        var longestFirst = Comparator.comparing(TenantView::createdAt).thenComparing(TenantView::id);
        assertThat(active)
                .hasSizeGreaterThan(1)
                .isEqualTo(
                        tenants.all().stream()
                                .filter(tenant -> tenant.status() == TenantStatus.ACTIVE)
                                .sorted(longestFirst)
                                .map(TenantView::id)
                                .toList());
        var registry = new SimpleMeterRegistry();
        var labels = new TenantLabels(tenants, most(1), registry);

        assertThat(labels.of(active.getFirst())).isEqualTo("_other");
        labels.refresh();

        assertThat(labels.of(active.getFirst())).isEqualTo(active.getFirst());
        assertThat(labels.of(active.getLast())).isEqualTo("_other");
        assertThat(labels.of("nobody")).isEqualTo("_other");
    }

    @Test
    void meters_of_those_without_a_label_go() {
        Fixtures.ensure();
        var first = tenants.activeIds().getFirst();
        var registry = new SimpleMeterRegistry();
        for (var label : List.of(first, "gone", "_other")) {
            registry.counter("comments", TenantLabels.TENANT, label).increment();
        }
        registry.counter("of-no-tenant").increment();

        new TenantLabels(tenants, most(1), registry).refresh();

        assertThat(registry.getMeters()).hasSize(3);
        assertThat(registry.find("comments").tag(TenantLabels.TENANT, "gone").counter()).isNull();
        assertThat(registry.find("comments").tag(TenantLabels.TENANT, first).counter()).isNotNull();
    }

    private static TenantConfig most(int tenants) {
        return new TenantConfig() {
            @Override
            public Duration closingGrace() {
                return Duration.ofDays(7);
            }

            @Override
            public int inMetrics() {
                return tenants;
            }
        };
    }
}
