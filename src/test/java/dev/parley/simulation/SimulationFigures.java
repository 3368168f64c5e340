package dev.parley.simulation;

import static dev.parley.simulation.TrialTenant.DRAFT;
import static dev.parley.simulation.TrialTenant.admin;
import static dev.parley.simulation.TrialTenant.ask;
import static dev.parley.simulation.TrialTenant.trial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.simulation.Redecision.Fate;
import dev.parley.standalone.RowCopies;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Measures how long a policy takes to try on many comments, and compares a sample with what is really decided once it
 * is in force. No test: it is run by its name: {@code mvn test -Dtest=SimulationFigures -Dfigures.comments=100000}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class SimulationFigures {

    private static final int COMMENTS = Integer.getInteger("figures.comments", 100_000);
    private static final int SAMPLE = Integer.getInteger("figures.sample", 1_000);
    private static final int ROUNDS = 3;

    /** What is written over the API; the rest are copies of it. */
    private static final int ORIGINALS = Math.min(2_000, COMMENTS);

    /** Of the originals, moderators decide on this many that wait. */
    private static final int DECIDED = 200;

    @Inject Redecision redecision;

    private final long seed = Long.getLong("figures.seed", System.nanoTime());

    @Test
    void how_long_a_trial_takes_and_whether_it_is_right() throws Exception {
        TrialTenant.ensure();
        TrialTenant.today();
        var random = new Random(seed);
        var originals = TrialTenant.write(ORIGINALS, random);
        decide();
        copy(COMMENTS - ORIGINALS);

        var result = new JsonPath("{}");
        for (int i = 0; i < ROUNDS; i++) {
            result = timed();
        }
        var all = redecision.computed(DRAFT, COMMENTS);
        assertThat(all).hasSize(COMMENTS).containsKeys(originals.toArray(UUID[]::new));
        print(
                "before %s, after %s, by a second pass over all of them after %s; workload %s; agreement %s",
                result.getMap("result.before"),
                result.getMap("result.after"),
                counts(all),
                result.getMap("result.workload"),
                result.getMap("result.agreement"));
        assertThat(counts(all)).isEqualTo(result.getMap("result.after"));

        var sample = new ArrayList<>(new TreeSet<>(all.keySet()));
        Collections.shuffle(sample, random);
        compare(all, sample.subList(0, Math.min(SAMPLE, COMMENTS)));
    }

    private JsonPath timed() {
        var asked = System.nanoTime();
        String id = ask(admin(), "TENANT", "", DRAFT).then().statusCode(202).extract().path("id");
        var accepted = System.nanoTime();
        var progress = new TreeSet<Integer>();
        var answer = trial(id);
        while (answer.getString("state").equals("RUNNING")) {
            progress.add(answer.getInt("done"));
            LockSupport.parkNanos(100_000_000);
            answer = trial(id);
        }
        double seconds = (System.nanoTime() - asked) / 1e9;
        assertThat(answer.getString("state")).isEqualTo("DONE");
        assertThat(answer.getInt("done")).isEqualTo(COMMENTS);
        print(
                "%s of %,d in %.1f s (accepted after %.1f s), %,.0f comments a second; progress seen %d times: %s",
                answer.getString("state"),
                answer.getInt("done"),
                seconds,
                (accepted - asked) / 1e9,
                COMMENTS / seconds,
                progress.size(),
                progress.stream().limit(5).toList());
        return answer;
    }

    private void compare(Map<UUID, Compared> all, List<UUID> sample) throws SQLException {
        var stored = redecision.stored(sample);
        TrialTenant.inForce("TENANT", "", DRAFT);
        var again = redecision.again(sample);
        int before = 0;
        int after = 0;
        int other = 0;
        Map<String, Integer> kinds = new HashMap<>();
        for (var id : sample) {
            var was = Fate.of(all.get(id).before());
            var is = Fate.of(all.get(id).after());
            before += was.equals(stored.get(id)) ? 1 : 0;
            after += is.equals(again.get(id)) ? 1 : 0;
            other += is.outcome() != was.outcome() ? 1 : 0;
            kinds.merge(was.outcome() + " to " + is.outcome(), 1, Integer::sum);
        }
        print(
                "decided again with the draft in force, outcome, risk and reasons equal for %,d of %,d; decided when they"
                        + " came, equal for %,d of %,d; %,d change (%s); seed %d",
                after, sample.size(), before, sample.size(), other, kinds, seed);
        assertThat(before).isEqualTo(sample.size());
        assertThat(after).isEqualTo(sample.size());
    }

    private static Map<String, Integer> counts(Map<UUID, Compared> all) {
        Map<String, Integer> counts = new HashMap<>(Map.of("publish", 0, "hold", 0, "reject", 0));
        all.values()
                .forEach(c ->
                        counts.merge(Outcome.of(c.after()).name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum));
        return counts;
    }

    private static void print(String format, Object... values) {
        System.out.printf("Trial, %,d comments: %s%n", COMMENTS, format.formatted(values));
    }

    // --- Many comments ---

    /** Every third of the newest that wait is rejected, the others are approved. */
    private static void decide() {
        List<Map<String, Object>> waiting = new ArrayList<>();
        String cursor = null;
        do {
            var request = admin().queryParam("limit", 100);
            var page =
                    (cursor == null ? request : request.queryParam("cursor", cursor))
                            .get(TrialTenant.T + "/queue")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            waiting.addAll(page.getList("items.comment"));
            cursor = page.getString("cursor");
        } while (cursor != null && waiting.size() < DECIDED);
        for (int i = 0; i < Math.min(DECIDED, waiting.size()); i++) {
            var comment = waiting.get(i);
            var decision =
                    new HashMap<String, Object>(
                            i % 3 == 0 ? Map.of("action", "REJECT", "reason", "ABUSE") : Map.of("action", "APPROVE"));
            decision.put("revision", comment.get("revision"));
            decision.put("stateVersion", comment.get("stateVersion"));
            admin().body(decision)
                    .post(TrialTenant.T + "/comments/{id}/decisions", comment.get("id"))
                    .then()
                    .statusCode(200);
        }
    }

    /** Copies over thirty days, in the order of their ids as real ones are. */
    private static void copy(int count) throws SQLException {
        try (var connection = PostgresResource.asSuperuser(); // who may make a temporary table
                var sql = connection.createStatement()) {
            sql.execute("set search_path = parley");
            sql.execute(
                    """
                    create temp table copy as
                    select (lpad(to_hex((extract(epoch from made) * 1000)::bigint), 12, '0') || '7'
                            || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid id,
                        gen_random_uuid() statement, o.id original, made, n
                    from generate_series(1, %d) n
                    cross join lateral (select now() - interval '30 days' * n / %d as made) t
                    join (select id, row_number() over (order by id) - 1 place, count(*) over () total
                          from comment where tenant_id = 'trials') o on n %% o.total = o.place
                    order by n desc\
                    """
                            .formatted(count, Math.max(1, count)));
            connection.setAutoCommit(false);
            var at = Map.of("created_at", "c.made");
            RowCopies.add(
                    sql,
                    "trials",
                    "statement",
                    with(at, "id", "c.statement", "comment_id", "c.id"),
                    "t.comment_id = c.original and exists"
                            + " (select 1 from comment o where o.tenant_id = t.tenant_id and o.statement_id = t.id)");
            RowCopies.add(
                    sql,
                    "trials",
                    "comment",
                    with(at, "id", "c.id", "statement_id", "case when t.statement_id is not null then c.statement end"),
                    "t.id = c.original");
            RowCopies.add(sql, "trials", "revision", with(at, "comment_id", "c.id"), "t.comment_id = c.original");
            RowCopies.add(
                    sql,
                    "trials",
                    "queue_item",
                    Map.of("comment_id", "c.id", "entered_at", "c.made"),
                    "t.comment_id = c.original");
            RowCopies.add(
                    sql,
                    "trials",
                    "moderation_decision",
                    Map.of("id", "gen_random_uuid()", "comment_id", "c.id"),
                    "t.comment_id = c.original");
            connection.commit();
            connection.setAutoCommit(true);
            sql.execute("analyze");
        }
    }

    private static Map<String, String> with(Map<String, String> others, String... pairs) {
        var all = new HashMap<>(others);
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return all;
    }
}
