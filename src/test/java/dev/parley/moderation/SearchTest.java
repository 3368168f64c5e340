package dev.parley.moderation;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.standalone.DemoUsers;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What moderators find: comments, commenters, what stands around a comment and what happened to it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class SearchTest {

    private static final String STAFF = "/api/v1/tenants/gazette";

    private final Tokens tokens = new Tokens();
    private String article;

    /** A word that no other test writes. */
    private String rare;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
        rare = "heron" + UUID.randomUUID().toString().replaceAll("[^a-z]", "x").substring(0, 8);
    }

    @Test
    void comments_when_looked_for_by_words_are_found_by_all_of_them_in_any_case_newest_first() {
        var first = published("A " + rare + " stood in the shallow water.");
        var second = published("Another " + rare.toUpperCase(java.util.Locale.ROOT) + " flew over the water.");
        published("A swan swam by.");

        find("q", rare + " water").body("items.comment.id", contains(second, first));
        find("q", rare + " flew").body("items.comment.id", contains(second)).body("items[0].body", notNullValue());
        find("q", rare + " submarine").body("items", empty());
        // Signs that mean something to the database mean themselves.
        find("q", rare + " %").body("items", empty());
        find("q", "he_on" + rare.substring(5)).body("items", empty());
    }

    @Test
    void comments_when_looked_for_by_what_became_of_them_are_those() {
        var shown = published("The " + rare + " was standing in the shallow water of the harbour again.");
        var held =
                Fixtures.submit("gazette", article, Fixtures.comment(rare + ", " + Fixtures.INSULT))
                        .path("id")
                        .toString();

        find("q", rare, "status", "HELD").body("items.comment.id", contains(held));
        find("q", rare, "status", "PUBLISHED").body("items.comment.id", contains(shown));
        find("q", rare, "language", "en").body("items", hasSize(2));
        find("q", rare, "site", "gazette", "from", "2020-01-01").body("items", hasSize(2));
        find("q", rare, "to", "2020-01-01").body("items", empty());
        find("q", rare, "spam", "true").body("items", empty());
    }

    @Test
    void comments_when_paged_come_once_each_and_a_cursor_serves_its_own_search_alone() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            written.addFirst(published(rare + " number " + i));
        }
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            var page = cursor == null ? find("q", rare, "limit", "2") : find("q", rare, "limit", "2", "cursor", cursor);
            read.addAll(page.extract().path("items.comment.id"));
            cursor = page.extract().path("cursor");
        } while (cursor != null);
        assertThat(read).isEqualTo(written);

        String other = find("q", rare, "limit", "2").extract().path("cursor");
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .queryParam("q", "number")
                .queryParam("limit", 2)
                .queryParam("cursor", other)
                .get(STAFF + "/comments")
                .then()
                .statusCode(400);
    }

    @Test
    void an_address_when_looked_for_is_found_nowhere() {
        var fields = new HashMap<>(Fixtures.comment(rare + " swims."));
        fields.put("email", rare + "@mail.example");
        fields.put("name", "Somebody calm");
        Fixtures.submit("gazette", article, fields).then().statusCode(201);

        for (var part : List.of(rare + "@mail.example", rare + "@", "@mail.example", "mail.example")) {
            find("q", part).body("items.body", everyItem(org.hamcrest.Matchers.containsString(part)));
            commenters(part).body("items", empty());
        }
    }

    @Test
    void another_tenants_and_another_sites_comments_and_commenters_are_found_by_nobody() {
        var fields = new HashMap<>(Fixtures.comment(rare + " stands."));
        fields.put("name", "Name " + rare);
        Fixtures.submit("gazette", article, fields).then().statusCode(201);

        find("q", rare).body("items", hasSize(1));
        commenters(rare).body("items", hasSize(1)).body("items[0].counts.published", is(1));
        for (var where : List.of("/comments", "/commenters")) {
            given().auth()
                    .oauth2(tokens.moderatorOf("herald"))
                    .queryParam("q", rare)
                    .get("/api/v1/tenants/herald" + where)
                    .then()
                    .statusCode(200)
                    .body("items", empty());
            given().auth()
                    .oauth2(tokens.of(DemoUsers.GAZETTE_SPORT_MODERATOR))
                    .queryParam("q", rare)
                    .get(STAFF + where)
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
    }

    @Test
    void a_comment_in_a_thread_when_looked_around_shows_what_it_answers_and_its_neighbours() {
        var root = published(rare + " root");
        var before = reply(root, "before");
        var middle = reply(root, "middle");
        var after = reply(root, "after");
        var answer = reply(middle, "answer");

        staff("/comments/{id}/context", middle)
                .body("ancestors.id", contains(root))
                .body("before.id", contains(before))
                .body("after.id", contains(after))
                .body("replies.id", contains(answer));
        staff("/comments/{id}/context", answer).body("ancestors.id", contains(root, middle));
        staff("/comments/{id}/context", root)
                .body("ancestors", empty())
                .body("replies.id", contains(before, middle, after));
    }

    @Test
    void the_history_of_a_comment_when_read_tells_who_did_what_in_order() {
        var held = Fixtures.held("gazette", article);
        note(held, "  Is this a quotation?  ")
                .body("text", is("Is this a quotation?"))
                .body("memberName", is("Mo Gazette"));
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("revision", 1, "stateVersion", 0, "action", "REJECT", "reason", "ABUSE"))
                .post(STAFF + "/comments/{id}/decisions", held)
                .then()
                .statusCode(200);

        staff("/comments/{id}/history", held)
                .body("items.kind", contains("SUBMITTED", "JUDGED", "NOTED", "DECIDED"))
                .body("items[0].by.kind", is("reader"))
                .body("items[1].by.kind", is("machine"))
                .body("items[2].detail.text", is("Is this a quotation?"))
                .body("items[3].by.name", is("Mo Gazette"))
                .body("items[3].detail.reason", is("ABUSE"));
        staff("/comments/{id}", held).body("notes.memberName", contains("Mo Gazette"));
    }

    @Test
    void a_note_when_empty_or_too_long_is_refused() {
        var held = Fixtures.held("gazette", article);
        for (var text : List.of("", "   ", "x".repeat(2001))) {
            given().auth()
                    .oauth2(tokens.moderatorOf("gazette"))
                    .contentType(JSON)
                    .body(Map.of("text", text))
                    .post(STAFF + "/comments/{id}/notes", held)
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem("text"));
        }
    }

    @Test
    void a_ban_when_lifted_no_longer_holds_and_stays_in_the_record() {
        var id = published(rare + " was here.");
        String commenter = staff("/comments/{id}", id).extract().path("comment.commenter.id");
        String sanction =
                given().auth()
                        .oauth2(tokens.moderatorOf("gazette"))
                        .contentType(JSON)
                        .body(Map.of("kind", "BAN", "reason", "shouts"))
                        .post(STAFF + "/commenters/{id}/sanctions", commenter)
                        .then()
                        .statusCode(201)
                        .body("liftedAt", nullValue())
                        .extract()
                        .path("id");
        staff("/commenters/{id}", commenter).body("banned", is(true)).body("sanctions.id", contains(sanction));

        for (int i = 0; i < 2; i++) {
            given().auth()
                    .oauth2(tokens.moderatorOf("gazette"))
                    .delete(STAFF + "/commenters/{id}/sanctions/{s}", commenter, sanction)
                    .then()
                    .statusCode(204);
        }

        staff("/commenters/{id}", commenter)
                .body("banned", is(false))
                .body("sanctions[0].liftedAt", notNullValue())
                .body("counts.published", is(1))
                .body("comments.id", contains(id))
                .body("comments[0].article.key", is(article));
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .delete(STAFF + "/commenters/{id}/sanctions/{s}", commenter, UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    private String published(String body) {
        return Fixtures.published("gazette", article, body);
    }

    private String reply(String parent, String body) {
        var fields = Fixtures.comment(rare + " " + body);
        fields.put("parentId", parent);
        return Fixtures.submit("gazette", article, fields).then().statusCode(201).extract().path("id");
    }

    private ValidatableResponse find(String... parameters) {
        Map<String, String> query = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], parameters[i + 1]);
        }
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .queryParams(query)
                .get(STAFF + "/comments")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse commenters(String q) {
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .queryParam("q", q)
                .get(STAFF + "/commenters")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse staff(String path, String id) {
        return given().auth().oauth2(tokens.moderatorOf("gazette")).get(STAFF + path, id).then().statusCode(200);
    }

    private ValidatableResponse note(String id, String text) {
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("text", text))
                .post(STAFF + "/comments/{id}/notes", id)
                .then()
                .statusCode(201);
    }
}
