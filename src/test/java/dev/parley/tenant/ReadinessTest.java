package dev.parley.tenant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Migrate;
import dev.parley.testing.LostDatabase;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Who is not ready gets no requests, and who is ready again gets them without anybody's doing (ADR 17). */
@QuarkusTest
@WithTestResource(LostDatabase.class)
class ReadinessTest {

    private static final String SHORT = "short";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject Flyway flyway;

    @Test
    void an_application_when_its_database_is_away_is_not_ready_and_is_again_when_it_is_back() throws Exception {
        awaitReadiness(200);

        LostDatabase.goAway();
        Response away;
        try {
            away = awaitReadiness(503);
            assertThat(given().get("/q/health/live").statusCode()).as("the process works").isEqualTo(200);
        } finally {
            LostDatabase.comeBack();
        }

        assertThat(away.jsonPath().getList("checks.findAll { it.status == 'DOWN' }.name", String.class))
                .containsExactly("Database connections health check");
        assertThat(away.asString()).as("no address of the database, no role").doesNotContain("jdbc:", "parley_app");
        awaitReadiness(200);
    }

    @Test
    void a_release_when_one_of_its_migrations_is_missing_is_not_ready_until_it_is_applied() throws SQLException {
        LostDatabase.drop(SHORT);
        var owner =
                Migrate.prepare(Flyway.configure())
                        .dataSource(
                                PostgresResource.url(SHORT),
                                "parley_owner",
                                PostgresResource.properties().get("parley.database.owner-password"))
                        .locations("classpath:db/migration");
        var app =
                Flyway.configure()
                        .dataSource(
                                PostgresResource.url(SHORT),
                                "parley_app",
                                PostgresResource.properties().get("parley.database.app-password"))
                        .locations("classpath:db/migration")
                        .load();
        var health = new SchemaHealth(app, false);
        try {
            assertThat(health.call().getStatus()).as("nothing was applied").isEqualTo(Status.DOWN);

            var all = List.of(owner.load().info().all());
            owner.target(all.get(all.size() - 2).getVersion()).load().migrate();
            assertThat(health.call().getStatus()).as("the last one is missing").isEqualTo(Status.DOWN);

            owner.target("latest").load().migrate();
            assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        } finally {
            LostDatabase.drop(SHORT);
        }
    }

    @Test
    void a_start_that_migrates_waits_for_locks_no_longer_than_the_command_does() {
        assertThat(flyway.getConfiguration().getInitSql()).isEqualTo("set lock_timeout = '2000ms'");
    }

    private static Response awaitReadiness(int status) throws InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        var answer = given().get("/q/health/ready");
        while (answer.statusCode() != status) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError("Readiness did not become " + status + ": " + answer.asString());
            }
            Thread.sleep(100);
            answer = given().get("/q/health/ready");
        }
        return answer;
    }
}
