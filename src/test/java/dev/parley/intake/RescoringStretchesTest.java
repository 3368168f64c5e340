package dev.parley.intake;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.scoring.Saboteur;
import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long queues are looked through in stretches, here of two comments; what is due is found wherever it stands. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class RescoringStretchesTest {

    private static final Tokens TOKENS = new Tokens();
    private static final int STRETCH = 2;
    private static final int WAITING = 5;

    @Inject Rescorings rescorings;
    @Inject RescoringRepository repository;
    @Inject ScoringJobs jobs;
    @Inject TenantContext tenants;

    private Saboteur saboteur;
    private String tenant;
    private final List<String> held = new ArrayList<>();

    @BeforeEach
    void five_comments_wait() {
        Fixtures.ensure();
        saboteur = Saboteur.install();
        tenant = "long-" + UUID.randomUUID().toString().substring(0, 8);
        Fixtures.tenant(tenant, DemoUsers.GAZETTE_ADMIN);
        String site =
                admin().body(
                                Map.of(
                                        "key",
                                        tenant,
                                        "name",
                                        tenant,
                                        "language",
                                        "en",
                                        "origins",
                                        List.of("https://long.example")))
                        .post("/api/v1/tenants/{t}/sites", tenant)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        admin().body(Map.of("open", true, "metadata", Map.of("title", "About patience")))
                .put("/api/v1/tenants/{t}/sites/{s}/articles/patience", tenant, site)
                .then()
                .statusCode(200);
        for (int i = 0; i < WAITING; i++) {
            held.add(Fixtures.held(tenant, "patience"));
        }
    }

    @AfterEach
    void heal() {
        saboteur.heal();
    }

    @Test
    void what_is_due_is_found_by_a_later_look_and_what_is_another_tenants_never() throws SQLException {
        var foreign = Fixtures.held("gazette", "harbour-bridge");
        var models = modelsOf(foreign);
        judgedBy("others", foreign);
        assertThat(looks()).as("two, two, one").isEqualTo(3);
        assertThat(list().getList("items")).isEmpty();
        judgedBy("others", held.getLast());

        assertThat(looks()).isEqualTo(3);

        assertThat(list().getMap("items[0]"))
                .containsEntry("scope", "PENDING")
                .containsEntry("state", "RUNNING")
                .containsEntry("total", 1);
        jobs.doWhatIsDue(tenant);
        assertThat(modelsOf(held.getLast())).isEqualTo(models);
        assertThat(modelsOf(foreign)).isEqualTo("others");
        judgedBy(models, foreign);
    }

    @Test
    void what_became_due_behind_the_place_that_was_reached_is_found_after_the_end() throws SQLException {
        assertThat(look()).as("there is more").isTrue();
        judgedBy("others", held.getFirst());

        assertThat(looks()).as("to the end").isEqualTo(2);
        assertThat(list().getList("items")).isEmpty();
        assertThat(looks()).as("from the start").isEqualTo(1);

        assertThat(list().getString("items[0].state")).isEqualTo("RUNNING");
    }

    @Test
    void with_other_models_it_is_looked_from_the_start_at_once() {
        assertThat(look()).isTrue();
        assertThat(look()).isTrue();
        saboteur.renew("8");

        assertThat(look()).isFalse();

        assertThat(list().getMap("items[0]")).containsEntry("state", "RUNNING").containsEntry("total", WAITING);
    }

    @Test
    void a_job_passes_over_what_needs_no_score_and_ends_with_what_it_did() throws SQLException {
        judgedBy("others", held.getLast());
        jobs.doWhatIsDue(tenant); // all is looked at here
        judgedBy("others", held.get(2));
        judgedBy("others", held.getLast());
        looks();

        assertThat(taken()).contains(List.of());
        assertThat(taken()).contains(List.of(UUID.fromString(held.get(2))));
        jobs.doWhatIsDue(tenant);

        assertThat(modelsOf(held.get(2))).isEqualTo(modelsOf(held.getFirst()));
        assertThat(modelsOf(held.getLast())).isEqualTo(modelsOf(held.getFirst()));
        assertThat(list().getMap("items[0]"))
                .containsEntry("state", "DONE")
                .containsEntry("total", 2)
                .containsEntry("done", 2);
        assertThat(taken()).as("there is no job").isEmpty();
    }

    @Test
    void a_job_over_comments_of_which_none_needs_a_score_ends_with_nothing_done() throws SQLException {
        judgedBy("others", held.getFirst());
        looks();
        judgedBy(modelsOf(held.getLast()), held.getFirst());

        for (int i = 0; i < 2; i++) {
            assertThat(taken()).contains(List.of());
        }
        assertThat(taken()).isEmpty();

        assertThat(list().getMap("items[0]"))
                .containsEntry("state", "DONE")
                .containsEntry("total", 0)
                .containsEntry("done", 0);
    }

    @Test
    void what_is_to_be_scored_is_counted_and_of_many_how_many_are_to_be_looked_at() throws SQLException {
        var models = modelsOf(held.getFirst());
        judgedBy("others", held.getFirst());

        for (var scope : List.of(RescoringScope.PENDING, RescoringScope.ALL)) {
            assertThat(counted(scope, models, WAITING + 1)).isEqualTo(1);
            assertThat(counted(scope, models, WAITING)).isEqualTo(1);
            assertThat(counted(scope, models, STRETCH)).as("one, and those after the first two").isEqualTo(4);
            assertThat(counted(scope, "newest", STRETCH)).isEqualTo(WAITING);
        }
        assertThat(counted(RescoringScope.UNSCORED, models, STRETCH)).isZero();
    }

    /** Looks at the next comments; whether none was due, and there are more. */
    private boolean look() {
        return tenants.call(tenant, () -> rescorings.startWhatIsDue(STRETCH));
    }

    /** How many looks it took until something was due or all was seen. */
    private int looks() {
        int looks = 1;
        while (look()) {
            looks++;
        }
        return looks;
    }

    /** What the job gets next. */
    private Optional<List<UUID>> taken() {
        return tenants.call(tenant, () -> rescorings.take(50, STRETCH).map(Rescorings.Turn::next));
    }

    private int counted(RescoringScope scope, String models, int most) {
        return tenants.call(
                tenant,
                () -> QuarkusTransaction.requiringNew().call(() -> repository.count(tenant, scope, models, most)));
    }

    private JsonPath list() {
        return admin().get("/api/v1/tenants/{t}/rescorings", tenant).then().statusCode(200).extract().jsonPath();
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.adminOf("gazette")).contentType(JSON);
    }

    private static void judgedBy(String models, String comment) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var statement =
                        connection.prepareStatement("update revision set models = ? where comment_id = ?::uuid")) {
            statement.setString(1, models);
            statement.setString(2, comment);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static String modelsOf(String comment) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.prepareStatement("select models from revision where comment_id = ?::uuid")) {
            statement.setString(1, comment);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
