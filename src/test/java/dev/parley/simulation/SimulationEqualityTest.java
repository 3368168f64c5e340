package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.ReasonCode;
import dev.parley.simulation.Redecision.Fate;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a trial says is what happens once its draft is in force. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class SimulationEqualityTest {

    private static final int COMMENTS = 200;
    private static final long SEED = 20_260_301;

    @Inject Redecision redecision;

    @Test
    void each_comment_fares_as_the_trial_says_under_todays_policy_and_under_the_draft() throws Exception {
        TrialTenant.ensure();
        TrialTenant.today();
        var ids = TrialTenant.write(COMMENTS, new Random(SEED));
        var written = redecision.stored(ids);

        var computed = redecision.computed(TrialTenant.DRAFT, 100_000);
        var told =
                TrialTenant.ended(
                        TrialTenant.ask(TrialTenant.admin(), "TENANT", "", TrialTenant.DRAFT)
                                .then()
                                .statusCode(202)
                                .extract()
                                .path("id"));

        assertThat(computed.keySet()).containsAll(ids);
        assertThat(redecision.stored(ids)).as("a trial changes nothing").isEqualTo(written);
        var before = new HashMap<UUID, Fate>();
        var after = new HashMap<UUID, Fate>();
        for (var id : ids) {
            before.put(id, Fate.of(computed.get(id).before()));
            after.put(id, Fate.of(computed.get(id).after()));
        }
        assertThat(before).as("as it was decided when they came").isEqualTo(written);
        assertThat(told.getMap("result.before")).isEqualTo(counts(computed, false));
        assertThat(told.getMap("result.after")).isEqualTo(counts(computed, true));

        TrialTenant.inForce("TENANT", "", TrialTenant.DRAFT);
        assertThat(redecision.again(ids)).as("decided again, with the draft in force").isEqualTo(after);

        var reasons = EnumSet.noneOf(ReasonCode.class);
        var changes = new HashSet<String>();
        for (var id : ids) {
            after.get(id).reasons().forEach(reason -> reasons.add(reason.code()));
            changes.add(before.get(id).outcome() + " " + after.get(id).outcome());
        }
        assertThat(reasons)
                .as("the comments are of all kinds")
                .contains(
                        ReasonCode.BANNED_WORD,
                        ReasonCode.HOLD_FIRST,
                        ReasonCode.INSULT,
                        ReasonCode.LANGUAGE,
                        ReasonCode.LINKS,
                        ReasonCode.NAME,
                        ReasonCode.PERSONAL_DATA,
                        ReasonCode.REPEAT,
                        ReasonCode.RULE,
                        ReasonCode.SPAM,
                        ReasonCode.SUSPECT_WORD,
                        ReasonCode.TOXICITY);
        assertThat(changes)
                .contains("PUBLISH PUBLISH", "PUBLISH HOLD", "PUBLISH REJECT", "HOLD PUBLISH", "HOLD REJECT");
    }

    private static Map<String, Integer> counts(Map<UUID, Compared> computed, boolean drafted) {
        var counts = new EnumMap<Outcome, Integer>(Outcome.class);
        computed.values().forEach(c -> counts.merge(Outcome.of(drafted ? c.after() : c.before()), 1, Integer::sum));
        return Map.of(
                "publish", counts.getOrDefault(Outcome.PUBLISH, 0),
                "hold", counts.getOrDefault(Outcome.HOLD, 0),
                "reject", counts.getOrDefault(Outcome.REJECT, 0));
    }
}
