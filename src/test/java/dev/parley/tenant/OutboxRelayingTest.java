package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.outbox.Departure;
import dev.parley.outbox.Outbox;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
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
}
