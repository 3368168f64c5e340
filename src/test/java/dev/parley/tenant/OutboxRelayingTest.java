package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.outbox.Outbox;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Which tenants a round of the relay leaves to the next one. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class OutboxRelayingTest {

    @Inject OutboxRelaying relaying;
    @Inject Outbox outbox;

    @Test
    void a_tenant_whose_events_were_delivered_is_looked_at_once_more_and_then_no_more() {
        Fixtures.ensure();
        relaying.sweep(); // what other tests left
        outbox.takeHints();

        Fixtures.published("gazette", Fixtures.newArticle("gazette", "gazette"), Fixtures.calm());
        relaying.relayWhatIsNew();
        assertThat(outbox.takeHints()).as("to be looked at in the next round").contains("gazette");

        outbox.hint("gazette");
        relaying.relayWhatIsNew();
        assertThat(outbox.takeHints()).as("nothing was left").doesNotContain("gazette");
    }
}
