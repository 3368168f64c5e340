package dev.parley.moderation;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.AtOnce;
import dev.parley.testing.Fixtures;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who works on what, what they decide, alone or on many, and how it is undone. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class ClaimsTest {

    private static final String STAFF = "/api/v1/tenants/gazette";

    private final Tokens tokens = new Tokens();

    @Inject QueueRepository items;
    @Inject TenantContext context;
    @Inject SessionFactory sessions;

    private String article;

    /** A category that no other test's articles have, so that a part of the queue is this test's alone. */
    private String category;

    /** What other tests left broken; after a test, what is so before the next. */
    private static @Nullable List<String> before;

    @BeforeEach
    void tenants() throws SQLException {
        Fixtures.ensure();
        category = "c-" + UUID.randomUUID();
        article = "article-" + UUID.randomUUID();
        Fixtures.article("gazette", "gazette", article, List.of(category));
        if (before == null) {
            before = broken();
        }
    }

    @AfterEach
    void what_holds_between_the_tables_holds() throws SQLException {
        release(tokens.moderatorOf("gazette"));
        release(tokens.adminOf("gazette"));
        var now = broken();
        var added = new ArrayList<>(now);
        added.removeAll(before);
        before = now;
        assertThat(added).isEmpty();
    }

    private static List<String> broken() throws SQLException {
        try (var connection = PostgresResource.asBackup()) {
            return new HistoryChecker(connection, "gazette").brokenInvariants();
        }
    }

    @Test
    void an_item_when_claimed_is_shown_as_such_and_decided_by_nobody_else() {
        var held = held();
        String claim =
                claim(moderator(), held).body("items[0].claim.mine", is(true)).extract().path("items[0].claim.id");

        queue(admin())
                .body("items.find { it.comment.id == '%s' }.claim.mine".formatted(held), is(false))
                .body("items.find { it.comment.id == '%s' }.claim.member.name".formatted(held), is("Mo Gazette"))
                .body("items.find { it.comment.id == '%s' }.claim.id".formatted(held), nullValue());
        send(admin(), "/queue/claims", Map.of("comment", held))
                .then()
                .statusCode(409)
                .body("type", is("/problems/claimed"))
                .body("claim.member.name", is("Mo Gazette"));
        decide(admin(), held, 0, "APPROVE").then().statusCode(409).body("type", is("/problems/claimed"));
        given().auth().oauth2(admin()).put(STAFF + "/queue/claims/{id}", claim).then().statusCode(404);
        given().auth().oauth2(admin()).delete(STAFF + "/queue/claims/{id}", claim).then().statusCode(204);

        given().auth().oauth2(moderator()).get(STAFF + "/queue/claims").then().body("items.comment", hasItem(held));
        given().auth().oauth2(moderator()).put(STAFF + "/queue/claims/{id}", claim).then().statusCode(200);
        decide(moderator(), held, 0, "APPROVE").then().statusCode(200).body("decision", notNullValue());
        given().auth()
                .oauth2(moderator())
                .get(STAFF + "/queue/claims")
                .then()
                .body("items.comment", not(hasItem(held)));
    }

    @Test
    void an_item_that_is_being_decided_is_given_to_nobody() throws Exception {
        var reported = Fixtures.published("gazette", article, Fixtures.calm());
        report(reported, "SPAM");
        queue(moderator()).body("items.comment.id", contains(reported));
        try (var superuser = PostgresResource.asSuperuser();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            superuser.setAutoCommit(false);
            // A decision settles the reports: it waits for this lock, after it has seen that nobody has the item.
            try (var lock =
                    superuser.prepareStatement(
                            "select 1 from parley.flag where comment_id = cast(? as uuid) for update")) {
                lock.setString(1, reported);
                assertThat(lock.executeQuery().next()).isTrue();
            }
            var decision = threads.submit(() -> decide(moderator(), reported, 0, "APPROVE"));
            await("the decision to wait", ClaimsTest::somebodyWaitsForALock);

            send(admin(), "/queue/claims", Map.of("limit", 1, "filter", Map.of("category", category)))
                    .then()
                    .statusCode(201)
                    .body("items", empty());

            superuser.rollback();
            decision.get(20, TimeUnit.SECONDS).then().statusCode(200);
        }
    }

    @Test
    void what_a_colleague_just_looks_at_is_given_back_to_whoever_has_it() throws Exception {
        for (int i = 0; i < 4; i++) {
            held();
        }
        Map<String, Object> two = Map.of("limit", 2, "filter", Map.of("category", category));
        var mine = send(moderator(), "/queue/claims", two).then().extract().<List<String>>path("items.comment.id");
        try (var superuser = PostgresResource.asSuperuser();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            superuser.setAutoCommit(false);
            // As one does that looked for free items before these were taken.
            try (var lock =
                    superuser.prepareStatement(
                            "select 1 from parley.queue_item where comment_id = cast(? as uuid) for no key update")) {
                lock.setString(1, mine.getFirst());
                assertThat(lock.executeQuery().next()).isTrue();
            }
            var again = threads.submit(() -> send(moderator(), "/queue/claims", two));
            await("the claim to wait", ClaimsTest::somebodyWaitsForALock);
            superuser.rollback();
            assertThat(again.get(20, TimeUnit.SECONDS).then().extract().<List<String>>path("items.comment.id"))
                    .containsExactlyElementsOf(mine);
        }
    }

    private static boolean somebodyWaitsForALock() {
        try (var superuser = PostgresResource.asSuperuser();
                var rows =
                        superuser
                                .createStatement()
                                .executeQuery("select 1 from pg_stat_activity where wait_event_type = 'Lock'")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_claim_when_nobody_renews_it_lapses_by_itself() throws SQLException {
        var held = held();
        String claim = claim(moderator(), held).extract().path("items[0].claim.id");
        lapse(held);

        queue(admin()).body("items.find { it.comment.id == '%s' }.claim".formatted(held), nullValue());
        // Nobody took it meanwhile: the one who had it can go on.
        given().auth().oauth2(moderator()).put(STAFF + "/queue/claims/{id}", claim).then().statusCode(200);
        lapse(held);
        claim(admin(), held);
        given().auth().oauth2(moderator()).put(STAFF + "/queue/claims/{id}", claim).then().statusCode(404);
    }

    @Test
    void an_admin_when_it_has_to_be_takes_over_and_the_trail_says_so() {
        var held = held();
        claim(moderator(), held);
        send(moderator(), "/queue/claims", Map.of("comment", held, "takeOver", true)).then().statusCode(403);

        send(admin(), "/queue/claims", Map.of("comment", held, "takeOver", true)).then().statusCode(201);

        decide(moderator(), held, 0, "APPROVE").then().statusCode(409).body("claim.member.name", is("Ada Gazette"));
        given().auth()
                .oauth2(admin())
                .queryParam("action", "CLAIM_TAKEN_OVER")
                .queryParam("limit", 1)
                .get(STAFF + "/audit")
                .then()
                .body("items[0].subjectId", is(held));
    }

    @Test
    void the_next_items_when_many_ask_at_once_are_given_to_one_each() throws Exception {
        for (int i = 0; i < 12; i++) {
            held();
        }
        Map<String, Object> four = Map.of("limit", 4, "filter", Map.of("category", category));
        List<Callable<List<String>>> askers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            var token = i % 2 == 0 ? moderator() : admin();
            askers.add(
                    () -> send(token, "/queue/claims", four).then().statusCode(201).extract().path("items.comment.id"));
        }
        var answers = AtOnce.all(askers);

        // Whoever asks three times at once is given four, not twelve: the others want some, too.
        for (int i = 2; i < answers.size(); i++) {
            assertThat(answers.get(i)).hasSize(4).containsExactlyInAnyOrderElementsOf(answers.get(i % 2));
        }
        assertThat(answers.get(0)).doesNotContainAnyElementsOf(answers.get(1));
        // Asking again gives back what one has before anything new.
        var again = send(moderator(), "/queue/claims", four).then().extract().<List<String>>path("items.comment.id");
        assertThat(again).containsExactlyInAnyOrderElementsOf(answers.get(0));
    }

    @Test
    void an_item_when_escalated_is_the_admins_alone_until_that_is_undone() {
        var held = held();
        decide(moderator(), held, 0, "ESCALATE").then().statusCode(400).body("errors.field", contains("note"));
        var decision =
                send(
                                moderator(),
                                "/comments/" + held + "/decisions",
                                Map.of(
                                        "revision",
                                        1,
                                        "stateVersion",
                                        0,
                                        "action",
                                        "ESCALATE",
                                        "note",
                                        "Is this satire?"))
                        .then()
                        .statusCode(200)
                        .body("status", is("HELD"))
                        .body("stateVersion", is(0))
                        .extract()
                        .<String>path("decision");

        queue(moderator()).body("items.comment.id", not(hasItem(held)));
        given().auth()
                .oauth2(admin())
                .queryParam("category", category)
                .queryParam("escalated", true)
                .get(STAFF + "/queue")
                .then()
                .body("items.comment.id", contains(held))
                .body("items[0].escalation.by.name", is("Mo Gazette"))
                .body("items[0].escalation.note", is("Is this satire?"));
        decide(moderator(), held, 0, "APPROVE").then().statusCode(403);
        // Who cannot decide on it must not keep those from it who can.
        send(moderator(), "/queue/claims", Map.of("comment", held)).then().statusCode(403);
        send(moderator(), "/queue/claims", Map.of("filter", Map.of("escalated", true))).then().statusCode(403);
        send(admin(), "/queue/claims", Map.of("filter", Map.of("escalated", true, "category", category)))
                .then()
                .statusCode(201)
                .body("items.comment.id", contains(held));

        undo(moderator(), decision).then().statusCode(200);
        queue(moderator()).body("items.comment.id", hasItem(held));
        release(admin());
        decide(moderator(), held, 0, "APPROVE").then().statusCode(200);
    }

    @Test
    void what_one_has_when_it_is_decided_while_one_asks_for_more_disturbs_neither() throws Exception {
        for (int i = 0; i < 20; i++) {
            var held = held();
            held();
            claim(moderator(), held);
            Map<String, Object> more = Map.of("limit", 3, "filter", Map.of("category", category));

            var answers =
                    AtOnce.<Response>all(
                            List.of(
                                    () -> decide(moderator(), held, 0, "APPROVE"),
                                    () -> send(moderator(), "/queue/claims", more)));

            assertThat(answers).extracting(Response::statusCode).containsExactly(200, 201);
        }
    }

    @Test
    void of_an_escalation_and_a_decision_at_once_one_wins() throws Exception {
        for (int i = 0; i < 20; i++) {
            var held = held();
            Map<String, Object> escalation =
                    Map.of("revision", 1, "stateVersion", 0, "action", "ESCALATE", "note", "Look at this, please.");

            var answers =
                    AtOnce.<Response>all(
                            List.of(
                                    () -> send(admin(), "/comments/" + held + "/decisions", escalation),
                                    () -> decide(moderator(), held, 0, "APPROVE")));

            var codes = answers.stream().map(Response::statusCode).toList();
            assertThat(codes).isIn(List.of(200, 403), List.of(409, 200));
        }
    }

    @Test
    void a_decision_when_undone_after_an_escalation_does_not_take_it_back_from_the_admins() {
        var held = held();
        String first = decide(moderator(), held, 0, "APPROVE").then().statusCode(200).extract().path("decision");
        report(held, "ILLEGAL");
        Map<String, Object> escalation =
                Map.of("revision", 1, "stateVersion", 1, "action", "ESCALATE", "note", "Is it?");
        send(moderator(), "/comments/" + held + "/decisions", escalation).then().statusCode(200);

        undo(moderator(), first).then().statusCode(403);

        undo(admin(), first).then().statusCode(200).body("status", is("HELD"));
    }

    @Test
    void an_approval_when_undone_after_a_report_leaves_nothing_open_on_what_is_rejected_again() {
        var held = held();
        decide(moderator(), held, 0, "REJECT", "ABUSE").then().statusCode(200);
        String approval = decide(moderator(), held, 1, "APPROVE").then().statusCode(200).extract().path("decision");
        report(held, "ILLEGAL");
        queue(moderator()).body("items.comment.id", contains(held));

        undo(moderator(), approval).then().statusCode(200).body("status", is("REJECTED"));

        queue(moderator()).body("items", empty());
    }

    @Test
    void an_item_tells_what_is_known_of_who_wrote_it() {
        var held = held();
        String commenter =
                queue(moderator())
                        .body("items[0].comment.commenter.proven", is(false))
                        .body("items[0].comment.commenter.banned", is(false))
                        .body("items[0].comment.commenter.history.held", is(1))
                        .body("items[0].comment.commenter.history.rejected", is(0))
                        .extract()
                        .path("items[0].comment.commenter.id");
        send(moderator(), "/commenters/" + commenter + "/sanctions", Map.of("kind", "BAN", "reason", "insults"))
                .then()
                .statusCode(201);
        held();
        queue(moderator())
                .body("items.find { it.comment.id == '%s' }.comment.commenter.banned".formatted(held), is(true))
                .body("items.count { it.comment.commenter.banned }", is(1));
    }

    @Test
    void a_decision_when_undone_leaves_everything_as_before() {
        var shown = Fixtures.published("gazette", article, Fixtures.calm());
        report(shown, "HATE");
        var entry = entry(shown);
        String decision =
                decide(moderator(), shown, 0, "SPAM")
                        .then()
                        .statusCode(200)
                        .body("status", is("REJECTED"))
                        .extract()
                        .path("decision");
        readers().body("items.id", not(hasItem(shown)));

        undo(moderator(), decision).then().statusCode(200).body("status", is("PUBLISHED")).body("stateVersion", is(2));

        readers().body("items.id", hasItem(shown)).body("count", is(1));
        var after = entry(shown);
        for (var same : List.of("risk", "enteredAt", "reasons.code", "flags.reason")) {
            assertThat(after.<Object>get(same)).as(same).isEqualTo(entry.<Object>get(same));
        }
        undo(moderator(), decision).then().statusCode(409).body("type", is("/problems/conflict"));
        given().auth()
                .oauth2(moderator())
                .get(STAFF + "/comments/{id}/history", shown)
                .then()
                .body("items.kind", contains("SUBMITTED", "JUDGED", "FLAGGED", "DECIDED", "UNDONE"));
    }

    @Test
    void a_held_comment_when_its_approval_is_undone_is_held_again_for_the_same_reasons() {
        var held = held();
        var entry = entry(held);
        String decision = decide(moderator(), held, 0, "APPROVE").then().statusCode(200).extract().path("decision");
        readers().body("items.id", hasItem(held));

        undo(moderator(), decision).then().statusCode(200).body("status", is("HELD"));

        readers().body("items.id", empty()).body("count", is(0));
        assertThat(entry(held).<Object>get("reasons")).isEqualTo(entry.<Object>get("reasons"));
        decide(moderator(), held, 2, "APPROVE").then().statusCode(200);
    }

    @Test
    void a_decision_when_somebody_changed_its_comment_since_cannot_be_undone() {
        var held = held();
        String first = decide(moderator(), held, 0, "APPROVE").then().statusCode(200).extract().path("decision");
        decide(admin(), held, 1, "REJECT", "OFF_TOPIC").then().statusCode(200);

        undo(moderator(), first)
                .then()
                .statusCode(409)
                .body("type", is("/problems/stale-version"))
                .body("present.status", is("REJECTED"));
    }

    @Test
    void a_decision_when_undone_by_others_needs_an_admin_and_after_a_quarter_of_an_hour_too() throws SQLException {
        var held = held();
        String admins = decide(admin(), held, 0, "APPROVE").then().statusCode(200).extract().path("decision");
        undo(moderator(), admins).then().statusCode(403);
        undo(admin(), admins).then().statusCode(200);

        String mine = decide(moderator(), held, 2, "APPROVE").then().statusCode(200).extract().path("decision");
        age(mine, "16 minutes");
        undo(moderator(), mine).then().statusCode(409).body("type", is("/problems/conflict"));
        undo(admin(), mine).then().statusCode(200);

        String old = decide(moderator(), held, 4, "APPROVE").then().statusCode(200).extract().path("decision");
        age(old, "25 hours");
        undo(admin(), old).then().statusCode(409);
        undo(tokens.moderatorOf("herald"), old, "herald").then().statusCode(404);
    }

    @Test
    void many_comments_when_decided_at_once_tell_of_each_and_are_undone_at_once() {
        var fine = held();
        var also = held();
        var moved = held();
        decide(admin(), moved, 0, "APPROVE").then().statusCode(200);
        var taken = held();
        claim(admin(), taken);
        var items = new ArrayList<Map<String, Object>>();
        for (var id : List.of(fine, also, moved, taken, UUID.randomUUID().toString())) {
            items.add(Map.of("comment", id, "revision", 1, "stateVersion", 0));
        }
        Map<String, Object> request = new HashMap<>(Map.of("items", items, "action", "REJECT", "reason", "ABUSE"));

        request.put("preview", true);
        send(moderator(), "/decisions", request)
                .then()
                .statusCode(200)
                .body("batch", nullValue())
                .body("counts.DECIDED", is(2));
        queue(moderator()).body("items.comment.id", containsInAnyOrder(fine, also, taken));

        request.put("preview", false);
        var done =
                send(moderator(), "/decisions", request)
                        .then()
                        .statusCode(200)
                        .body("results.outcome", contains("DECIDED", "DECIDED", "STALE", "CLAIMED", "NOT_FOUND"))
                        .body("results[2].present.status", is("PUBLISHED"))
                        .body("counts.DECIDED", is(2));
        queue(moderator()).body("items.comment.id", contains(taken));

        send(moderator(), "/decisions/batches/" + done.extract().path("batch") + "/undo", Map.of())
                .then()
                .statusCode(200)
                .body("counts.UNDONE", is(2))
                .body("results.present.stateVersion", contains(2, 2));
        queue(moderator()).body("items.comment.id", containsInAnyOrder(fine, also, taken));
        // Of another site nobody learns anything.
        send(tokens.of(DemoUsers.GAZETTE_SPORT_MODERATOR), "/decisions", request)
                .then()
                .statusCode(200)
                .body("counts.NOT_FOUND", is(5))
                .body("results.present", everyItem(nullValue()));
    }

    @Test
    void many_comments_when_the_request_makes_no_sense_are_left_alone() {
        var held = held();
        var item = Map.of("comment", held, "revision", 1, "stateVersion", 0);
        send(moderator(), "/decisions", Map.of("items", List.of(item), "action", "REJECT")).then().statusCode(400);
        send(moderator(), "/decisions", Map.of("items", List.of(item), "action", "ESCALATE")).then().statusCode(400);
        send(moderator(), "/decisions", Map.of("items", List.of(), "action", "APPROVE")).then().statusCode(400);
        send(moderator(), "/decisions", Map.of("items", List.of(item, item), "action", "APPROVE"))
                .then()
                .statusCode(400);
        queue(moderator()).body("items.comment.id", contains(held));
    }

    @Test
    void the_queue_when_counted_says_how_many_wait_of_each_kind() {
        held();
        held();
        counts(moderator(), "gazette")
                .body("total", is(2))
                .body("byReason.TOXICITY", is(2))
                .body("byLanguage.en", is(2));
        given().auth()
                .oauth2(tokens.of(DemoUsers.GAZETTE_SPORT_MODERATOR))
                .queryParam("category", category)
                .get(STAFF + "/queue/counts")
                .then()
                .statusCode(200)
                .body("total", is(0));
    }

    @Test
    void the_counts_when_something_was_decided_here_tell_of_it_after_a_second_and_until_then_ask_nothing() {
        held();
        held();
        var decided = held();
        var time = new AtomicLong();
        var counts = new QueueCounts(items, context, Clock.systemUTC(), time::get);
        sessions.getStatistics().setStatisticsEnabled(true);
        try {
            assertThat(total(counts, "gazette")).isEqualTo(3);
            decide(moderator(), decided, 0, "APPROVE").then().statusCode(200);

            // Done elsewhere, as far as this replica knows: told of after two seconds.
            time.set(Duration.ofMillis(1999).toNanos());
            assertThat(leastStatements(() -> assertThat(total(counts, "gazette")).isEqualTo(3))).isZero();
            time.set(Duration.ofSeconds(2).toNanos());
            assertThat(total(counts, "gazette")).isEqualTo(2);
            assertThat(total(counts, "herald")).isZero();

            // Done here: after one, however much is done, and at once if the last count is as old as that.
            held();
            time.addAndGet(Duration.ofMillis(999).toNanos());
            counts.touched(new QueueTouched("gazette", UUID.fromString(decided)));
            assertThat(leastStatements(() -> assertThat(total(counts, "gazette")).isEqualTo(2))).isZero();
            time.addAndGet(Duration.ofMillis(1).toNanos());
            assertThat(total(counts, "gazette")).isEqualTo(3);
            assertThat(leastStatements(() -> assertThat(total(counts, "gazette")).isEqualTo(3))).isZero();
            // That was not for the other tenant.
            assertThat(leastStatements(() -> assertThat(total(counts, "herald")).isZero())).isZero();
        } finally {
            sessions.getStatistics().setStatisticsEnabled(false);
        }
    }

    @Test
    void counts_that_take_long_are_told_again_while_they_are_made_anew() throws InterruptedException {
        held();
        var time = new AtomicLong();
        var took = new AtomicLong(Duration.ofMillis(500).toNanos());
        // The one reading of the clock is within a count, which takes that long by the ticker.
        var slow =
                new Clock() {
                    @Override
                    public Instant instant() {
                        time.addAndGet(took.get());
                        return Instant.now();
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                };
        var counts = new QueueCounts(items, context, slow, time::get);
        assertThat(total(counts, "gazette")).isEqualTo(1);
        held();

        // Good for ten times what it took, though something was done here.
        counts.touched(new QueueTouched("gazette", UUID.randomUUID()));
        time.set(Duration.ofMillis(4_999).toNanos());
        assertThat(total(counts, "gazette")).isEqualTo(1);

        // Then told once more, and the next is there soon.
        time.set(Duration.ofMillis(5_000).toNanos());
        assertThat(total(counts, "gazette")).isEqualTo(1);
        await("the next count", () -> total(counts, "gazette") == 2);
        assertThat(total(counts, "herald")).isZero();

        // One that is much older is not told at all; one that was made fast is as good as ever.
        held();
        took.set(0);
        time.addAndGet(Duration.ofSeconds(12).toNanos());
        assertThat(total(counts, "gazette")).isEqualTo(3);
        held();
        time.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(total(counts, "gazette")).isEqualTo(4);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        var until = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting for " + what).isBefore(until);
            Thread.sleep(10);
        }
    }

    @Test
    void ones_own_decision_is_counted_within_a_second() throws InterruptedException {
        held();
        var decided = held();
        counts(moderator(), "gazette").body("total", is(2));
        decide(moderator(), decided, 0, "APPROVE").then().statusCode(200);
        long until = System.nanoTime() + QueueCounts.LEAST.toNanos();
        while (System.nanoTime() < until) {
            Thread.sleep(10);
        }
        given().auth()
                .oauth2(moderator())
                .queryParam("category", category)
                .queryParam("site", "gazette")
                .get(STAFF + "/queue/counts")
                .then()
                .body("total", is(1));
    }

    private long total(QueueCounts counts, String tenant) {
        var filter = new QueueFilter(null, null, null, category, false, QueueOrder.RISK);
        return context.call(tenant, () -> counts.of(filter).total());
    }

    /** How many statements it takes: the least of several times, since jobs may run beside it. */
    private long leastStatements(Runnable work) {
        return LongStream.range(0, 5)
                .map(_ -> {
                    long before = sessions.getStatistics().getPrepareStatementCount();
                    work.run();
                    return sessions.getStatistics().getPrepareStatementCount() - before;
                })
                .min()
                .orElseThrow();
    }

    private ValidatableResponse counts(String token, String site) {
        return given().auth()
                .oauth2(token)
                .queryParam("category", category)
                .queryParam("site", site)
                .get(STAFF + "/queue/counts")
                .then()
                .statusCode(200)
                .body("byCategory", hasEntry(category, 2));
    }

    private String moderator() {
        return tokens.moderatorOf("gazette");
    }

    private String admin() {
        return tokens.adminOf("gazette");
    }

    private String held() {
        return Fixtures.held("gazette", article);
    }

    private ValidatableResponse queue(String token) {
        return given().auth()
                .oauth2(token)
                .queryParam("category", category)
                .get(STAFF + "/queue")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse readers() {
        return given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().statusCode(200);
    }

    /** A comment's entry in the queue. */
    private JsonPath entry(String id) {
        return given().auth()
                .oauth2(moderator())
                .get(STAFF + "/comments/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("queue");
    }

    private static void report(String id, String reason) {
        given().contentType(JSON)
                .body(Map.of("reason", reason))
                .post("/api/v1/sites/gazette/comments/{id}/flags", id)
                .then()
                .statusCode(202);
    }

    private ValidatableResponse claim(String token, String comment) {
        return send(token, "/queue/claims", Map.of("comment", comment)).then().statusCode(201);
    }

    private void release(String token) {
        given().auth().oauth2(token).delete(STAFF + "/queue/claims").then().statusCode(204);
    }

    private Response decide(String token, String id, int version, String action, String... reason) {
        Map<String, Object> body = new HashMap<>(Map.of("revision", 1, "stateVersion", version, "action", action));
        if (reason.length > 0) {
            body.put("reason", reason[0]);
        }
        return send(token, "/comments/" + id + "/decisions", body);
    }

    private Response undo(String token, String decision) {
        return undo(token, decision, "gazette");
    }

    private static Response undo(String token, String decision, String tenant) {
        return given().auth()
                .oauth2(token)
                .contentType(JSON)
                .post("/api/v1/tenants/{t}/decisions/{id}/undo", tenant, decision);
    }

    private static Response send(String token, String path, Object body) {
        return given().auth().oauth2(token).contentType(JSON).body(body).post(STAFF + path);
    }

    private static void lapse(String comment) throws SQLException {
        change(
                "update parley.queue_claim set expires_at = now() - interval '1 second' where comment_id = cast(? as uuid)",
                comment);
    }

    private static void age(String decision, String by) throws SQLException {
        change(
                "update parley.moderation_decision set decided_at = decided_at - interval '"
                        + by
                        + "' where id = cast(? as uuid)",
                decision);
    }

    private static void change(String sql, String id) throws SQLException {
        try (var superuser = PostgresResource.asSuperuser();
                var update = superuser.prepareStatement(sql)) {
            update.setString(1, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
