package dev.parley.simulation;

import static dev.parley.simulation.TrialTenant.TRIALS;
import static dev.parley.simulation.TrialTenant.admin;
import static dev.parley.simulation.TrialTenant.ask;
import static dev.parley.simulation.TrialTenant.ended;
import static dev.parley.simulation.TrialTenant.limited;
import static dev.parley.simulation.TrialTenant.trial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.parley.tenant.TenantContext;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trials while they run, and who sees them. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class RunningTrialsTest {

    /** Enough for more pages than the first trial is given before it is held up. */
    private static final int COMMENTS = 4 * HeldUpPast.PAGES * HeldUpPast.PAGE;

    /** Publishes nothing. */
    private static final Map<String, Object> DRAFT = Map.of("mode", "HOLD_FIRST", "rules", List.of());

    private record Limited(String scope, String ref, int comments) {}

    @Inject DataSource dataSource;
    @Inject TenantContext context;

    private HeldUpPast past;

    @BeforeEach
    void comments() throws Exception {
        TrialTenant.ensure();
        if (count("comment where tenant_id = 'trials'") < COMMENTS) {
            TrialTenant.write(COMMENTS, new Random(1));
        }
        past = HeldUpPast.install(dataSource, context);
    }

    @AfterEach
    void let_go() throws InterruptedException {
        past.letGo();
    }

    @Test
    void a_trial_tells_how_far_it_is_lets_no_other_one_begin_and_stops_when_it_is_cancelled() throws Exception {
        var id = started();
        awaitProgress(id);
        int done = trial(id).getInt("done");
        assertThat(trial(id).getString("state")).isEqualTo("RUNNING");
        assertThat(trial(id).getInt("total")).isGreaterThan(done);
        ask(admin(), "TENANT", "", DRAFT).then().statusCode(409).body("type", is("/problems/conflict"));
        ask(limited(), "SITE", TrialTenant.site(TrialTenant.SECOND), DRAFT).then().statusCode(409);

        for (int i = 0; i < 2; i++) {
            admin().delete(TRIALS + "/{id}", id).then().statusCode(204);
        }
        past.letGo();

        var cancelled = trial(id);
        assertThat(cancelled.getString("state")).isEqualTo("CANCELLED");
        assertThat(cancelled.getInt("done")).isEqualTo(done);
        assertThat(cancelled.getMap("result")).isNull();
        assertThat(past.pages()).as("it read no further").isEqualTo(HeldUpPast.PAGES + 1);
        for (var action : List.of("SIMULATION_STARTED", "SIMULATION_CANCELLED")) {
            admin().queryParam("action", action)
                    .get(TrialTenant.T + "/audit")
                    .then()
                    .statusCode(200)
                    .body("items.subjectId", hasItem(id));
        }
        assertThat(ended(started()).getString("state")).as("another one may begin").isEqualTo("DONE");
    }

    @Test
    void a_trial_that_told_nothing_for_too_long_has_failed_and_the_next_one_is_not_disturbed_by_it() throws Exception {
        var lost = started();
        awaitProgress(lost);
        sql("update parley.simulation set leased_until = now() - interval '1 second' where id = '" + lost + "'");

        var next = ended(started());

        assertThat(next.getString("state")).isEqualTo("DONE");
        assertThat(trial(lost).getString("state")).isEqualTo("FAILED");
        past.letGo(); // its process lives after all
        assertThat(trial(lost).getString("state")).isEqualTo("FAILED");
        assertThat(trial(lost).getMap("result")).isNull();
        assertThat(past.pages()).isEqualTo(HeldUpPast.PAGES + 1);
        assertThat(trial(next.getString("id")).getMap("")).isEqualTo(next.getMap(""));
    }

    @Test
    void an_admin_of_some_sites_tries_policies_on_their_comments_alone_and_sees_no_other_trial() throws Exception {
        past.letGo();
        var second = TrialTenant.site(TrialTenant.SECOND);
        int theirs = count("comment where tenant_id = 'trials' and site_id = '" + second + "'");
        var everybodys = ended(started());
        assertThat(everybodys.getInt("total")).isGreaterThan(theirs);

        int local = count("comment c join parley.article a on a.id = c.article_id and a.key = 'opera'");
        for (var range :
                List.of(
                        new Limited("TENANT", "", theirs),
                        new Limited("SITE", second, theirs),
                        new Limited("CATEGORY", "local", local))) {
            var id =
                    ask(limited(), range.scope(), range.ref(), DRAFT)
                            .then()
                            .statusCode(202)
                            .extract()
                            .<String>path("id");
            var own = ended(id);

            assertThat(own.getString("state")).isEqualTo("DONE");
            assertThat(own.getInt("total")).as(range.scope()).isEqualTo(range.comments()).isPositive();
            assertThat(own.getInt("done")).isEqualTo(range.comments());
            assertThat(own.getInt("result.after.publish")).isZero();
            assertThat(own.getInt("result.after.hold") + own.getInt("result.after.reject")).isEqualTo(range.comments());
            assertThat(own.getList("result.samples.comment", String.class))
                    .isNotEmpty()
                    .allSatisfy(comment ->
                            assertThat(count("comment where id = '" + comment + "' and site_id = '" + second + "'"))
                                    .isOne());
            limited().get(TRIALS + "/{id}", id).then().statusCode(200).body("state", is("DONE"));
        }

        var first = TrialTenant.site(TrialTenant.FIRST);
        ask(limited(), "SITE", first, DRAFT).then().statusCode(404);
        var article = TrialTenant.article(TrialTenant.FIRST, "harbour", "local");
        ask(limited(), "ARTICLE", article, DRAFT).then().statusCode(404);
        var other = everybodys.getString("id");
        limited().get(TRIALS).then().statusCode(200).body("items.id", not(hasItem(other)));
        limited().get(TRIALS + "/{id}", other).then().statusCode(404);
        limited().delete(TRIALS + "/{id}", other).then().statusCode(404);
    }

    private static String started() {
        return ask(admin(), "TENANT", "", DRAFT).then().statusCode(202).extract().path("id");
    }

    /** Waits until the trial is held up, and has told of what it did till then. */
    private void awaitProgress(String id) {
        var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (past.pages() <= HeldUpPast.PAGES) {
            assertThat(System.nanoTime()).as("waited for a trial to read some pages").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(trial(id).getInt("done")).isPositive();
    }

    private static void sql(String change) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(change)).isOne();
        }
    }

    private static int count(String from) {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from parley." + from)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
