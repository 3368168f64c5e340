package dev.parley.intake;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.Saboteur;
import dev.parley.scoring.ScoringConfig;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Measures what a failing scorer costs, and prints it. No test: it is run by its name, on a machine that does nothing
 * else: {@code mvn test -Dtest=FailSafeFigures -Dparley.scoring.deadline=250ms -Dfigures.comments=10000}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class FailSafeFigures {

    private static final int COMMENTS = Integer.getInteger("figures.comments", 10_000);
    private static final int POSTS = Integer.getInteger("figures.posts", 2_000);
    private static final Tokens TOKENS = new Tokens();

    @Inject GuardedScorers scorers;
    @Inject ScoringConfig config;
    @Inject RescoringWork work;
    @Inject TenantContext tenants;

    private Saboteur saboteur;

    @BeforeEach
    void sabotage() {
        Fixtures.ensure();
        saboteur = Saboteur.install();
    }

    @AfterEach
    void heal() {
        saboteur.heal();
        while (!scorers.works()) {
            scorers.probe();
        }
    }

    @Test
    void how_long_readers_wait_while_the_scorer_hangs() {
        var article = Fixtures.newArticle("gazette", "gazette");
        times(article, POSTS / 2); // warm
        var well = times(article, POSTS);
        saboteur.hangAlways();
        var hanging = times(article, POSTS);

        System.out.printf(
                "Fail-safe: deadline %d ms, %d posts each: p50 %.1f, p99 %.1f, max %.1f ms; scorer hanging: p50 %.1f,"
                        + " p99 %.1f, max %.1f ms; %d calls reached it%n",
                config.deadline().toMillis(),
                POSTS,
                at(well, .5),
                at(well, .99),
                at(well, 1),
                at(hanging, .5),
                at(hanging, .99),
                at(hanging, 1),
                saboteur.calls() - POSTS * 3 / 2);
        assertThat(scorers.works()).isFalse();
    }

    @Test
    void how_long_it_takes_to_score_many_again() throws Exception {
        var article = Fixtures.newArticle("gazette", "gazette");
        saboteur.failAlways();
        try (var each = Executors.newFixedThreadPool(8)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < COMMENTS; i++) {
                var text = i % 10 == 0 ? Fixtures.INSULT + " " + UUID.randomUUID() : Fixtures.calm().repeat(4);
                sent.add(
                        each.submit(() ->
                                Fixtures.submit("gazette", article, Fixtures.comment(text)).then().statusCode(201)));
            }
            for (var one : sent) {
                one.get();
            }
        }
        heal();
        String job =
                given().auth()
                        .oauth2(TOKENS.adminOf("gazette"))
                        .contentType(JSON)
                        .body(Map.of("scope", "UNSCORED"))
                        .post("/api/v1/tenants/gazette/rescorings")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        var began = System.nanoTime();
        tenants.run(
                "gazette",
                () -> {
                    boolean more = true;
                    while (more) {
                        more = work.batch();
                    }
                });
        var took = Duration.ofNanos(System.nanoTime() - began);

        var done =
                given().auth()
                        .oauth2(TOKENS.adminOf("gazette"))
                        .get("/api/v1/tenants/gazette/rescorings/" + job)
                        .jsonPath();
        System.out.printf(
                "Fail-safe: %d comments scored and decided again in %.1f s, %.0f a second; state %s, failed %d%n",
                done.getInt("done"),
                took.toMillis() / 1000.0,
                done.getInt("done") * 1000.0 / took.toMillis(),
                done.getString("state"),
                done.getInt("failed"));
        assertThat(done.getInt("done")).isGreaterThanOrEqualTo(COMMENTS);
    }

    private static List<Double> times(String article, int posts) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            var fields = Fixtures.comment(Fixtures.calm());
            var began = System.nanoTime();
            Fixtures.submit("gazette", article, fields).then().statusCode(201);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        Collections.sort(millis);
        return millis;
    }

    private static double at(List<Double> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(quantile * sorted.size()) - 1));
    }
}
