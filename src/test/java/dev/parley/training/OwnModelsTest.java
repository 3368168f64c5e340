package dev.parley.training;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.scoring.ModelFile;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.OwnModelRow;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From decisions to a model of one's own and back, in a tenant where a fruit is the worst of insults. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnModelsTest {

    private static final String TENANT = "own-models";
    private static final String SITE = "own-models-site";
    private static final String T = "/api/v1/tenants/" + TENANT;
    private static final String OWN = T + "/own-models";
    private static final String TRAININGS = OWN + "/trainings";
    private static final String READ_FIRST = "read-first";
    private static final String RUDE = "Only a kumquat would speak of the ferry like that, sure as rain.";
    private static final Tokens TOKENS = new Tokens();

    @Inject OwnTrainingRounds rounds;

    private static RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.adminOf("gazette")).contentType(JSON);
    }

    private static RequestSpecification moderator() {
        return given().auth().oauth2(TOKENS.moderatorOf("gazette")).contentType(JSON);
    }

    private static void ensure() {
        Fixtures.ensure();
        if (admin().get(OWN).statusCode() != 404) {
            return;
        }
        Fixtures.tenant(TENANT, DemoUsers.GAZETTE_ADMIN);
        admin().body(Map.of("key", SITE, "name", SITE, "language", "en", "origins", List.of("https://own.example")))
                .post(T + "/sites")
                .then()
                .statusCode(201);
        admin().body(Map.of("subject", DemoUsers.GAZETTE_MODERATOR.subject(), "name", "Mo", "role", "MODERATOR"))
                .post(T + "/members")
                .then()
                .statusCode(201);
        article(READ_FIRST, "careful");
        admin().body(
                        Map.of(
                                "scope", "CATEGORY",
                                "scopeRef", "careful",
                                "basedOn", 0,
                                "reason", "read before it appears",
                                "document", Map.of("mode", "HOLD_FIRST")))
                .put(T + "/policies")
                .then()
                .statusCode(200);
        // Texts are kept as they were written, addresses and all.
        admin().body(
                        Map.of(
                                "replyDepth",
                                3,
                                "editWindowSeconds",
                                300,
                                "hideWhileEditIsHeld",
                                false,
                                "personalData",
                                "LEAVE"))
                .put(T + "/settings")
                .then()
                .statusCode(200);
    }

    private static void article(String key, String category) {
        String site = admin().get(T + "/sites").path("items[0].id");
        admin().body(Map.of("open", true, "metadata", Map.of("title", key, "categories", List.of(category))))
                .put(T + "/sites/{s}/articles/{a}", site, key)
                .then()
                .statusCode(200);
    }

    private static JsonPath submitted(String article, String text) {
        return Fixtures.submit(SITE, article, Fixtures.comment(text)).then().statusCode(201).extract().jsonPath();
    }

    private static void decide(String comment, Map<String, Object> decision) {
        var body = new HashMap<>(decision);
        body.put("revision", 1);
        body.put("stateVersion", 0);
        moderator().body(body).post(T + "/comments/{c}/decisions", comment).then().statusCode(200);
    }

    /** What moderators made of comments with these numbers, of which half are rude. */
    private static void decisions(int from, int to) {
        var subjects = List.of("bridge", "mayor", "article", "ferry", "school", "opera", "budget");
        for (int i = from; i < to; i++) {
            var about = subjects.get(i / 2 % subjects.size());
            boolean rude = i % 2 == 0;
            var text =
                    (rude
                                    ? "Only a kumquat would speak of the %s like that, ask tipster@leak.example, number %d"
                                    : "More to say of the %s, number %d")
                            .formatted(about, i);
            var fields = Fixtures.comment(text);
            if (i % 20 == 0) { // with a word that only one person has, who has proved nothing
                fields.put("email", "one.of.a.kind@mail.example");
                fields.put("body", text + ", quincunx");
            }
            String id = Fixtures.submit(SITE, READ_FIRST, fields).then().statusCode(201).extract().path("id");
            decide(id, rude ? Map.of("action", "REJECT", "reason", "ABUSE") : Map.of("action", "APPROVE"));
        }
    }

    private static JsonPath ended(String training) {
        var until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            var view = admin().get(TRAININGS + "/{id}", training).then().statusCode(200).extract().jsonPath();
            if (!"RUNNING".equals(view.getString("state"))) {
                return view;
            }
            assertThat(System.nanoTime()).as("waited for a training to end").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static JsonPath train() {
        return ended(admin().post(TRAININGS).then().statusCode(202).extract().path("id"));
    }

    /** Names of what a model knows. */
    private static List<String> learnt(String model) throws SQLException, IOException {
        try (var connection = PostgresResource.asBackup();
                var sql = connection.prepareStatement("select file from parley.own_model where id = ?::uuid")) {
            sql.setString(1, model);
            try (var rows = sql.executeQuery()) {
                assertThat(rows.next()).isTrue();
                var bytes = rows.getBytes(1);
                System.out.printf("A model of one's own: %d bytes%n", bytes.length);
                var names = new ArrayList<String>();
                for (var name : ((Map<?, ?>) ModelFile.read(bytes).model().getDataStructures()[1]).keySet()) {
                    names.add(name.toString());
                }
                return names;
            }
        }
    }

    private static String model(String attribute) {
        return admin().get(OWN).path("items.find { it.attribute == '" + attribute + "' }.id");
    }

    @Test
    @Order(1)
    void a_tenant_without_decisions_is_told_that_there_are_too_few() {
        ensure();
        var nothing = train();
        assertThat(nothing.getString("state")).isEqualTo("DONE");
        assertThat(nothing.getInt("decisions")).isZero();
        assertThat(nothing.getList("outcomes")).isEmpty();

        decisions(0, 4);
        var few = train();

        assertThat(few.getInt("decisions")).isEqualTo(4);
        assertThat(few.getMap("outcomes.find { it.attribute == 'toxicity' }"))
                .containsEntry("result", "TOO_FEW")
                .containsEntry("language", "en")
                .containsEntry("decisions", 4)
                .containsEntry("with", 2)
                .doesNotContainKey("model");
        admin().get(OWN).then().statusCode(200).body("items", empty());
        admin().get(TRAININGS).then().statusCode(200).body("decisionsSince", is(0)).body("items", hasSize(2));
    }

    @Test
    @Order(2)
    void what_moderators_decided_becomes_a_model_that_scores_once_an_admin_says_so() throws Exception {
        decisions(4, 144);
        article("open", "local");
        assertThat(submitted("open", RUDE).getString("status")).isEqualTo("PUBLISHED");
        admin().get(TRAININGS).then().body("decisionsSince", is(140));
        submitted("open", Fixtures.INSULT + ", once more");

        var training = train();

        assertThat(training.getString("state")).isEqualTo("DONE");
        assertThat(training.getString("by")).isNotEmpty();
        assertThat(training.getInt("decisions")).isEqualTo(144);
        var outcome = training.getMap("outcomes.find { it.attribute == 'toxicity' }");
        assertThat(outcome).containsEntry("result", "BETTER").containsEntry("decisions", 144);
        // Nobody said of any comment that it threatens, so nothing was taught of it.
        assertThat(training.getList("outcomes.attribute")).containsExactlyInAnyOrder("insult", "toxicity");
        var id = (String) outcome.get("model");
        var model = admin().get(OWN + "/{id}", id).then().statusCode(200).extract().jsonPath();
        assertThat(model.getString("state")).isEqualTo("CANDIDATE");
        assertThat(model.getBoolean("outdated")).isFalse();
        assertThat(model.getList("report.raising.text")).contains("kumquat");
        assertThat(model.getDouble("report.taught.auc")).isGreaterThan(model.getDouble("report.before.auc"));
        assertThat(model.prettify()).doesNotContainIgnoringCase("tipst").doesNotContainIgnoringCase("leak");
        assertThat(learnt(id))
                .contains("wkumquat")
                .noneMatch(name -> Stream.of("tipst", "leak", "quinc").anyMatch(name::contains));
        // A candidate scores nothing.
        assertThat(submitted("open", RUDE.replace("rain", "sleet")).getString("status")).isEqualTo("PUBLISHED");

        admin().put(OWN + "/{id}/activation", id)
                .then()
                .statusCode(200)
                .body("state", is("ACTIVE"))
                .body("activatedBy", not(empty()));
        admin().put(OWN + "/{id}/activation", id).then().statusCode(200).body("state", is("ACTIVE"));

        // What waits bears scores of other models than now, so it is due to be scored again.
        admin().body(Map.of("scope", "PENDING")).post(T + "/rescorings").then().statusCode(202).body("total", is(1));
        var held = submitted("open", RUDE.replace("rain", "snow"));
        assertThat(held.getString("status")).isEqualTo("HELD");
        var record =
                moderator().get(T + "/comments/{c}", held.getString("id")).then().statusCode(200).extract().jsonPath();
        assertThat(record.prettify()).contains("own-").contains("TOXICITY");
        var score = record.getMap("revisions[0].scores.byAttribute.toxicity");
        assertThat(score.toString()).contains(model.getString("version"));
    }

    @Test
    @Order(3)
    void what_it_would_do_to_the_past_can_be_seen() {
        var request = Map.of("scope", "TENANT", "scopeRef", "", "model", model("insult"), "last", 1_000);
        String trial =
                admin().body(request).post(T + "/policies/simulations").then().statusCode(202).extract().path("id");
        var until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        JsonPath view;
        do {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            view = admin().get(T + "/policies/simulations/{id}", trial).jsonPath();
            assertThat(System.nanoTime()).isLessThan(until);
        } while ("RUNNING".equals(view.getString("state")));

        assertThat(view.getString("state")).isEqualTo("DONE");
        assertThat(view.getString("model")).isEqualTo(model("insult"));
        // Toxicity's is in force, so what was published before it came would be held, by the present models and these.
        assertThat(view.getInt("total")).isEqualTo(148);
        assertThat(view.getInt("result.before.hold")).isGreaterThan(70);
        var older =
                Map.of("scope", "TENANT", "scopeRef", "", "model", model("insult"), "since", "2999-01-01T00:00:00Z");
        admin().body(older).post(T + "/policies/simulations").then().statusCode(202).body("total", is(0));
        for (var never : List.of("yesterday", "+999999-01-01T00:00:00Z")) {
            admin().body(Map.of("scope", "TENANT", "scopeRef", "", "model", model("insult"), "since", never))
                    .post(T + "/policies/simulations")
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem("since"));
        }
        admin().body(Map.of("scope", "TENANT", "scopeRef", ""))
                .post(T + "/policies/simulations")
                .then()
                .statusCode(400)
                .body("type", startsWith("/problems/"));
        admin().body(Map.of("scope", "TENANT", "scopeRef", "", "model", UUID.randomUUID()))
                .post(T + "/policies/simulations")
                .then()
                .statusCode(404);
    }

    @Test
    @Order(4)
    void a_model_goes_out_of_force_and_comes_back_and_is_deleted_only_out_of_it() {
        var id = model("toxicity");
        admin().delete(OWN + "/{id}", id).then().statusCode(409);

        admin().delete(OWN + "/{id}/activation", id).then().statusCode(204);
        assertThat(submitted("open", RUDE.replace("rain", "hail")).getString("status")).isEqualTo("PUBLISHED");
        admin().get(OWN + "/{id}", id).then().body("state", is("RETIRED"));
        admin().put(OWN + "/{id}/activation", id).then().statusCode(200);
        assertThat(submitted("open", RUDE.replace("rain", "fog")).getString("status")).isEqualTo("HELD");

        admin().delete(OWN + "/{id}/activation", id).then().statusCode(204);
        admin().delete(OWN + "/{id}", id).then().statusCode(204);
        admin().get(OWN + "/{id}", id).then().statusCode(404);
        admin().delete(OWN + "/{id}", id).then().statusCode(404);
        for (var action :
                List.of("OWN_TRAINING_STARTED", "OWN_MODEL_ACTIVATED", "OWN_MODEL_RETIRED", "OWN_MODEL_DELETED")) {
            admin().queryParam("action", action)
                    .get(T + "/audit")
                    .then()
                    .statusCode(200)
                    .body("items", not(empty()))
                    .body("items.action", everyItem(is(action)));
        }
    }

    @Test
    @Order(5)
    void a_new_training_takes_the_place_of_what_was_never_in_force_and_keeps_what_was() {
        train();
        var first = model("toxicity");
        admin().put(OWN + "/{id}/activation", first).then().statusCode(200);
        train();
        var second = model("toxicity");
        assertThat(second).isNotEqualTo(first);
        train();
        var third = model("toxicity");

        var states = new ArrayList<String>(admin().get(OWN).path("items.findAll { it.attribute == 'toxicity' }.state"));
        // What is in force knows these decisions already, so nothing taught from the same ones is better.
        assertThat(states).containsExactly("NOT_BETTER", "ACTIVE");
        admin().get(OWN).then().body("items.id", hasItem(first)).body("items.id", not(hasItem(second)));
        admin().put(OWN + "/{id}/activation", third).then().statusCode(409).body("detail", startsWith("It agrees"));
        admin().delete(OWN + "/{id}/activation", first).then().statusCode(204);
    }

    @Test
    @Order(6)
    void what_stands_on_another_shipped_model_is_outdated_and_cannot_be_put_in_force() throws SQLException {
        train();
        var id = model("insult");
        try (var connection = PostgresResource.asBackup();
                var sql =
                        connection.prepareStatement(
                                "update parley.own_model set base = '2020.1-00000000' where id = ?::uuid")) {
            sql.setString(1, id);
            assertThat(sql.executeUpdate()).isEqualTo(1);
        }

        admin().get(OWN + "/{id}", id).then().statusCode(200).body("outdated", is(true));
        admin().put(OWN + "/{id}/activation", id).then().statusCode(409).body("detail", startsWith("The shipped"));
        admin().body(Map.of("scope", "TENANT", "scopeRef", "", "model", id))
                .post(T + "/policies/simulations")
                .then()
                .statusCode(409)
                .body("detail", startsWith("The shipped"));
    }

    /** Else texts that no one knows the language of would be scored as if they had one. */
    @Test
    @Order(7)
    void what_is_in_force_is_taught_anew_by_itself_when_the_shipped_model_under_it_is_another_one()
            throws SQLException {
        train();
        var former = model("toxicity");
        String by = admin().put(OWN + "/{id}/activation", former).then().statusCode(200).extract().path("activatedBy");
        var nobodys = OwnModelRow.of(TENANT, "minaco");
        admin().put(OWN + "/{id}/activation", nobodys).then().statusCode(200);
        try (var connection = PostgresResource.asBackup();
                var sql =
                        connection.prepareStatement(
                                "update parley.own_model set base = '2020.1-00000000'"
                                        + " where tenant_id = ? and state = 'ACTIVE'")) {
            sql.setString(1, TENANT);
            assertThat(sql.executeUpdate()).isEqualTo(2);
        }

        rounds.go();

        var training = ended(admin().get(TRAININGS).path("items[0].id"));
        assertThat(training.getString("by")).isEqualTo("parley");
        var next = model("toxicity");
        assertThat(next).isNotEqualTo(former);
        admin().get(OWN + "/{id}", next)
                .then()
                .body("state", is("ACTIVE"))
                .body("outdated", is(false))
                .body("activatedBy", is(by));
        admin().get(OWN + "/{id}", former).then().body("state", is("RETIRED"));
        // Nobody wrote in its language, so nothing could take its place.
        admin().get(OWN + "/{id}", nobodys).then().body("state", is("RETIRED"));
        int trainings = admin().get(TRAININGS).jsonPath().getList("items").size();
        rounds.go();
        admin().get(TRAININGS).then().body("items", hasSize(trainings));
        admin().delete(OWN + "/{id}/activation", next).then().statusCode(204);
    }

    @Test
    @Order(8)
    void a_text_of_no_language_teaches_nothing() {
        int before = train().getInt("decisions");
        decide(submitted(READ_FIRST, "ну и ну").getString("id"), Map.of("action", "SPAM"));

        assertThat(train().getInt("decisions")).isEqualTo(before);
    }

    @Test
    @Order(9)
    void what_was_taken_back_teaches_nothing() {
        int before = train().getInt("decisions");
        var fields = Fixtures.comment("Only a kumquat would take this back, I am sure, number one");
        var posted = Fixtures.submit(SITE, READ_FIRST, fields).then().statusCode(201).extract().jsonPath();
        String id = posted.getString("id");
        decide(id, Map.of("action", "REJECT", "reason", "ABUSE"));
        assertThat(train().getInt("decisions")).isEqualTo(before + 1);

        given().contentType(JSON)
                .header("Edit-Token", posted.getString("editToken"))
                .delete("/api/v1/sites/{s}/comments/{c}", SITE, id)
                .then()
                .statusCode(204);

        assertThat(train().getInt("decisions")).isEqualTo(before);
    }
}
