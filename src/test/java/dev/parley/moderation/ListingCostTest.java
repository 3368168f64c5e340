package dev.parley.moderation;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the lists of moderators ask of the database: as many questions for many rows as for few. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class ListingCostTest {

    private static final String STAFF = "/api/v1/tenants/gazette";
    private static final int FEW = 2;
    private static final int MANY = 7;

    private final Tokens tokens = new Tokens();

    /** A category that no other test's articles have, and a word that no other test writes. */
    private final String category = "c-" + UUID.randomUUID();

    private final String rare = "plover" + UUID.randomUUID().toString().replaceAll("[^a-z]", "x").substring(0, 8);

    @Inject SessionFactory sessions;
    @Inject Flags flags;
    @Inject Sites sites;
    @Inject TenantContext context;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        sessions.getStatistics().setStatisticsEnabled(true);
    }

    @AfterEach
    void nothing_is_counted_or_claimed_any_more() {
        sessions.getStatistics().setStatisticsEnabled(false);
        List.of(tokens.moderatorOf("gazette"), tokens.adminOf("gazette"))
                .forEach(token -> given().auth().oauth2(token).delete(STAFF + "/queue/claims").then().statusCode(204));
    }

    @Test
    void a_page_of_the_queue_costs_as_many_statements_with_many_reported_items_as_with_few() {
        var reported = new ArrayList<String>();
        for (int i = 1; i <= MANY; i++) {
            var article = "article-" + UUID.randomUUID();
            Fixtures.article("gazette", "gazette", article, List.of(category));
            reported.add(Fixtures.published("gazette", article, Fixtures.calm()));
            for (int network = 1; network <= i; network++) {
                report(reported.getLast(), "192.0." + network + ".7");
            }
        }

        var page = page("/queue?order=oldest&category=" + category, MANY);

        assertThat(page.getList("items.comment.id")).containsExactlyElementsOf(reported);
        assertThat(page.getList("items.article.key", String.class)).hasSize(MANY).doesNotHaveDuplicates();
        for (int i = 0; i < MANY; i++) {
            var item = "items[" + i + "].";
            int reports = i + 1;
            assertThat(page.getString(item + "article.id")).isEqualTo(articleOf(reported.get(i)));
            assertThat(page.getList(item + "flags")).hasSize(reports);
            assertThat(page.getString(item + "reasons[0].detail"))
                    .isEqualTo("reported by %d: OTHER %1$d".formatted(reports));
        }
        assertThat(statements("/queue?category=" + category, MANY))
                .isEqualTo(statements("/queue?category=" + category, FEW));
    }

    @Test
    void a_page_of_found_comments_costs_as_many_statements_with_many_articles_as_with_one() {
        for (int i = 0; i < MANY; i++) {
            Fixtures.published("gazette", Fixtures.newArticle("gazette", "gazette"), Fixtures.calm() + " " + rare);
        }

        var found = page("/comments?q=" + rare, MANY);

        assertThat(found.getList("items.article.key")).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(statements("/comments?q=" + rare, MANY)).isEqualTo(statements("/comments?q=" + rare, FEW));
    }

    @Test
    void a_page_of_commenters_costs_as_many_statements_with_many_as_with_few() {
        var article = Fixtures.newArticle("gazette", "gazette");
        for (int i = 0; i < MANY; i++) {
            var comment = Fixtures.comment(Fixtures.calm());
            comment.put("name", rare + " " + i);
            Fixtures.submit("gazette", article, comment).then().statusCode(201);
        }
        var banned = page("/commenters?q=" + rare, MANY).getString("items[3].id");
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("kind", "BAN", "reason", "the same insult every day"))
                .post(STAFF + "/commenters/{id}/sanctions", banned)
                .then()
                .statusCode(201);

        var found = page("/commenters?q=" + rare, MANY);

        assertThat(found.getList("items.findAll { it.banned }.id")).containsExactly(banned);
        assertThat(statements("/commenters?q=" + rare, MANY)).isEqualTo(statements("/commenters?q=" + rare, FEW));
    }

    /** With so few rows the planner would walk through all of them: it is told not to, and then needs an index. */
    @Test
    void what_stands_around_a_comment_and_who_is_banned_is_found_by_an_index_behind_the_wall() throws SQLException {
        var replies = "select * from comment where tenant_id = 'gazette' and parent_id = :id order by id limit 5";
        var siblings =
                "select * from comment where tenant_id = 'gazette' and article_id = :id and parent_id is null"
                        + " and id < :id order by id desc limit 3";
        var sanctions = "select * from sanction where tenant_id = 'gazette' and commenter_id = :id";
        var shown =
                "select c.* from unnest(cast(array[:id] as uuid[])) p(id) cross join lateral (select * from comment where tenant_id = 'gazette'"
                        + " and parent_id = p.id and (visible_revision is not null or visible_replies > 0)"
                        + " order by id limit 2) c";

        assertThat(plan(shown)).contains("comment_shown_replies").doesNotContain("Sort", "Filter: ((visible");
        assertThat(plan(replies)).contains("comment_by_parent").doesNotContain("Sort");
        assertThat(plan(siblings)).contains("comment_by_article").doesNotContain("Sort");
        assertThat(plan(sanctions)).contains("sanction_by_commenter");
    }

    private static String plan(String query) throws SQLException {
        try (var connection = PostgresResource.asApp();
                var sql = connection.createStatement()) {
            sql.execute("set parley.tenant = 'gazette'");
            sql.execute("set enable_seqscan = off");
            sql.execute("set enable_sort = off");
            sql.execute("set enable_bitmapscan = off");
            var plan = new StringBuilder();
            try (var lines =
                    sql.executeQuery("explain (costs off) " + query.replace(":id", "'" + UUID.randomUUID() + "'"))) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @Test
    void counts_that_members_share_tell_each_what_the_others_work_on() {
        var article = "article-" + UUID.randomUUID();
        Fixtures.article("gazette", "gazette", article, List.of(category));
        for (int i = 0; i < 3; i++) {
            Fixtures.held("gazette", article);
        }
        claim(tokens.moderatorOf("gazette"), 2);
        claim(tokens.adminOf("gazette"), 1);

        // One right after the other, so that the second is answered with what was counted for the first.
        counts(tokens.moderatorOf("gazette")).body("total", is(3)).body("claimedByOthers", is(1));
        counts(tokens.adminOf("gazette")).body("total", is(3)).body("claimedByOthers", is(2));
    }

    private io.restassured.response.ValidatableResponse counts(String token) {
        return given().auth()
                .oauth2(token)
                .queryParam("category", category)
                .get(STAFF + "/queue/counts")
                .then()
                .statusCode(200);
    }

    private void claim(String token, int limit) {
        given().auth()
                .oauth2(token)
                .contentType(JSON)
                .body(Map.of("limit", limit, "filter", Map.of("category", category)))
                .post(STAFF + "/queue/claims")
                .then()
                .statusCode(201)
                .body("items", hasSize(limit));
    }

    private void report(String id, String address) {
        context.call(
                "gazette",
                () ->
                        flags.flag(
                                sites.byKey("gazette"),
                                UUID.fromString(id),
                                FlagReason.OTHER,
                                null,
                                InetAddress.ofLiteral(address)));
    }

    private String articleOf(String comment) {
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .get(STAFF + "/comments/{id}", comment)
                .then()
                .statusCode(200)
                .extract()
                .path("article.id");
    }

    private JsonPath page(String path, int limit) {
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .queryParam("limit", limit)
                .get(STAFF + path)
                .then()
                .statusCode(200)
                .body("items", hasSize(limit))
                .extract()
                .jsonPath();
    }

    /** How many statements such a page takes: the least of several times, since jobs may run beside it. */
    private long statements(String path, int limit) {
        return LongStream.range(0, 5)
                .map(_ -> {
                    long before = sessions.getStatistics().getPrepareStatementCount();
                    page(path, limit);
                    return sessions.getStatistics().getPrepareStatementCount() - before;
                })
                .min()
                .orElseThrow();
    }
}
