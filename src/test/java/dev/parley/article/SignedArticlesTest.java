package dev.parley.article;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metadata that a publisher's server signed, carried here by a reader's request. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class SignedArticlesTest {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Tokens tokens = new Tokens();
    private String key;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        key = "signed-" + UUID.randomUUID();
    }

    @Test
    void a_signed_article_is_known_for_certain_and_its_category_steers_the_policy() {
        send("gazette", key, signed("gazette", content(Instant.now(), Map.of("categories", List.of("world")))))
                .then()
                .statusCode(201)
                .body("status", is("HELD"));

        var article = article(key);
        assertThat(article).containsEntry("provisional", false).containsEntry("title", "Signed title");
    }

    @Test
    void newer_metadata_replace_older_ones_and_never_the_other_way_round() {
        var now = Instant.now();
        send("gazette", key, signed("gazette", content(now.minusSeconds(60), Map.of("title", "Old"))))
                .then()
                .statusCode(201);
        send("gazette", key, signed("gazette", content(now, Map.of("title", "New")))).then().statusCode(201);
        send("gazette", key, signed("gazette", content(now.minusSeconds(60), Map.of("title", "Old"))))
                .then()
                .statusCode(201);
        assertThat(article(key)).containsEntry("title", "New");

        // Staff's word counts from when it was given, and whether the article is open stays theirs.
        put(key, "By staff", false);
        send("gazette", key, signed("gazette", content(now, Map.of("title", "Late")))).then().statusCode(409);
        assertThat(article(key)).containsEntry("title", "By staff");
        send("gazette", key, signed("gazette", content(Instant.now().plusSeconds(30), Map.of("title", "Newest"))))
                .then()
                .statusCode(409);
        assertThat(article(key)).containsEntry("title", "Newest").containsEntry("open", false);
    }

    @Test
    void whatever_is_wrong_is_refused_and_changes_nothing() throws Exception {
        var good = content(Instant.now(), Map.of());
        var token = signed("gazette", good);
        int dot = token.indexOf('.');
        var other =
                BASE64URL.encodeToString(
                        new ObjectMapper().writeValueAsBytes(content(Instant.now(), Map.of("title", "X"))));
        for (var bad :
                List.of(
                        "",
                        ".",
                        "nonsense",
                        "a.b",
                        token.substring(0, dot),
                        token.substring(0, dot) + ".",
                        token.substring(0, dot) + "." + "A".repeat(43),
                        other + token.substring(dot),
                        token + "." + token,
                        token.substring(0, dot) + ".%%%",
                        "x".repeat(20_000) + ".x",
                        signedWith("another secret", json(good)),
                        signed("herald", good),
                        sign("gazette", "not json"),
                        sign("gazette", "null"),
                        sign("gazette", "[]"),
                        sign("gazette", json(with(good, "extra", 1))),
                        sign("gazette", json(with(good, "site", "gazette-sport"))),
                        sign("gazette", json(with(good, "article", "another"))),
                        sign("gazette", json(with(good, "issuedAt", null))),
                        sign("gazette", json(with(good, "issuedAt", Instant.now().plusSeconds(600).toString()))),
                        sign("gazette", json(with(good, "url", "https://elsewhere.example/x"))),
                        sign("gazette", json(with(good, "url", "https://gazette.example@evil.example/x"))),
                        sign("gazette", json(with(good, "url", "https:///"))),
                        sign("gazette", json(with(good, "url", null))),
                        sign("gazette", json(with(good, "title", "x".repeat(301)))),
                        sign("gazette", json(with(good, "authors", java.util.Collections.singletonList(null)))))) {
            send("gazette", key, bad)
                    .then()
                    .statusCode(400)
                    .body("type", is("/problems/invalid-input"))
                    .body("errors.field", hasItem("signedArticle"));
        }
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .queryParam("limit", 100)
                .get("/api/v1/tenants/gazette/sites/{s}/articles", Fixtures.siteId("gazette", "gazette"))
                .then()
                .body("items.key", not(hasItem(key)));
    }

    @Test
    void the_secret_before_is_good_until_the_next_rotation() {
        var first = secret("gazette");
        var second = rotate();
        assertThat(second).isNotEqualTo(first).isEqualTo(secret("gazette"));
        send("gazette", key, signedWith(first, json(content(Instant.now(), Map.of())))).then().statusCode(201);
        send("gazette", key, signedWith(second, json(content(Instant.now(), Map.of())))).then().statusCode(201);

        var third = rotate();
        send("gazette", key, signedWith(first, json(content(Instant.now(), Map.of())))).then().statusCode(400);
        send("gazette", key, signedWith(second, json(content(Instant.now(), Map.of())))).then().statusCode(201);
        send("gazette", key, signedWith(third, json(content(Instant.now(), Map.of())))).then().statusCode(201);
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .queryParam("action", "SITE_SECRET_ROTATED")
                .get("/api/v1/tenants/gazette/audit")
                .then()
                .body("items.size()", org.hamcrest.Matchers.greaterThanOrEqualTo(2))
                .body("items[0].subjectId", is(Fixtures.siteId("gazette", "gazette")));
    }

    @Test
    void each_site_has_its_own_secret_and_only_admins_see_it() {
        assertThat(List.of(secret("gazette"), secret("gazette-sport"))).doesNotHaveDuplicates();
        var site = Fixtures.siteId("gazette", "gazette");
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .get("/api/v1/tenants/gazette/sites/{s}/secret", site)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(tokens.adminOf("herald"))
                .get("/api/v1/tenants/herald/sites/{s}/secret", site)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .get("/api/v1/tenants/gazette/sites/{s}/secret", site)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store");
    }

    // --- What a publisher's server does ---

    private Map<String, Object> content(Instant issuedAt, Map<String, Object> more) {
        var content = new HashMap<String, Object>();
        content.put("site", "gazette");
        content.put("article", key);
        content.put("url", "https://gazette.example/" + key);
        content.put("title", "Signed title");
        content.put("authors", List.of("Ann Keller"));
        content.put("categories", List.of("local"));
        content.put("publishedAt", "2026-01-02T03:04:05Z");
        content.put("issuedAt", issuedAt.toString());
        content.putAll(more);
        return content;
    }

    private String signed(String site, Map<String, Object> content) {
        return sign(site, json(content));
    }

    private String sign(String site, String json) {
        return signedWith(secret(site), json);
    }

    private static String signedWith(String secret, String json) {
        try {
            var payload = BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return payload + "." + BASE64URL.encodeToString(mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(Map<String, Object> content) {
        try {
            return new ObjectMapper().writeValueAsString(content);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> with(Map<String, Object> content, String field, Object value) {
        var changed = new HashMap<>(content);
        changed.put(field, value);
        return changed;
    }

    // --- Calls ---

    private static Response send(String site, String key, String signed) {
        var fields = Fixtures.comment(Fixtures.calm());
        fields.put("signedArticle", signed);
        return Fixtures.submit(site, key, fields);
    }

    private String secret(String site) {
        var tenant = site.startsWith("gazette") ? "gazette" : "herald";
        return given().auth()
                .oauth2(tokens.adminOf(tenant))
                .get("/api/v1/tenants/{t}/sites/{s}/secret", tenant, Fixtures.siteId(tenant, site))
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
    }

    private String rotate() {
        return given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .post("/api/v1/tenants/gazette/sites/{s}/secret/rotations", Fixtures.siteId("gazette", "gazette"))
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
    }

    private void put(String article, String title, boolean open) {
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("open", open, "metadata", Map.of("title", title)))
                .put("/api/v1/tenants/gazette/sites/{s}/articles/{a}", Fixtures.siteId("gazette", "gazette"), article)
                .then()
                .statusCode(200);
    }

    private Map<String, Object> article(String article) {
        return given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .queryParam("limit", 100)
                .get("/api/v1/tenants/gazette/sites/{s}/articles", Fixtures.siteId("gazette", "gazette"))
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.key == '" + article + "' }");
    }
}
