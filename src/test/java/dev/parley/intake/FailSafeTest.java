package dev.parley.intake;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.Saboteur;
import dev.parley.scoring.Score;
import dev.parley.scoring.Scores;
import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import dev.parley.text.Normaliser;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens while the scorer fails, and what is made good afterwards. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class FailSafeTest {

    private static final String T = "fail-safe";
    private static final String JOBS = "/api/v1/tenants/fail-safe/rescorings";
    private static final Duration DEADLINE = Duration.ofSeconds(2); // of tests, in application.properties
    private static final Tokens TOKENS = new Tokens();
    private static final String ADMIN = "gazette"; // whose admin and moderator are this tenant's too

    /** Calls that the breaker looks back on. */
    private static final int WELL = 10;

    @Inject GuardedScorers scorers;
    @Inject Rescorings rescorings;
    @Inject RescoringWork work;
    @Inject RescoringRounds rounds;
    @Inject TenantContext tenants;

    private Saboteur saboteur;
    private String article;

    @BeforeEach
    void sabotage() {
        Fixtures.ensure();
        if (given().auth().oauth2(TOKENS.adminOf(ADMIN)).get(JOBS).statusCode() == 404) {
            Fixtures.tenant(T, DemoUsers.GAZETTE_ADMIN);
            given().auth()
                    .oauth2(TOKENS.adminOf(ADMIN))
                    .contentType(JSON)
                    .body(Map.of("key", T, "name", T, "language", "en", "origins", List.of("https://safe.example")))
                    .post("/api/v1/tenants/{t}/sites", T)
                    .then()
                    .statusCode(201);
            given().auth()
                    .oauth2(TOKENS.adminOf(ADMIN))
                    .contentType(JSON)
                    .body(Map.of("subject", DemoUsers.GAZETTE_MODERATOR.subject(), "name", "M", "role", "MODERATOR"))
                    .post("/api/v1/tenants/{t}/members", T)
                    .then()
                    .statusCode(201);
        }
        article = "fail-safe-" + UUID.randomUUID();
        given().auth()
                .oauth2(TOKENS.adminOf(ADMIN))
                .contentType(JSON)
                .body(Map.of("open", true, "metadata", Map.of("title", "About failing safely")))
                .put(
                        "/api/v1/tenants/{t}/sites/{s}/articles/{a}",
                        T,
                        given().auth()
                                .oauth2(TOKENS.adminOf(ADMIN))
                                .get("/api/v1/tenants/{t}/sites", T)
                                .<String>path("items[0].id"),
                        article)
                .then()
                .statusCode(200);
        saboteur = Saboteur.install();
        for (int i = 0; i < WELL; i++) { // so that the breaker looks back on nothing but successes
            scorers.score("Thank you.", Normaliser.normalise("Thank you."), "en");
        }
    }

    @AfterEach
    void recovered() {
        heal();
        await("threads to come back", () -> scorers.lateThreads() == 0);
        work();
    }

    // --- While it fails ---

    @Test
    void a_scorer_that_hangs_holds_comments_and_nobody_up_and_what_was_held_is_judged_once_it_is_back()
            throws Exception {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 11; i++) {
            texts.add(Fixtures.calm());
        }
        texts.add(Fixtures.INSULT + " " + UUID.randomUUID());
        saboteur.hangAlways();

        var ids = submitAll(texts);

        assertThat(scorers.works()).isFalse();
        assertThat(saboteur.calls() - WELL).isLessThanOrEqualTo(20);
        List.of(ids.getFirst(), ids.getLast()).forEach(FailSafeTest::mustBeHeldUnscored);
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'Scoring' }.data.breaker", is("OPEN"))
                .body("checks.find { it.name == 'Scoring' }.data.lateThreads", not(is(0)));

        // Open: nobody waits any more, and the scorer is left alone.
        int before = saboteur.calls();
        for (int i = 0; i < 5; i++) {
            var text = Fixtures.calm();
            var asked = System.nanoTime();
            ids.add(id(submit(text).then().statusCode(201).body("status", is("HELD"))));
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(DEADLINE);
            texts.add(text);
        }
        assertThat(saboteur.calls()).isEqualTo(before);
        assertThat(jobs().getString("breaker")).isEqualTo("OPEN");
        assertThat(jobs().getInt("unscored")).isEqualTo(17);

        heal();
        rounds.go(); // which recovery wakes, before its minute is over

        for (int i = 0; i < texts.size(); i++) {
            boolean insult = texts.get(i).startsWith(Fixtures.INSULT);
            var record = record(ids.get(i));
            assertThat(record.getString("comment.status")).as(texts.get(i)).isEqualTo(insult ? "HELD" : "PUBLISHED");
            assertThat(record.getInt("comment.stateVersion")).isEqualTo(1);
            assertThat(record.getString("revisions[0].judgement.outcome")).isEqualTo(insult ? "HOLD" : "PUBLISH");
            assertThat(record.getMap("revisions[0].scores.byAttribute")).containsKey("toxicity");
            assertThat(decided(ids.get(i))).as("entries: when it came, and now").isEqualTo(2);
            assertThat(events(ids.get(i))).isEqualTo(2);
        }
        var held = queued(ids.get(11));
        assertThat(held.getList("reasons.code")).contains("TOXICITY").doesNotContain("UNSCORED");
        assertThat(held.getDouble("risk")).isGreaterThan(.6);
        assertThat(record(ids.get(11)).getList("statements.reasons.code.flatten()")).contains("REVIEW", "TOXICITY");
        given().get("/api/v1/sites/{s}/articles/{a}/comments", T, article).then().body("count", is(16));
        var job = jobs();
        assertThat(job.getInt("unscored")).isZero();
        assertThat(job.getMap("items[0]"))
                .containsEntry("scope", "UNSCORED")
                .containsEntry("state", "DONE")
                .containsEntry("requestedBy", "parley")
                .containsEntry("total", 17)
                .containsEntry("done", 17)
                .containsEntry("failed", 0);
    }

    @Test
    void a_scorer_that_throws_opens_the_breaker_within_twenty_calls_and_nothing_is_approved() {
        saboteur.failAlways();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 21; i++) {
            ids.add(
                    id(
                            submit(Fixtures.calm())
                                    .then()
                                    .statusCode(201)
                                    .body("status", is("HELD"))
                                    .body("reasons.code", contains("REVIEW"))));
        }

        assertThat(scorers.works()).isFalse();
        assertThat(saboteur.calls() - WELL).isLessThanOrEqualTo(20);
        List.of(ids.getFirst(), ids.getLast()).forEach(FailSafeTest::mustBeHeldUnscored);
        scorers.probe();
        assertThat(scorers.works()).as("probed in vain").isFalse();
        assertThat(inTenant(work::batch)).as("the background does not begin").isFalse();
    }

    @Test
    void without_models_comments_are_held_and_a_job_that_is_asked_for_waits_for_them() {
        saboteur.loseModels();
        var id = id(submit(Fixtures.calm()).then().statusCode(201).body("status", is("HELD")));
        mustBeHeldUnscored(id);
        var job = start("UNSCORED").then().statusCode(202).body("modelVersions", anEmptyMap()).body("total", is(1));
        assertThat(inTenant(work::batch)).isFalse();

        heal();
        work();

        given().auth()
                .oauth2(TOKENS.adminOf(ADMIN))
                .get(JOBS + "/" + id(job))
                .then()
                .statusCode(200)
                .body("state", is("DONE"))
                .body("done", is(1))
                .body("modelVersions", hasKey("en/toxicity"))
                .body("finishedAt", notNullValue());
        assertThat(status(id)).isEqualTo("PUBLISHED");
    }

    @Test
    void a_tenant_that_chose_so_publishes_without_a_score_and_the_score_moves_nothing_later() {
        inForce(Map.of("holdUnscored", false)).body("document.holdUnscored", is(false));
        saboteur.failAlways();
        var id = id(submit(Fixtures.INSULT).then().statusCode(201).body("status", is("PUBLISHED")));

        heal();
        work();

        var record = record(id);
        assertThat(record.getString("comment.status")).isEqualTo("PUBLISHED");
        assertThat(record.getInt("comment.stateVersion")).isZero();
        assertThat(record.getDouble("revisions[0].scores.byAttribute.toxicity.value")).isGreaterThan(.6);
    }

    // --- Afterwards ---

    @Test
    void rules_decide_on_what_is_judged_again_as_soon_as_they_know_its_scores() {
        saboteur.failAlways();
        var calm = id(submit(Fixtures.calm()).then().statusCode(201));
        var rude = id(submit(Fixtures.INSULT + " " + UUID.randomUUID()).then().statusCode(201));
        var source = id(submit(Fixtures.calm() + " https://paper.example/a").then().statusCode(201));
        inForce(
                Map.of(
                        "rules",
                        List.of(
                                Map.of("name", "Rude", "when", "scores.insult > 0.5", "then", "REJECT"),
                                Map.of(
                                        "name",
                                        "Source",
                                        "when",
                                        "signals.links == 1 && scores.spam < 2.0",
                                        "then",
                                        "PUBLISH"))));
        var late = id(submit(Fixtures.calm()).then().statusCode(201).body("status", is("HELD")));
        assertThat(record(late).getList("revisions[0].judgement.reasons.code"))
                .as("what can't be decided without scores")
                .containsOnly("UNSCORED", "RULE");

        heal();
        work();

        assertThat(status(calm)).isEqualTo("PUBLISHED");
        assertThat(status(late)).isEqualTo("PUBLISHED");
        assertThat(status(source)).isEqualTo("PUBLISHED");
        assertThat(record(source).getList("revisions[0].judgement.reasons.detail")).containsExactly("rule “Source”");
        assertThat(status(rude)).isEqualTo("REJECTED");
        assertThat(record(rude).getList("revisions[0].judgement.reasons.detail")).contains("rule “Rude”");
    }

    @Test
    void whom_a_moderator_decided_on_is_not_moved_be_it_in_the_very_moment_of_scoring() {
        saboteur.failAlways();
        var approvedText = Fixtures.INSULT + " " + UUID.randomUUID();
        var racedText = Fixtures.calm();
        var approved = id(submit(approvedText));
        var raced = id(submit(racedText));
        heal();
        decide(approved, "APPROVE").then().statusCode(200);
        saboteur.before(text -> {
            if (text.equals(racedText) && saboteur.calls(racedText) == 2) {
                decide(raced, "REJECT").then().statusCode(200);
            }
        });

        work();

        assertThat(status(approved)).isEqualTo("PUBLISHED");
        assertThat(status(raced)).isEqualTo("REJECTED");
        for (var id : List.of(approved, raced)) {
            var record = record(id);
            assertThat(record.getInt("comment.stateVersion")).isEqualTo(1);
            assertThat(record.getMap("revisions[0].scores.byAttribute")).containsKey("toxicity");
            assertThat(record.getList("revisions[0].judgement.reasons.code")).contains("UNSCORED");
            assertThat(decided(id)).isEqualTo(1);
        }
        assertThat(saboteur.calls(racedText)).as("as it came, raced, and once more").isEqualTo(3);
    }

    @Test
    void what_its_commenter_changes_or_takes_back_meanwhile_is_left_alone() {
        saboteur.failAlways();
        var text = Fixtures.calm();
        var sent = submit(text);
        var gone = submit(Fixtures.calm());
        heal();
        given().header("Edit-Token", gone.<String>path("editToken"))
                .delete("/api/v1/sites/{s}/comments/{id}", T, id(gone))
                .then()
                .statusCode(204);
        saboteur.before(scored -> {
            if (scored.equals(text)) {
                given().header("Edit-Token", sent.<String>path("editToken"))
                        .contentType(JSON)
                        .body(Map.of("body", Fixtures.INSULT))
                        .patch("/api/v1/sites/{s}/comments/{id}", T, id(sent))
                        .then()
                        .statusCode(200)
                        .body("status", is("HELD"));
            }
        });

        work();

        var record = record(id(sent));
        assertThat(record.getString("comment.status")).isEqualTo("HELD");
        assertThat(record.getString("revisions[0].scores")).isNull();
        assertThat(record.getList("revisions[1].judgement.reasons.code")).contains("TOXICITY");
        assertThat(record(id(gone)).getString("revisions[0].scores")).isNull();
    }

    @Test
    void a_job_whose_process_was_killed_is_gone_on_with_and_nothing_is_done_twice() throws SQLException {
        var ids = heldUnscored(5);
        var job = id(start("UNSCORED").then().statusCode(202).body("total", is(5)));
        assertThat(inTenant(() -> work.batch(2))).isTrue();
        assertThat(job(job).getInt("done")).isEqualTo(2);

        // Somebody else has it, and has it still when they stop; then their time is over.
        sql("update rescoring set worker = gen_random_uuid(), leased_until = now() + interval '1 minute'", job);
        assertThat(inTenant(() -> work.batch(2))).isFalse();
        assertThat(job(job).getInt("done")).isEqualTo(2);
        sql("update rescoring set leased_until = now() - interval '1 second'", job);
        // Taken away between the score and what is made of it: nothing of it is kept.
        saboteur.before(text -> {
            if (text.contains("bridge number")) {
                take(job);
            }
        });
        assertThat(inTenant(() -> work.batch(2))).isFalse();
        assertThat(job(job).getInt("done")).isEqualTo(2);
        heal();
        sql("update rescoring set leased_until = now() - interval '1 second'", job);
        work();

        assertThat(job(job).getString("state")).isEqualTo("DONE");
        assertThat(job(job).getInt("done")).isEqualTo(5);
        for (var id : ids) {
            assertThat(status(id)).isEqualTo("PUBLISHED");
            assertThat(record(id).getInt("comment.stateVersion")).isEqualTo(1);
            assertThat(decided(id)).isEqualTo(2);
            assertThat(events(id)).isEqualTo(2);
        }
        given().get("/api/v1/sites/{s}/articles/{a}/comments", T, article).then().body("count", is(5));
    }

    @Test
    void a_comment_that_cannot_be_scored_is_given_up_and_the_others_go_on() {
        saboteur.failAlways();
        var texts =
                List.of(Fixtures.calm(), "poison " + Fixtures.calm(), "molasses " + Fixtures.calm(), Fixtures.calm());
        var ids = texts.stream().map(text -> id(submit(text))).toList();
        heal();
        saboteur.hangOn("molasses"); // past the deadline of the background
        var poison = texts.get(1);
        saboteur.beforeAlso(text -> {
            if (text.equals(poison)) {
                throw new IllegalStateException("poison");
            }
        });
        var job = id(start("UNSCORED").then().statusCode(202).body("total", is(4)));

        work();

        assertThat(job(job).getMap(""))
                .containsEntry("state", "DONE")
                .containsEntry("done", 2)
                .containsEntry("failed", 2)
                .containsEntry("failures", List.of(ids.get(1), ids.get(2)));
        assertThat(ids.stream().map(FailSafeTest::status)).containsExactly("PUBLISHED", "HELD", "HELD", "PUBLISHED");
        assertThat(saboteur.calls(poison)).as("as it came, and five tries").isEqualTo(6);
        assertThat(saboteur.calls(texts.get(2))).as("as it came, and one try: it costs a thread").isEqualTo(2);
        assertThat(scorers.works()).as("readers are not held up by it").isTrue();
        inTenant(() -> {
            rescorings.startWhatIsDue();
            return true;
        });
        assertThat(jobs().getList("items.id")).as("not begun again by itself").first().isEqualTo(job);

        heal();
        start("UNSCORED").then().statusCode(202).body("total", is(2));
        work();

        assertThat(ids.stream().map(FailSafeTest::status)).containsOnly("PUBLISHED");
    }

    @Test
    void with_newer_models_what_waits_is_weighed_again_by_itself_and_the_rest_when_it_is_asked_for() {
        var held = Fixtures.held(T, article);
        var published = id(submit(Fixtures.calm()).then().body("status", is("PUBLISHED")));
        var reasons = queued(held).getList("reasons.code");
        saboteur.renew("9");
        saboteur.after(scores -> with(scores, .123, "9"));

        inTenant(() -> {
            rescorings.startWhatIsDue();
            return true;
        });
        work();

        var item = queued(held);
        assertThat(item.getDouble("risk")).isEqualTo(.123);
        assertThat(item.getList("reasons.code")).isEqualTo(reasons);
        assertThat(item.getString("written.scores.byAttribute.toxicity.modelVersion")).isEqualTo("9");
        assertThat(item.getInt("comment.stateVersion")).isZero();
        assertThat(jobs().getMap("items[0]"))
                .containsEntry("scope", "PENDING")
                .containsEntry("state", "DONE")
                .containsEntry("requestedBy", "parley");
        assertThat(jobs().getString("items[0].modelVersions.'en/toxicity'")).isEqualTo("9");
        assertThat(record(published).getString("revisions[0].scores.byAttribute.toxicity.modelVersion"))
                .isNotEqualTo("9");

        saboteur.after(scores -> with(scores, .999, "9"));
        var job = id(start("ALL").then().statusCode(202));
        work();

        assertThat(job(job).getString("state")).isEqualTo("DONE");
        var record = record(published);
        assertThat(record.getDouble("revisions[0].scores.byAttribute.toxicity.value")).isEqualTo(.999);
        assertThat(record.getString("comment.status"))
                .as("scores move nothing that is published")
                .isEqualTo("PUBLISHED");
        assertThat(record.getInt("comment.stateVersion")).isZero();
        start("ALL").then().statusCode(202).body("total", is(0)).body("state", is("DONE"));
    }

    @Test
    void admins_ask_for_jobs_and_stop_them_and_nobody_else_does() {
        heldUnscored(3);
        for (var call :
                List.<Callable<Response>>of(
                        () -> asModerator().get(JOBS),
                        () -> asModerator().contentType(JSON).body(Map.of("scope", "ALL")).post(JOBS),
                        () -> asModerator().get(JOBS + "/" + UUID.randomUUID()),
                        () -> asModerator().delete(JOBS + "/" + UUID.randomUUID()))) {
            answer(call).then().statusCode(403);
        }
        given().get(JOBS).then().statusCode(401);
        start("EVERYTHING").then().statusCode(400);
        given().auth().oauth2(TOKENS.adminOf(ADMIN)).contentType(JSON).body("{}").post(JOBS).then().statusCode(400);
        given().auth().oauth2(TOKENS.adminOf(ADMIN)).get(JOBS + "/" + UUID.randomUUID()).then().statusCode(404);

        var job = id(start("UNSCORED").then().statusCode(202).body("state", is("RUNNING")));
        start("UNSCORED").then().statusCode(202).body("id", is(job));
        start("ALL").then().statusCode(409).body("type", is("/problems/conflict"));
        given().auth().oauth2(TOKENS.adminOf("herald")).get(JOBS + "/" + job).then().statusCode(404);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .get("/api/v1/tenants/gazette/rescorings/" + job)
                .then()
                .statusCode(404);
        assertThat(inTenant(() -> work.batch(1))).isTrue();
        for (int i = 0; i < 2; i++) {
            given().auth().oauth2(TOKENS.adminOf(ADMIN)).delete(JOBS + "/" + job).then().statusCode(204);
        }
        assertThat(job(job).getMap("")).containsEntry("state", "CANCELLED").containsEntry("done", 1);
        assertThat(inTenant(work::batch)).isFalse();
        assertThat(jobs().getInt("unscored")).isEqualTo(2);
        for (var action : List.of("RESCORING_STARTED", "RESCORING_CANCELLED")) {
            given().auth()
                    .oauth2(TOKENS.adminOf(ADMIN))
                    .queryParam("action", action)
                    .get("/api/v1/tenants/{t}/audit", T)
                    .then()
                    .body("items.subjectId", hasItem(job));
        }
    }

    // --- What is kept per revision ---

    @Test
    void staff_see_which_words_made_each_score_where_they_stand_in_the_text() {
        var body = "\uD83D\uDE00\uD83D\uDC4D\uD83C\uDFFD Well. You are a s.t.u.p.i.d idiot and a pathetic liar";
        var id = id(submit(body).then().statusCode(201).body("status", is("HELD")));

        for (var place : List.of("queue", "record")) {
            var written = place.equals("queue") ? queued(id).getMap("written") : record(id).getMap("revisions[0]");
            assertThat(written).containsEntry("body", body).containsEntry("number", 1);
            Map<?, ?> scores = (Map<?, ?>) ((Map<?, ?>) written.get("scores")).get("byAttribute");
            assertThat(scores).isNotEmpty();
            scores.forEach((attribute, value) -> {
                var score = (Map<?, ?>) value;
                assertThat(score.get("attribute")).isEqualTo(attribute);
                assertThat(((Number) score.get("value")).doubleValue()).isBetween(0., 1.);
                assertThat((String) score.get("modelVersion")).isNotBlank();
            });
            var words = new ArrayList<String>();
            for (var span : (List<?>) ((Map<?, ?>) scores.get("toxicity")).get("spans")) {
                var at = (Map<?, ?>) span;
                words.add(body.substring((int) at.get("start"), (int) at.get("end")));
                assertThat(((Number) at.get("contribution")).doubleValue()).isPositive();
            }
            assertThat(words).contains("idiot", "s.t.u.p.i.d");
            assertThat(List.of(body.split(" "))).as("whole words of the original").containsAll(words);
        }
    }

    // --- Small things ---

    private void heal() {
        saboteur.heal();
        await(
                "the breaker to close",
                () -> {
                    scorers.probe();
                    return scorers.works();
                });
    }

    /** Does all that is due in the tenant. */
    private void work() {
        inTenant(() -> {
            rescorings.startWhatIsDue();
            boolean more = true;
            while (more) {
                more = work.batch();
            }
            return true;
        });
    }

    private boolean inTenant(BooleanSupplier what) {
        return tenants.call(T, what::getAsBoolean);
    }

    private List<String> heldUnscored(int count) {
        saboteur.failAlways();
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(id(submit(Fixtures.calm()).then().statusCode(201)));
        }
        heal();
        return ids;
    }

    private static void mustBeHeldUnscored(String id) {
        var record = record(id);
        assertThat(record.getString("comment.status")).isEqualTo("HELD");
        assertThat(record.getString("visibleRevision")).isNull();
        assertThat(record.getString("revisions[0].scores")).isNull();
        assertThat(queued(id).getList("reasons.code")).isEqualTo(List.of("UNSCORED"));
    }

    private List<String> submitAll(List<String> texts) throws Exception {
        var ids = new ArrayList<String>();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> sent = new ArrayList<>();
            for (var text : texts) {
                sent.add(each.submit(() -> id(submit(text).then().statusCode(201).body("status", is("HELD")))));
            }
            for (var one : sent) {
                ids.add(one.get());
            }
        }
        return ids;
    }

    private Response submit(String text) {
        return Fixtures.submit(T, article, Fixtures.comment(text));
    }

    /** Sets the policy of the article. */
    private io.restassured.response.ValidatableResponse inForce(Map<String, Object> document) {
        return given().auth()
                .oauth2(TOKENS.adminOf(ADMIN))
                .contentType(JSON)
                .body(
                        Map.of(
                                "scope",
                                "ARTICLE",
                                "scopeRef",
                                articleId(),
                                "basedOn",
                                0,
                                "reason",
                                "a quiz",
                                "document",
                                document))
                .put("/api/v1/tenants/{t}/policies", T)
                .then()
                .statusCode(200);
    }

    private static String id(Response response) {
        return response.then().extract().path("id");
    }

    private static String id(io.restassured.response.ValidatableResponse response) {
        return response.extract().path("id");
    }

    private static Response start(String scope) {
        return given().auth().oauth2(TOKENS.adminOf(ADMIN)).contentType(JSON).body(Map.of("scope", scope)).post(JOBS);
    }

    private static io.restassured.specification.RequestSpecification asModerator() {
        return given().auth().oauth2(TOKENS.moderatorOf(ADMIN));
    }

    private static Response answer(Callable<Response> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response decide(String id, String action) {
        Map<String, Object> body = new HashMap<>(Map.of("revision", 1, "stateVersion", 0, "action", action));
        if (action.equals("REJECT")) {
            body.put("reason", "ABUSE");
        }
        return asModerator().contentType(JSON).body(body).post("/api/v1/tenants/{t}/comments/{id}/decisions", T, id);
    }

    private static JsonPath jobs() {
        return given().auth().oauth2(TOKENS.adminOf(ADMIN)).get(JOBS).then().statusCode(200).extract().jsonPath();
    }

    private static JsonPath job(String id) {
        return given().auth()
                .oauth2(TOKENS.adminOf(ADMIN))
                .get(JOBS + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath record(String id) {
        return asModerator()
                .get("/api/v1/tenants/{t}/comments/{id}", T, id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String status(String id) {
        return record(id).getString("comment.status");
    }

    /** The item of the queue of this comment. */
    private static JsonPath queued(String id) {
        String cursor = null;
        do {
            var request = asModerator().queryParam("limit", 100);
            var page =
                    (cursor == null ? request : request.queryParam("cursor", cursor))
                            .get("/api/v1/tenants/{t}/queue", T)
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            int at = page.getList("items.comment.id").indexOf(id);
            if (at >= 0) {
                return page.setRootPath("items[" + at + "]");
            }
            cursor = page.getString("cursor");
        } while (cursor != null);
        throw new AssertionError("Not in the queue: " + id);
    }

    private static int decided(String id) {
        return count("audit_entry where subject_id = '" + id + "' and action = 'COMMENT_DECIDED'");
    }

    private static int events(String id) {
        return count("outbox_event where subject_id = '" + id + "' and type in ('CommentHeld', 'CommentPublished')");
    }

    private static int count(String what) {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + what)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void take(String job) {
        try {
            sql("update rescoring set worker = gen_random_uuid(), leased_until = now() + interval '1 minute'", job);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sql(String update, String job) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(update + " where id = '" + job + "'")).isEqualTo(1);
        }
    }

    private String articleId() {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from article where key = '" + article + "'")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Scores with(Scores scores, double toxicity, String version) {
        return new Scores(
                scores.language(),
                scores.scored(),
                Map.of("toxicity", new Score("toxicity", toxicity, version, List.of())));
    }

    private static void await(String what, BooleanSupplier condition) {
        var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("Waited in vain for " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
