package dev.parley.delivery;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.SmtpResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the submission over a mail that arrives to what its reader does with the link. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(SmtpResource.class)
class MailedLinkTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Tokens TOKENS = new Tokens();

    @Inject Post post;

    private String article;
    private String address;

    @BeforeEach
    void anArticle() throws SQLException {
        SmtpResource.up();
        Fixtures.ensure();
        post.run("delete from mail"); // of the tests before
        article = "linked-" + NUMBER.incrementAndGet();
        address = "linked-reader-" + NUMBER.get() + "@mail.example";
    }

    @Test
    void what_waited_for_the_proof_appears_when_the_mailed_link_is_used_and_not_before() {
        requireProof();
        var first = send(Map.of());
        var second = send(Map.of());
        var impostor = send(Map.of("name", "Impostor"));
        assertThat(List.of(first, second, impostor)).extracting(s -> s.<String>path("status")).containsOnly("HELD");
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(1);
        var link = path(SmtpResource.to(address).getFirst().link());

        for (int i = 0; i < 3; i++) {
            given().get(link).then().statusCode(200); // a scanner
        }
        assertThat(thread().getList("items")).isEmpty();

        given().formParam("mine", author(first), author(second)).post(link).then().statusCode(200);

        assertThat(thread().getList("items.id")).containsExactlyInAnyOrder(first.path("id"), second.path("id"));
        assertThat(thread().getList("items.author.id")).containsOnly(author(first));
        // The proof holds for what comes next from the browsers that are remembered, also of the merged one.
        given().header("Reader-Token", second.<String>path("readerToken"))
                .contentType(JSON)
                .body(fields(Map.of()))
                .post("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(201)
                .body("status", is("PUBLISHED"))
                .body("comment.author.id", is(author(first)));
        // No mail tells of what its reader has just done.
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(1);
    }

    @Test
    void a_link_that_is_asked_for_arrives_where_somebody_wrote_and_nowhere_else() {
        open();
        send(Map.of());
        var stranger = "linked-stranger-" + NUMBER.get() + "@mail.example";
        for (var email : List.of(address, stranger)) {
            given().contentType(JSON)
                    .body(Map.of("site", "gazette", "email", email))
                    .post("/api/v1/me/link")
                    .then()
                    .statusCode(202)
                    .body(is(""));
        }

        post.go("gazette");

        assertThat(SmtpResource.to(stranger)).isEmpty();
        assertThat(SmtpResource.to(address)).hasSize(1);
        var page = given().get(path(SmtpResource.to(address).getFirst().link()));
        page.then().statusCode(200);
        assertThat(Jsoup.parse(page.asString()).select("input[name=mine]")).hasSize(1);
    }

    @Test
    void one_click_in_a_mail_program_ends_the_mails() throws SQLException {
        open();
        var asked = send(Map.of());
        var mail = answered(asked);

        var oneClick = mail.headers("List-Unsubscribe").getFirst().replaceAll("[<>]", "");
        for (int i = 0; i < 2; i++) {
            given().contentType("application/x-www-form-urlencoded")
                    .body("List-Unsubscribe=One-Click")
                    .post(path(oneClick))
                    .then()
                    .statusCode(200);
        }

        var before = SmtpResource.to(address).size();
        answer(asked);
        post.relay("gazette");
        post.makeDue(); // answers that come soon after one another wait to be told together
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(before);
    }

    @Test
    void who_was_erased_by_a_mailed_link_gets_no_mail_that_still_waited() throws SQLException {
        open();
        var asked = send(Map.of());
        prove(asked);
        given().contentType(JSON)
                .body(Map.of("site", "gazette", "email", address))
                .post("/api/v1/me/link")
                .then()
                .statusCode(202);
        post.go("gazette");
        var link = path(SmtpResource.to(address).getLast().link());
        var before = SmtpResource.to(address).size();
        given().get(link + "/export").then().statusCode(200).body("comments.id", is(List.of(asked.<String>path("id"))));
        answer(asked);
        post.relay("gazette");

        given().post(link + "/erase").then().statusCode(200);
        post.makeDue();
        post.go("gazette");

        assertThat(SmtpResource.to(address)).hasSize(before);
        given().get(link).then().statusCode(404);
        // Nor does a link that is asked for now: nobody is known there any more.
        given().contentType(JSON)
                .body(Map.of("site", "gazette", "email", address))
                .post("/api/v1/me/link")
                .then()
                .statusCode(202);
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(before);
    }

    // --- Small things ---

    private void open() {
        Fixtures.article("gazette", "gazette", article, List.of("local"));
    }

    private void requireProof() {
        var id = Fixtures.article("gazette", "gazette", article, List.of("local"));
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(
                        Map.of(
                                "scope",
                                "ARTICLE",
                                "scopeRef",
                                id,
                                "basedOn",
                                0,
                                "reason",
                                "only those whose address is proven",
                                "document",
                                Map.of("requireProof", true)))
                .put("/api/v1/tenants/gazette/policies")
                .then()
                .statusCode(200);
    }

    private Map<String, Object> fields(Map<String, Object> more) {
        var fields = Fixtures.comment(Fixtures.calm());
        fields.put("email", address);
        fields.putAll(more);
        return fields;
    }

    private ExtractableResponse<Response> send(Map<String, Object> more) {
        return Fixtures.submit("gazette", article, fields(more)).then().statusCode(201).extract();
    }

    private void answer(ExtractableResponse<Response> asked) {
        var fields = Fixtures.comment(Fixtures.calm());
        fields.put("parentId", asked.path("id"));
        Fixtures.submit("gazette", article, fields).then().statusCode(201).body("status", is("PUBLISHED"));
    }

    private SmtpResource.Arrived answered(ExtractableResponse<Response> asked) {
        prove(asked);
        answer(asked);
        post.go("gazette");
        return SmtpResource.to(address).getLast();
    }

    /** By the link of a mail, as their reader does it, who asks for mails there. */
    private void prove(ExtractableResponse<Response> sent) {
        given().contentType(JSON)
                .body(Map.of("site", "gazette", "email", address))
                .post("/api/v1/me/link")
                .then()
                .statusCode(202);
        post.go("gazette");
        var link = path(SmtpResource.to(address).getLast().link());
        given().formParam("mine", author(sent)).post(link).then().statusCode(200);
        given().formParam("mails", "on").post(link + "/mails").then().statusCode(200);
    }

    private JsonPath thread() {
        return given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String author(ExtractableResponse<Response> sent) {
        return sent.path("comment.author.id");
    }

    private static String path(String link) {
        return URI.create(link).getPath();
    }
}
