package dev.parley.delivery;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * A receiver is down while events gather, and is back: nothing is lost, all is drained, in order, and another tenant
 * hardly notices. The long form: {@code mvn test -Dtest=WebhookDrainTest -Dparley.hooks.events=100000}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class WebhookDrainTest {

    private static final int EVENTS = Integer.getInteger("parley.hooks.events", 500);
    private static final int COMMENTS = 60;
    private static final int PROBES = 60;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Tokens TOKENS = new Tokens();

    @Inject Hooks hooks;
    @Inject Post post;

    @Test
    void a_receiver_that_was_down_gets_everything_in_order_and_others_are_not_held_up() throws Exception {
        Fixtures.ensure();
        post.run("delete from webhook where tenant_id in ('gazette', 'herald')");
        post.relay("gazette");
        post.relay("herald");
        try (var receiver = new HookReceiver();
                var neighbour = new HookReceiver()) {
            var secret = webhook("gazette", receiver.address());
            var neighbours = webhook("herald", neighbour.address());
            var article = Fixtures.newArticle("gazette", "gazette");
            var comments = new ArrayList<String>();
            for (int i = 0; i < COMMENTS; i++) {
                comments.add(Fixtures.published("gazette", article, Fixtures.calm()));
            }
            var foreign = Fixtures.published("herald", Fixtures.newArticle("herald", "herald"), Fixtures.calm());
            hooks.go("gazette");
            hooks.go("herald");
            receiver.forget();

            // The neighbour alone, then beside a receiver that takes no answer's time and fails.
            var alone = probe(foreign, neighbour, 0);
            events(comments);
            var began = System.nanoTime();
            post.relay("gazette");
            var relayed = seconds(began);
            var down = new AtomicInteger();
            receiver.answer(_ -> {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                return List.of(500, 503, 302, 404).get(down.getAndIncrement() % 4);
            });
            for (int i = 0; i < 20; i++) {
                hooks.makeDue("gazette");
                hooks.tick();
                hooks.start();
            }
            Hooks.until("lanes end", () -> !hooks.isBusy());
            int failed = receiver.got().size();

            var accepted = new CopyOnWriteArrayList<HookReceiver.Got>();
            receiver.forget();
            receiver.answer(got -> {
                accepted.add(got);
                return 204;
            });
            hooks.makeDue("gazette");
            began = System.nanoTime();
            hooks.start();
            var beside = probe(foreign, neighbour, PROBES);
            Hooks.until(
                    "the last event",
                    Duration.ofSeconds(30 + EVENTS / 50),
                    () -> {
                        hooks.keepOn("gazette");
                        return accepted.size() >= EVENTS && !hooks.isBusy();
                    });
            var drained = seconds(began);

            neighbour.got().forEach(got -> got.verify(neighbours));
            assertThat(accepted).hasSize(EVENTS);
            assertThat(new HashSet<>(accepted.stream().map(HookReceiver.Got::id).toList())).hasSize(EVENTS);
            assertThat(inOrder(accepted)).isEqualTo(EVENTS);
            accepted.stream().skip(accepted.size() - 100).forEach(got -> got.verify(secret));
            System.out.printf(
                    "Webhooks: %d events relayed in %.1f s (%.0f/s), %d failed calls, drained in %.1f s (%.0f/s),"
                            + " 0 lost, 0 doubled, order kept; a neighbour's delivery alone p50 %d ms, p99 %d ms,"
                            + " beside the drain p50 %d ms, p99 %d ms%n",
                    EVENTS,
                    relayed,
                    EVENTS / relayed,
                    failed,
                    drained,
                    EVENTS / drained,
                    share(alone, .5),
                    share(alone, .99),
                    share(beside, .5),
                    share(beside, .99));
        }
    }

    /** Milliseconds from an event in the outbox to its receipt, of events of the other tenant one after the other. */
    private List<Long> probe(String comment, HookReceiver neighbour, int from) throws SQLException {
        var times = new ArrayList<Long>();
        for (int i = 0; i < PROBES; i++) {
            int before = neighbour.got().size();
            long began = System.nanoTime();
            post.run(event("herald", comment, "1000 + " + (from + i), "1"));
            post.relay("herald");
            hooks.send("herald");
            Hooks.until("the neighbour's event", () -> neighbour.got().size() > before);
            times.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
        times.sort(null);
        return times;
    }

    private static long share(List<Long> sorted, double of) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * of)));
    }

    /** Events of the comments in turn, each with versions from 1 on. */
    private void events(List<String> comments) throws SQLException {
        for (int i = 0; i < comments.size(); i++) {
            int count = EVENTS / COMMENTS + (i < EVENTS % COMMENTS ? 1 : 0);
            post.run(event("gazette", comments.get(i), "n", "generate_series(1, " + count + ")"));
        }
    }

    private static String event(String tenant, String comment, String version, String rows) {
        return ("insert into outbox_event (tenant_id, id, type, subject_id, version, payload, created_at)"
                        + " select '%s', uuidv7(), 'CommentPublished', c.id, %s, jsonb_build_object('subject', c.id,"
                        + " 'article', c.article_id, 'site', c.site_id, 'revision', 1, 'version', %s,"
                        + " 'cause', 'UNDONE'), now() from comment c, %s as n where c.id = '%s'")
                .formatted(tenant, version, version, rows.equals("1") ? "generate_series(1, 1)" : rows, comment);
    }

    /** How many came after all the earlier ones of their comment. */
    private static int inOrder(List<HookReceiver.Got> accepted) throws IOException {
        Map<String, Integer> last = new HashMap<>();
        int right = 0;
        for (var got : accepted) {
            var data = MAPPER.readTree(got.body()).get("data");
            int version = data.get("version").asInt();
            right += last.getOrDefault(data.get("comment").asText(), 0) == version - 1 ? 1 : 0;
            last.put(data.get("comment").asText(), version);
        }
        return right;
    }

    private static String webhook(String tenant, String address) {
        return given().auth()
                .oauth2(TOKENS.adminOf(tenant))
                .contentType(JSON)
                .body(Map.of("address", address, "events", List.of("comment.published")))
                .post("/api/v1/tenants/{t}/webhooks", tenant)
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
