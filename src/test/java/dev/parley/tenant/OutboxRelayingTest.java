package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.outbox.Departure;
import dev.parley.outbox.Outbox;
import dev.parley.platform.Pipeline;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which tenants a round of the relay leaves to the next one. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class OutboxRelayingTest {

    record Sent(UUID subject, long version) implements Departure {}

    @Inject TenantContext context;
    @Inject Tenants tenants;
    @Inject OutboxRelaying relaying;
    @Inject Outbox outbox;

    @Test
    void a_tenant_whose_events_were_delivered_is_looked_at_once_more_and_then_no_more() {
        // One of its own: what other tests left to be tried again would be told of, too.
        var tenant = "relaying-" + Long.toString(System.nanoTime(), 36);
        context.call(tenant, () -> tenants.create(tenant, "Relayed"));
        context.run(
                tenant,
                () -> QuarkusTransaction.requiringNew().run(() -> outbox.add(tenant, new Sent(UUID.randomUUID(), 1))));

        relaying.relayWhatIsNew();
        assertThat(outbox.takeHints()).as("to be looked at in the next round").contains(tenant);

        outbox.hint(tenant);
        relaying.relayWhatIsNew();
        assertThat(outbox.takeHints()).as("nothing was left").doesNotContain(tenant);
    }

    @Test
    void a_backlog_of_one_tenant_is_relayed_in_turn_with_what_others_have() throws SQLException {
        var backlogs =
                Stream.of("one", "other")
                        .map(name -> "turns-" + name + "-" + Long.toString(System.nanoTime(), 36))
                        .toList();
        for (var tenant : backlogs) {
            context.call(tenant, () -> tenants.create(tenant, "Relayed"));
            var subject = UUID.randomUUID();
            context.run(
                    tenant,
                    () ->
                            QuarkusTransaction.requiringNew()
                                    .run(() -> {
                                        // Of each subject a batch holds one version, so these are five batches.
                                        for (int version = 1; version <= 5; version++) {
                                            outbox.add(tenant, new Sent(subject, version));
                                        }
                                    }));
        }

        relaying.relayWhatIsNew();

        var times = new HashMap<String, List<Instant>>();
        for (var tenant : backlogs) {
            times.put(tenant, delivered(tenant));
        }
        var one = times.get(backlogs.getFirst());
        var other = times.get(backlogs.getLast());
        assertThat(one).hasSize(5).isSorted();
        assertThat(other).hasSize(5).isSorted();
        assertThat(one.getFirst()).isBefore(other.get(1));
        assertThat(other.getFirst()).isBefore(one.get(1));
    }

    /** When a tenant's events were, in the order of their versions. */
    private static List<Instant> delivered(String tenant) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var select =
                        connection.prepareStatement(
                                "select delivered_at from outbox_event where tenant_id = ? and type = 'Sent'"
                                        + " order by version")) {
            select.setString(1, tenant);
            var found = new ArrayList<Instant>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(Pipeline.instant(rows, "delivered_at"));
                }
            }
            return found;
        }
    }
}
