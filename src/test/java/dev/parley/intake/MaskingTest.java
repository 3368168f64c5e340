package dev.parley.intake;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses and phone numbers in comments, as each tenant wants them treated. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class MaskingTest {

    private static final String ADDRESS = "otter.canary@mail.example";
    private static final String PHONE = "+49 30 7654321";

    private final Tokens tokens = new Tokens();
    private String article;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
    }

    @AfterEach
    void as_at_first() {
        set("gazette", null);
    }

    @Test
    void what_is_masked_is_stored_nowhere_and_the_reader_is_told() throws SQLException {
        var text = Fixtures.calm();

        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(text + " " + ADDRESS + " " + PHONE))
                        .then()
                        .statusCode(201)
                        .body("status", is("PUBLISHED"))
                        .body("masked", is(true))
                        .body("comment.body", is(text + " [email removed] [phone number removed]"))
                        .extract();

        String id = receipt.path("id");
        given().header("Edit-Token", receipt.<String>path("editToken"))
                .contentType(JSON)
                .body(Map.of("body", "Now otter.canary (at) mail (dot) example, please."))
                .patch("/api/v1/sites/gazette/comments/{id}", id)
                .then()
                .statusCode(200)
                .body("masked", is(true))
                .body("comment.body", is("Now [email removed], please."));
        given().header("Edit-Token", receipt.<String>path("editToken"))
                .contentType(JSON)
                .body(Map.of("body", "Now nothing of that kind."))
                .patch("/api/v1/sites/gazette/comments/{id}", id)
                .then()
                .statusCode(200)
                .body("$", not(hasKey("masked")));
        assertThat(stored(id)).doesNotContain("canary").doesNotContain("7654321");
    }

    @Test
    void a_tenant_may_hold_such_comments_as_they_were_written() {
        set("gazette", "HOLD");

        String id =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm() + " " + ADDRESS))
                        .then()
                        .statusCode(201)
                        .body("status", is("HELD"))
                        .body("reasons.code", is(java.util.List.of("PERSONAL_DATA")))
                        .body("$", not(hasKey("masked")))
                        .body("comment.body", endsWith(ADDRESS))
                        .extract()
                        .path("id");

        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .get("/api/v1/tenants/gazette/comments/{id}", id)
                .then()
                .statusCode(200)
                .body("revisions[0].judgement.reasons[0].code", is("PERSONAL_DATA"))
                .body("revisions[0].judgement.reasons[0].detail", not(containsString("canary")));
        // Another tenant's rule is its own.
        Fixtures.submit("herald", "harbour-bridge", Fixtures.comment(Fixtures.calm() + " " + ADDRESS))
                .then()
                .statusCode(201)
                .body("masked", is(true));
    }

    @Test
    void a_tenant_may_leave_them_and_goes_back_to_masking_by_leaving_the_setting_out() {
        set("gazette", "LEAVE");
        Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm() + " " + ADDRESS))
                .then()
                .statusCode(201)
                .body("status", is("PUBLISHED"))
                .body("comment.body", endsWith(ADDRESS));

        set("gazette", null);
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .get("/api/v1/tenants/gazette/settings")
                .then()
                .body("personalData", is("MASK"));
    }

    private void set(String tenant, String rule) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("replyDepth", 3);
        settings.put("editWindowSeconds", 300);
        settings.put("hideWhileEditIsHeld", false);
        if (rule != null) {
            settings.put("personalData", rule);
        }
        given().auth()
                .oauth2(tokens.adminOf(tenant))
                .contentType(JSON)
                .body(settings)
                .put("/api/v1/tenants/{t}/settings", tenant)
                .then()
                .statusCode(200);
    }

    /** All that the tables hold of a comment, as text. */
    private static String stored(String id) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var select =
                        connection.prepareStatement(
                                "select coalesce(string_agg(c::text || r::text, ' '), '') from parley.comment c"
                                        + " join parley.revision r on r.comment_id = c.id where c.id = ?::uuid")) {
            select.setString(1, id);
            try (var rows = select.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).contains("removed");
                return rows.getString(1);
            }
        }
    }
}
