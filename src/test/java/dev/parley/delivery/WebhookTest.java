package dev.parley.delivery;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.comment.Cause;
import dev.parley.comment.CommentPublished;
import dev.parley.comment.CommentState;
import dev.parley.comment.Comments;
import dev.parley.reader.CommenterErased;
import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.AtOnce;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks from the event to a receiver over HTTP, which verifies signatures with the specification's own library. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class WebhookTest {

    private static final Tokens TOKENS = new Tokens();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HOOKS = "/api/v1/tenants/{tenant}/webhooks";
    private static final List<String> ALL =
            List.of(
                    "comment.published",
                    "comment.held",
                    "comment.rejected",
                    "comment.kept",
                    "comment.withdrawn",
                    "comment.erased",
                    "comment.flagged");

    /** A webhook as the test made it. */
    private record Made(UUID id, String secret) {}

    @Inject Hooks hooks;
    @Inject Post post;
    @Inject Comments comments;
    @Inject TenantContext context;

    private HookReceiver receiver;
    private String article;

    @BeforeEach
    void nothingBefore() throws SQLException {
        Fixtures.ensure();
        for (var tenant : List.of("gazette", "herald")) {
            post.run("delete from webhook where tenant_id = '" + tenant + "'");
            post.relay(tenant);
        }
        receiver = new HookReceiver();
        article = Fixtures.newArticle("gazette", "gazette");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    // --- What is told ---

    @Test
    void a_published_comment_is_told_with_ids_only_and_a_signature_that_verifies() throws IOException {
        var hook = make(ALL);
        var comment = Fixtures.published("gazette", article, Fixtures.calm());

        hooks.go("gazette");

        assertThat(receiver.got()).hasSize(1);
        var got = receiver.got().getFirst().verify(hook.secret());
        assertThat(got.path()).isEqualTo("/hook?from=parley");
        assertThat(got.headers().get("Content-type")).containsExactly("application/json");
        assertThat(got.headers().keySet())
                .isEqualTo(
                        Set.of(
                                "Host",
                                "Content-type",
                                "Content-length",
                                "User-agent",
                                "Webhook-id",
                                "Webhook-timestamp",
                                "Webhook-signature",
                                "Connection"));
        var body = MAPPER.readTree(got.body());
        assertThat(fields(body)).containsExactly("type", "timestamp", "data");
        assertThat(fields(body.get("data")))
                .containsExactly("comment", "site", "article", "revision", "version", "cause");
        assertThat(body.get("type").asText()).isEqualTo("comment.published");
        assertThat(Instant.parse(body.get("timestamp").asText()))
                .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(body.get("data").get("comment").asText()).isEqualTo(comment);
        assertThat(body.get("data").get("site").asText()).isEqualTo("gazette");
        assertThat(body.get("data").get("article").asText()).isEqualTo(article);
        assertThat(body.get("data").get("revision").asInt()).isEqualTo(1);
        assertThat(body.get("data").get("version").asInt()).isZero();
        assertThat(body.get("data").get("cause").asText()).isEqualTo("SUBMITTED");
        log(hook, "DELIVERED")
                .body("items", hasSize(1))
                .body("items[0].id", is(got.id()))
                .body("items[0].lastStatus", is(204));
    }

    @Test
    void everything_that_happens_to_comments_is_told_once_in_their_order() throws IOException {
        var hook = make(ALL);
        var held = Fixtures.held("gazette", article);
        decide(held, 0, "APPROVE", null);
        var other =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201).extract();
        String id = other.path("id");
        String token = other.path("editToken");
        edit(id, token);
        post.relay("gazette");
        flag(id);
        post.relay("gazette"); // a report is told with the state that the comment is in by then
        decide(id, state(id).stateVersion(), "REJECT", "ABUSE");
        given().header("Edit-Token", token).delete("/api/v1/sites/gazette/comments/{id}", id).then().statusCode(204);
        hooks.go("gazette");
        var author = state(id).commenterId();
        hooks.add("gazette", new CommenterErased(author, List.of(), List.of(UUID.fromString(id)), 2));
        hooks.go("gazette");

        assertThat(receiver.got()).allSatisfy(got -> got.verify(hook.secret()));
        assertThat(told(held)).containsExactly("comment.held SUBMITTED 0", "comment.published DECIDED 1");
        assertThat(told(id))
                .containsExactly(
                        "comment.published SUBMITTED 0",
                        "comment.published EDITED 1",
                        "comment.flagged - 1",
                        "comment.rejected DECIDED 2",
                        "comment.withdrawn WITHDRAWN 3",
                        "comment.erased - -");
        // Each kind has its fields and no others.
        Map<String, List<String>> schema = new HashMap<>();
        for (var got : receiver.got()) {
            var body = MAPPER.readTree(got.body());
            schema.put(body.get("type").asText(), fields(body.get("data")));
        }
        var base = List.of("comment", "site", "article", "revision", "version");
        assertThat(schema)
                .isEqualTo(
                        Map.of(
                                "comment.published", plus(base, "cause"),
                                "comment.held", plus(base, "cause", "reasons"),
                                "comment.rejected", plus(base, "cause", "reasons"),
                                "comment.withdrawn", plus(base, "cause"),
                                "comment.flagged", plus(base, "report"),
                                "comment.erased", List.of("comment", "site", "article")));
        assertThat(receiver.got().stream().map(HookReceiver.Got::id)).doesNotHaveDuplicates();
    }

    @Test
    void reasons_are_the_public_codes_and_none_once_the_comment_has_moved_on() throws IOException {
        make(ALL);
        Fixtures.held("gazette", article);
        hooks.go("gazette");
        assertThat(last().get("data").get("reasons")).hasSizeGreaterThan(0);
        var code = last().get("data").get("reasons").get(0).asText();
        assertThat(code).isEqualTo("TOXICITY");

        receiver.forget();
        var second = Fixtures.held("gazette", article);
        decide(second, 0, "APPROVE", null);
        hooks.go("gazette");
        var held = MAPPER.readTree(receiver.got().getFirst().body());
        assertThat(held.get("type").asText()).isEqualTo("comment.held");
        assertThat(held.get("data").get("reasons")).isEmpty();
    }

    @Test
    void a_reported_comment_that_is_left_is_told_as_kept() {
        make(List.of("comment.kept"));
        var id = Fixtures.published("gazette", article, Fixtures.calm());
        flag(id);
        decide(id, 0, "APPROVE", null);

        hooks.go("gazette");

        assertThat(told(id)).containsExactly("comment.kept DECIDED 1");
    }

    @Test
    void a_webhook_gets_the_events_and_sites_it_asked_for_and_no_other_tenants() {
        var sport = Fixtures.newArticle("gazette", "gazette-sport");
        var foreign = Fixtures.newArticle("herald", "herald");
        make("gazette", List.of("comment.published"), List.of(Fixtures.siteId("gazette", "gazette-sport")));
        Fixtures.published("gazette", article, Fixtures.calm());
        Fixtures.held("gazette-sport", sport);
        Fixtures.published("herald", foreign, Fixtures.calm());
        var wanted = Fixtures.published("gazette-sport", sport, Fixtures.calm());

        hooks.go("gazette");
        hooks.go("herald");

        assertThat(receiver.got()).hasSize(1);
        assertThat(told(wanted)).containsExactly("comment.published SUBMITTED 0");
    }

    @Test
    void an_event_that_is_relayed_twice_is_told_once() throws SQLException {
        make(ALL);
        var id = Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        post.run("update outbox_event set delivered_at = null where subject_id = '" + id + "'");

        hooks.go("gazette");

        assertThat(receiver.got()).hasSize(1);
    }

    // --- Secrets ---

    @Test
    void after_a_rotation_both_secrets_verify_until_that_is_ended() {
        var hook = make(ALL);
        assertThat(hook.secret()).matches("whsec_[A-Za-z0-9+/]{43}=");
        String second = rotate(hook);
        assertThat(second).isNotEqualTo(hook.secret());

        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        var both = receiver.got().getFirst();
        assertThat(both.signature().split(" ")).hasSize(2);
        both.verify(hook.secret()).verify(second);

        call(hook).delete(HOOKS + "/{id}/secrets/previous", "gazette", hook.id()).then().statusCode(204);
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        var one = receiver.got().getLast().verify(second);
        assertThat(one.signature().split(" ")).hasSize(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> one.verify(hook.secret()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void the_former_secret_ends_by_itself_after_a_day() throws SQLException {
        var hook = make(ALL);
        String second = rotate(hook);
        post.run("update webhook set previous_until = previous_until - interval '1 day'");

        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");

        assertThat(receiver.got().getFirst().verify(second).signature()).doesNotContain(" ");
        list().body("items[0].previousSecretUntil", nullValue());
    }

    // --- Failures ---

    @Test
    void a_delivery_that_fails_comes_again_as_the_same_message_and_later_ones_of_the_comment_wait()
            throws SQLException {
        var hook = make(ALL);
        receiver.answer(500);
        var id = Fixtures.held("gazette", article);
        decide(id, 0, "APPROVE", null);
        hooks.go("gazette");
        assertThat(told(id)).containsExactly("comment.held SUBMITTED 0");
        log(hook, "WAITING")
                .body("items", hasSize(2))
                .body("items[1].attempts", is(1))
                .body("items[1].lastStatus", is(500))
                .body("items[1].lastFailure", is("STATUS"))
                .body("items[0].attempts", is(0));

        receiver.answer(200);
        hooks.send("gazette");
        assertThat(receiver.got()).as("not before its time").hasSize(1);
        hooks.makeDue("gazette");
        hooks.send("gazette");

        assertThat(told(id))
                .containsExactly("comment.held SUBMITTED 0", "comment.held SUBMITTED 0", "comment.published DECIDED 1");
        assertThat(receiver.got().get(1).id()).isEqualTo(receiver.got().get(0).id());
        receiver.got().get(1).verify(hook.secret());
    }

    @Test
    void a_receiver_that_is_down_gets_one_trial_at_a_time_and_then_everything() throws SQLException {
        make(ALL);
        var ids = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            ids.add(Fixtures.published("gazette", article, Fixtures.calm()));
        }
        receiver.answer(503);
        hooks.go("gazette");
        int before = receiver.got().size();
        assertThat(before).as("one batch at most").isBetween(WebhookSender.FAILURES_BEFORE_PAUSE, 32);
        list().body("items[0].failingSince", not(nullValue())).body("items[0].retryAt", not(nullValue()));

        hooks.send("gazette");
        assertThat(receiver.got()).as("not before its time").hasSize(before);
        hooks.makeDue("gazette");
        hooks.send("gazette");
        assertThat(receiver.got()).as("one trial").hasSize(before + 1);

        receiver.answer(204);
        hooks.makeDue("gazette");
        hooks.send("gazette");
        hooks.makeDue("gazette");
        hooks.send("gazette");
        assertThat(ids).allSatisfy(id -> assertThat(told(id)).isNotEmpty());
        list().body("items[0].failingSince", nullValue())
                .body("items[0].retryAt", nullValue())
                .body("items[0].waiting", is(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_receiver_that_asks_for_time_is_not_called_before_it_is_over(int status) throws SQLException {
        var hook = make(ALL);
        receiver.answer(status);
        receiver.retryAfter("600");
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        var asked = Instant.parse(list().extract().path("items[0].askedUntil"));
        assertThat(Duration.between(Instant.now(), asked)).isBetween(Duration.ofSeconds(570), Duration.ofSeconds(600));
        var due = Instant.parse(log(hook, "WAITING").extract().path("items[0].dueAt"));
        assertThat(due).isEqualTo(asked);

        receiver.answer(204);
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        hooks.sweep();
        assertThat(receiver.got()).as("not even what is new").hasSize(1);
        hooks.makeDue("gazette");
        hooks.send("gazette");

        assertThat(receiver.got()).hasSize(3);
        list().body("items[0].askedUntil", nullValue()).body("items[0].waiting", is(0));
    }

    @ParameterizedTest
    @CsvSource({"503, 1, 5, 10", "429, 31536000, 21600, 21600", "429, soon, 5, 10", "500, 600, 5, 10"})
    void what_a_receiver_asks_for_is_bounded_and_other_answers_ask_for_nothing(
            int status, String words, long least, long most) {
        var hook = make(ALL);
        receiver.answer(status);
        receiver.retryAfter(words);
        Fixtures.published("gazette", article, Fixtures.calm());
        var before = Instant.now();
        hooks.go("gazette");
        var after = Instant.now();

        var due = Instant.parse(log(hook, "WAITING").extract().path("items[0].dueAt"));
        // The database keeps microseconds.
        assertThat(due).isBetween(before.plusSeconds(least).minusMillis(1), after.plusSeconds(most).plusMillis(1));
    }

    @Test
    void a_receiver_that_asks_for_time_is_not_called_for_the_rest_of_a_batch() {
        var hook = make(ALL);
        for (int i = 0; i < 30; i++) {
            Fixtures.published("gazette", article, Fixtures.calm());
        }
        receiver.answer(429);
        receiver.retryAfter("600");

        hooks.go("gazette");

        assertThat(receiver.got()).as("what was in the air already").hasSizeLessThanOrEqualTo(8);
        var attempts = log(hook, "WAITING").body("items", hasSize(30)).extract().<List<Integer>>path("items.attempts");
        assertThat(attempts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(receiver.got().size());
    }

    @Test
    void a_receiver_that_asks_for_time_gets_it_though_it_takes_what_was_in_the_air() {
        make(ALL);
        var number = new AtomicInteger();
        receiver.answer(_ -> {
            int mine = number.incrementAndGet();
            Hooks.until("both have come", () -> receiver.got().size() >= 2);
            if (mine == 1) {
                return 429;
            }
            Hooks.until("the other answer is written down", () -> list().extract().path("items[0].askedUntil") != null);
            return 204;
        });
        receiver.retryAfter("600");
        Fixtures.published("gazette", article, Fixtures.calm());
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");

        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");

        assertThat(receiver.got()).hasSize(2);
        list().body("items[0].failingSince", nullValue()).body("items[0].askedUntil", not(nullValue()));
    }

    @Test
    void pauses_of_a_delivery_grow_as_the_schedule_says() throws SQLException {
        var hook = make(ALL);
        Fixtures.published("gazette", article, Fixtures.calm());
        post.relay("gazette");
        receiver.answer(500);
        for (int attempt = 1; attempt <= 8; attempt++) {
            hooks.send("gazette");
            assertThat(receiver.got()).hasSize(attempt);
            var due = Instant.parse(log(hook, "WAITING").extract().path("items[0].dueAt"));
            var pause = Duration.between(Instant.now(), due).plusSeconds(1);
            assertThat(pause)
                    .as("pause %d", attempt)
                    .isBetween(Backoff.after(attempt, 0).minusSeconds(2), Backoff.after(attempt, 1).plusSeconds(1));
            hooks.makeDue("gazette");
        }
    }

    @Test
    void after_three_days_a_delivery_is_dead_and_can_be_replayed() throws SQLException {
        var hook = make(ALL);
        Fixtures.published("gazette", article, Fixtures.calm());
        receiver.answer(500);
        hooks.go("gazette");
        post.run(
                "update webhook_delivery set give_up_at = give_up_at - interval '73 hours' where tenant_id = 'gazette'");
        hooks.makeDue("gazette");
        hooks.send("gazette");

        var dead = log(hook, "DEAD").body("items", hasSize(1)).body("items[0].attempts", is(2)).extract();
        list().body("items[0].dead", is(1)).body("items[0].waiting", is(0));
        receiver.answer(204);
        hooks.makeDue("gazette");
        hooks.send("gazette");
        assertThat(receiver.got()).as("dead is dead").hasSize(2);

        call(hook)
                .post(HOOKS + "/{id}/deliveries/{delivery}/replay", "gazette", hook.id(), dead.path("items[0].id"))
                .then()
                .statusCode(202)
                .body("state", is("WAITING"));
        hooks.send("gazette");
        assertThat(receiver.got()).hasSize(3);
        assertThat(receiver.got().getLast().verify(hook.secret()).id()).isEqualTo(dead.path("items[0].id"));
        log(hook, "DELIVERED").body("items", hasSize(1));
    }

    @Test
    void all_that_is_dead_is_replayed_at_once_and_in_order() throws SQLException {
        var hook = make(ALL);
        var id = Fixtures.held("gazette", article);
        decide(id, 0, "APPROVE", null);
        Fixtures.published("gazette", article, Fixtures.calm());
        post.relay("gazette");
        post.run("update webhook_delivery set state = 'DEAD', ended_at = now() where tenant_id = 'gazette'");

        call(hook).post(HOOKS + "/{id}/replays", "gazette", hook.id()).then().statusCode(202).body("count", is(3));
        hooks.send("gazette");

        assertThat(told(id)).containsExactly("comment.held SUBMITTED 0", "comment.published DECIDED 1");
        assertThat(receiver.got()).hasSize(3);
    }

    @Test
    void what_waits_too_long_for_a_failing_receiver_is_dead_without_a_trial() throws SQLException {
        var hook = make(ALL);
        Fixtures.published("gazette", article, Fixtures.calm());
        post.relay("gazette");
        post.run("update webhook_delivery set give_up_at = now() - interval '1 hour' where tenant_id = 'gazette'");
        post.run(
                "update webhook set failures = 9, failing_since = now(), retry_at = now() + interval '1 hour'"
                        + " where tenant_id = 'gazette'");

        hooks.sweep();

        log(hook, "DEAD").body("items", hasSize(1)).body("items[0].attempts", is(0));
    }

    @Test
    void a_receiver_that_says_gone_is_switched_off() {
        var hook = make(ALL);
        receiver.answer(410);
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");

        assertThat(receiver.got()).hasSize(1);
        list().body("items[0].enabled", is(false)).body("items[0].disabledBecause", is("GONE"));
        log(hook, "DEAD").body("items", hasSize(1));
        assertThat(actions(hook)).contains("WEBHOOK_DISABLED");
        call(hook).post(HOOKS + "/{id}/tests", "gazette", hook.id()).then().statusCode(409);
    }

    @Test
    void what_was_switched_off_by_itself_when_saved_as_off_is_off_because_somebody_wants_it_so() {
        var hook = make(ALL);
        receiver.answer(410);
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        list().body("items[0].disabledBecause", is("GONE"));
        var same = new HashMap<>(request(ALL, List.of()));
        same.put("enabled", false);

        call(hook).body(same).put(HOOKS + "/{id}", "gazette", hook.id()).then().statusCode(200);

        list().body("items[0].enabled", is(false)).body("items[0].disabledBecause", is("STAFF"));
    }

    @Test
    void a_receiver_that_fails_for_days_is_switched_off_and_works_when_switched_on() throws SQLException {
        var hook = make(ALL);
        receiver.answer(500);
        Fixtures.published("gazette", article, Fixtures.calm());
        hooks.go("gazette");
        post.run("update webhook set failing_since = now() - interval '6 days' where tenant_id = 'gazette'");
        hooks.makeDue("gazette");
        hooks.send("gazette");
        list().body("items[0].enabled", is(false)).body("items[0].disabledBecause", is("FAILING"));

        receiver.answer(204);
        call(hook)
                .body(request(ALL, List.of()))
                .put(HOOKS + "/{id}", "gazette", hook.id())
                .then()
                .statusCode(200)
                .body("enabled", is(true))
                .body("failingSince", nullValue());
        hooks.makeDue("gazette");
        hooks.send("gazette");

        assertThat(receiver.got()).hasSize(3);
        log(hook, "DELIVERED").body("items", hasSize(1));
    }

    @Test
    void nobody_listening_is_a_failure_like_others() {
        var hook = make(ALL);
        receiver.close();
        Fixtures.published("gazette", article, Fixtures.calm());

        hooks.go("gazette");

        log(hook, "WAITING").body("items[0].lastFailure", is("CONNECTION")).body("items[0].lastStatus", nullValue());
        receiver = new HookReceiver();
    }

    // --- Crashes and several senders ---

    @Test
    void what_was_called_but_not_written_down_comes_again_as_the_same_message() throws SQLException {
        var hook = make(ALL);
        Fixtures.published("gazette", article, Fixtures.calm());
        post.relay("gazette");
        hooks.sendAndDie("gazette", hook.id());
        hooks.send("gazette");
        assertThat(receiver.got()).as("the claim holds").hasSize(1);

        hooks.makeDue("gazette"); // the claim lapses
        hooks.send("gazette");

        assertThat(receiver.got()).hasSize(2);
        assertThat(receiver.got().get(1).id()).isEqualTo(receiver.got().get(0).id());
        log(hook, "DELIVERED").body("items", hasSize(1)).body("items[0].attempts", is(2));
    }

    @Test
    void a_sender_that_comes_late_changes_nothing() throws SQLException {
        var hook = make(ALL);
        Fixtures.published("gazette", article, Fixtures.calm());
        post.relay("gazette");
        var late = hooks.claim("gazette", hook.id());
        hooks.makeDue("gazette");
        hooks.send("gazette");

        hooks.end("gazette", late, 500);

        log(hook, "DELIVERED").body("items[0].lastStatus", is(204)).body("items[0].attempts", is(2));
    }

    @Test
    void four_senders_at_once_send_each_delivery_once_and_in_order() throws Exception {
        make(ALL);
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 20; i++) {
            ids.add(UUID.fromString(Fixtures.published("gazette", article, Fixtures.calm())));
            var comment = state(ids.getLast().toString());
            for (int version = 1; version <= 4; version++) {
                hooks.add(
                        "gazette",
                        new CommentPublished(
                                comment.id(), comment.articleId(), comment.siteId(), 1, version, Cause.UNDONE));
            }
        }
        post.relay("gazette");
        receiver.answer(_ -> {
            LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
            return 204;
        });

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 4; i++) {
                all.add(
                        threads.submit(() -> {
                            while (receiver.got().size() < 100) {
                                hooks.send("gazette");
                            }
                        }));
            }
            for (var one : all) {
                one.get();
            }
        }

        assertThat(receiver.got()).hasSize(100);
        assertThat(receiver.got().stream().map(HookReceiver.Got::id)).doesNotHaveDuplicates();
        for (var id : ids) {
            assertThat(told(id.toString()).stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                    .containsExactly("0", "1", "2", "3", "4");
        }
    }

    @Test
    void a_slow_receiver_holds_no_other_one_up_and_gets_eight_calls_at_once_at_most() {
        make(List.of("comment.published"));
        try (var fast = new HookReceiver()) {
            var other = new HashMap<>(request(ALL, List.of()));
            other.put("address", fast.address());
            call("gazette").body(other).post(HOOKS, "gazette").then().statusCode(201);
            receiver.answer(_ -> {
                LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
                return 204;
            });
            for (int i = 0; i < 20; i++) {
                Fixtures.published("gazette", article, Fixtures.calm());
            }
            post.relay("gazette");
            var began = Instant.now();
            hooks.start();
            Hooks.until("the fast one has all", () -> fast.got().size() == 20);

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMillis(1_400));
            assertThat(receiver.got().size()).isLessThan(20);
            Hooks.until("the slow one has all", () -> receiver.got().size() == 20);
            assertThat(receiver.most()).isEqualTo(8);
            hooks.tick();
        }
    }

    @Test
    void the_clock_sends_what_is_new_within_its_next_tick() {
        make(ALL);
        Fixtures.published("gazette", article, Fixtures.calm());
        post.relay("gazette");

        hooks.tick();

        assertThat(receiver.got()).hasSize(1);
    }

    // --- Tenants that are not served ---

    @Test
    void nothing_goes_out_for_a_suspended_tenant_and_all_of_it_later() {
        make(ALL);
        Fixtures.published("gazette", article, Fixtures.calm());
        post.relay("gazette");
        status("SUSPENDED");
        try {
            hooks.tick();
            hooks.sweep();
            assertThat(receiver.got()).isEmpty();
        } finally {
            status("ACTIVE");
        }
        hooks.sweep();
        assertThat(receiver.got()).hasSize(1);
    }

    // --- Administration ---

    @Test
    void a_webhook_is_made_changed_listed_and_deleted_and_its_secret_is_told_once() {
        var hook = make(List.of("comment.published", "comment.published"));
        var first =
                list().body("items", hasSize(1))
                        .body("items[0].id", is(hook.id().toString()))
                        .body("items[0].events", contains("comment.published"))
                        .body("items[0].sites", empty())
                        .body("items[0].enabled", is(true))
                        .extract()
                        .asString();
        assertThat(first).doesNotContain("whsec").doesNotContain(hook.secret().substring(6));
        var change =
                new LinkedHashMap<>(request(List.of("comment.held"), List.of(Fixtures.siteId("gazette", "gazette"))));
        change.put("enabled", false);
        change.put("description", " For the archive ");
        call(hook)
                .body(change)
                .put(HOOKS + "/{id}", "gazette", hook.id())
                .then()
                .statusCode(200)
                .body("events", contains("comment.held"))
                .body("description", is("For the archive"))
                .body("disabledBecause", is("STAFF"))
                .body("secret", nullValue());
        rotate(hook);
        call(hook).delete(HOOKS + "/{id}", "gazette", hook.id()).then().statusCode(204);
        list().body("items", empty());

        assertThat(actions(hook))
                .containsExactlyInAnyOrder(
                        "WEBHOOK_CREATED", "WEBHOOK_CHANGED", "WEBHOOK_SECRET_ROTATED", "WEBHOOK_DELETED");
    }

    @Test
    void the_trail_names_the_host_and_not_what_follows() {
        var hook = make(ALL);

        var detail = trail(hook).extract().path("items[0].detail").toString();

        assertThat(detail).contains("127.0.0.1").doesNotContain("from=parley").doesNotContain("whsec");
    }

    @Test
    void addresses_that_may_not_be_called_and_other_nonsense_are_refused() {
        for (var address :
                List.of(
                        "http://hooks.example/",
                        "https://10.0.0.1/",
                        "https://hooks.example:25/",
                        "https://metadata.google.internal/",
                        "https://user:pw@hooks.example/",
                        "nonsense",
                        "https://hooks.example/" + "x".repeat(500))) {
            var body = new HashMap<>(request(ALL, List.of()));
            body.put("address", address);
            call("gazette").body(body).post(HOOKS, "gazette").then().statusCode(400);
        }
        call("gazette").body(request(List.of(), List.of())).post(HOOKS, "gazette").then().statusCode(400);
        call("gazette").body(request(List.of("comment.*"), List.of())).post(HOOKS, "gazette").then().statusCode(400);
        call("gazette")
                .body(request(ALL, List.of(Fixtures.siteId("herald", "herald"))))
                .post(HOOKS, "gazette")
                .then()
                .statusCode(400);
        list().body("items", empty());
    }

    @Test
    void there_is_an_end_to_their_number() {
        for (int i = 0; i < 10; i++) {
            make(ALL);
        }
        call("gazette").body(request(ALL, List.of())).post(HOOKS, "gazette").then().statusCode(409);
    }

    @Test
    void there_is_an_end_to_their_number_for_those_too_who_ask_at_the_same_time() throws Exception {
        for (int i = 0; i < 9; i++) {
            make(ALL);
        }
        var token = TOKENS.adminOf("gazette");
        var answers =
                AtOnce.times(
                        8,
                        () ->
                                given().auth()
                                        .oauth2(token)
                                        .contentType(JSON)
                                        .body(request(ALL, List.of()))
                                        .post(HOOKS, "gazette")
                                        .statusCode());

        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
        list().body("items", hasSize(10));
    }

    @Test
    void a_test_event_arrives_and_stands_in_the_log() throws IOException {
        var hook = make(List.of("comment.held"));
        String delivery =
                call(hook)
                        .post(HOOKS + "/{id}/tests", "gazette", hook.id())
                        .then()
                        .statusCode(202)
                        .body("type", is("webhook.test"))
                        .body("comment", nullValue())
                        .extract()
                        .path("id");

        hooks.tick();

        var got = receiver.got().getFirst().verify(hook.secret());
        assertThat(got.id()).isEqualTo(delivery);
        assertThat(fields(MAPPER.readTree(got.body()).get("data"))).containsExactly("webhook");
        log(hook, "DELIVERED").body("items[0].id", equalTo(delivery));
    }

    @Test
    void the_log_is_paged_and_its_cursor_belongs_to_it() {
        var hook = make(ALL);
        for (int i = 0; i < 5; i++) {
            Fixtures.published("gazette", article, Fixtures.calm());
        }
        hooks.go("gazette");
        var seen = new HashSet<String>();
        String cursor = null;
        int pages = 0;
        do {
            var asked = call(hook).queryParam("limit", 2);
            var page =
                    (cursor == null ? asked : asked.queryParam("cursor", cursor))
                            .get(HOOKS + "/{id}/deliveries", "gazette", hook.id())
                            .then()
                            .statusCode(200)
                            .extract();
            seen.addAll(page.path("items.id"));
            var next = page.<String>path("cursor");
            if (next != null) {
                call(hook)
                        .queryParam("cursor", next)
                        .queryParam("state", "DEAD")
                        .get(HOOKS + "/{id}/deliveries", "gazette", hook.id())
                        .then()
                        .statusCode(400);
            }
            cursor = next;
            pages++;
        } while (cursor != null);
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(5);
    }

    @Test
    void an_admin_of_some_sites_has_to_do_with_their_webhooks_only() throws SQLException {
        var sport = Fixtures.siteId("gazette", "gazette-sport");
        var everything = make(ALL);
        var ofSport = make("gazette", ALL, List.of(sport));
        String member =
                call("gazette")
                        .get("/api/v1/tenants/gazette/members")
                        .then()
                        .extract()
                        .path("items.find { it.name == '" + DemoUsers.GAZETTE_ADMIN.displayName() + "' }.id");
        post.run(
                "insert into member_site (tenant_id, member_id, site_id) values ('gazette', '%s', '%s')"
                        .formatted(member, sport));
        post.run("update member set all_sites = false where id = '" + member + "'");
        try {
            list().body("items.id", contains(ofSport.id().toString()));
            call("gazette").delete(HOOKS + "/{id}", "gazette", everything.id()).then().statusCode(404);
            call("gazette").get(HOOKS + "/{id}/deliveries", "gazette", everything.id()).then().statusCode(404);
            call("gazette").body(request(ALL, List.of())).post(HOOKS, "gazette").then().statusCode(400);
            call("gazette")
                    .body(request(ALL, List.of()))
                    .put(HOOKS + "/{id}", "gazette", ofSport.id())
                    .then()
                    .statusCode(400);
        } finally {
            post.run("update member set all_sites = true where id = '" + member + "'");
            post.run("delete from member_site where member_id = '" + member + "'");
        }
        list().body("items.id", hasItems(everything.id().toString(), ofSport.id().toString()));
    }

    @Test
    void a_webhook_of_another_tenant_does_not_exist() {
        var foreign = make("herald", ALL, List.of());

        call("gazette").get(HOOKS + "/{id}/deliveries", "gazette", foreign.id()).then().statusCode(404);
        call("gazette").post(HOOKS + "/{id}/secrets", "gazette", foreign.id()).then().statusCode(404);
        call("gazette").delete(HOOKS + "/{id}", "gazette", foreign.id()).then().statusCode(404);
        list().body("items", empty());
    }

    // --- Helpers ---

    private Made make(List<String> events) {
        return make("gazette", events, List.of());
    }

    private Made make(String tenant, List<String> events, List<String> sites) {
        var made =
                call(tenant)
                        .body(request(events, sites))
                        .post(HOOKS, tenant)
                        .then()
                        .statusCode(201)
                        .header("Cache-Control", matchesPattern(".*no-store.*"))
                        .extract();
        return new Made(UUID.fromString(made.path("webhook.id")), made.path("secret"));
    }

    private Map<String, Object> request(List<String> events, List<String> sites) {
        return Map.of("address", receiver.address(), "events", events, "sites", sites);
    }

    private String rotate(Made hook) {
        return call(hook)
                .post(HOOKS + "/{id}/secrets", "gazette", hook.id())
                .then()
                .statusCode(201)
                .body("webhook.previousSecretUntil", not(nullValue()))
                .extract()
                .path("secret");
    }

    private static RequestSpecification call(Made hook) {
        return call("gazette");
    }

    private static RequestSpecification call(String tenant) {
        return given().auth().oauth2(TOKENS.adminOf(tenant)).contentType(JSON);
    }

    private static io.restassured.response.ValidatableResponse list() {
        return call("gazette").get(HOOKS, "gazette").then().statusCode(200);
    }

    private static io.restassured.response.ValidatableResponse log(Made hook, String state) {
        return call("gazette")
                .queryParam("state", state)
                .get(HOOKS + "/{id}/deliveries", "gazette", hook.id())
                .then()
                .statusCode(200);
    }

    private static io.restassured.response.ValidatableResponse trail(Made hook) {
        return call("gazette")
                .queryParam("subject", hook.id().toString())
                .get("/api/v1/tenants/gazette/audit")
                .then()
                .statusCode(200);
    }

    private static List<String> actions(Made hook) {
        return trail(hook).extract().path("items.action");
    }

    private static void status(String status) {
        given().auth()
                .oauth2(TOKENS.operator())
                .contentType(JSON)
                .body(Map.of("status", status))
                .patch("/api/v1/operator/tenants/gazette")
                .then()
                .statusCode(200);
    }

    private static void decide(String comment, long version, String action, String reason) {
        var body = new HashMap<String, Object>(Map.of("stateVersion", version, "action", action));
        body.put("revision", 1);
        if (reason != null) {
            body.put("reason", reason);
        }
        Response answer = null;
        for (int revision = 1; revision <= 2; revision++) {
            body.put("revision", revision);
            answer =
                    given().auth()
                            .oauth2(TOKENS.moderatorOf("gazette"))
                            .contentType(JSON)
                            .body(body)
                            .post("/api/v1/tenants/gazette/comments/{id}/decisions", comment);
            if (answer.statusCode() == 200) {
                return;
            }
        }
        answer.then().statusCode(200);
    }

    private static void edit(String comment, String token) {
        given().contentType(JSON)
                .header("Edit-Token", token)
                .body(Map.of("body", Fixtures.calm()))
                .patch("/api/v1/sites/gazette/comments/{id}", comment)
                .then()
                .statusCode(200);
    }

    private static void flag(String comment) {
        given().contentType(JSON)
                .body(Map.of("reason", "SPAM"))
                .post("/api/v1/sites/gazette/comments/{id}/flags", comment)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    private CommentState state(String comment) {
        return context.call("gazette", () -> comments.get(UUID.fromString(comment)));
    }

    /** What came about a comment: type, cause and version, in the order in which it came. */
    private List<String> told(String comment) {
        return receiver.got().stream()
                .map(got -> {
                    try {
                        return MAPPER.readTree(got.body());
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .filter(body -> body.path("data").path("comment").asText().equals(comment))
                .map(body ->
                        body.get("type").asText()
                                + " "
                                + body.path("data").path("cause").asText("-")
                                + " "
                                + body.path("data").path("version").asText("-"))
                .collect(Collectors.toList());
    }

    private JsonNode last() throws IOException {
        return MAPPER.readTree(receiver.got().getLast().body());
    }

    private static List<String> fields(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> plus(List<String> base, String... more) {
        var all = new ArrayList<>(base);
        all.addAll(List.of(more));
        return all;
    }
}
