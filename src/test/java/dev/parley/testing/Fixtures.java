package dev.parley.testing;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;

import dev.parley.standalone.DemoUsers;
import io.restassured.RestAssured;
import io.restassured.config.LogConfig;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two tenants with people, sites and articles, made over the API: {@code gazette} (sites {@code gazette} and {@code
 * gazette-sport}) and {@code herald} (site {@code herald}). Made once per database.
 */
public final class Fixtures {

    public static final String INSULT = "You are a stupid idiot and a pathetic liar";

    private static final Tokens TOKENS = new Tokens();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Makes the tenants unless they are there. */
    public static void ensure() {
        // Not set out in lines of its own: that takes as long as the call, and happens to what nobody reads, too.
        RestAssured.config =
                RestAssured.config()
                        .logConfig(
                                LogConfig.logConfig()
                                        .enableLoggingOfRequestAndResponseIfValidationFails()
                                        .enablePrettyPrinting(false));
        var known =
                given().auth()
                        .oauth2(TOKENS.operator())
                        .get("/api/v1/operator/tenants")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("items.id", String.class);
        if (!known.contains("gazette")) {
            tenant("gazette", DemoUsers.GAZETTE_ADMIN);
            site("gazette", "gazette");
            site("gazette", "gazette-sport");
            member("gazette", DemoUsers.GAZETTE_MODERATOR, "MODERATOR", List.of());
            member(
                    "gazette",
                    DemoUsers.GAZETTE_SPORT_MODERATOR,
                    "MODERATOR",
                    List.of(siteId("gazette", "gazette-sport")));
            article("gazette", "gazette", "harbour-bridge", List.of("local"));
            article("gazette", "gazette", "ceasefire-talks", List.of("world"));
            article("gazette", "gazette-sport", "cup-final", List.of("sport"));
            holdFirst("gazette", "world");
        }
        if (!known.contains("herald")) {
            tenant("herald", DemoUsers.HERALD_ADMIN);
            site("herald", "herald");
            member("herald", DemoUsers.HERALD_MODERATOR, "MODERATOR", List.of());
            article("herald", "herald", "harbour-bridge", List.of("local"));
        }
    }

    public static void tenant(String id, DemoUsers admin) {
        given().auth()
                .oauth2(TOKENS.operator())
                .contentType(JSON)
                .body(
                        Map.of(
                                "id",
                                id,
                                "name",
                                "The " + id,
                                "adminSubject",
                                admin.subject(),
                                "adminName",
                                admin.displayName()))
                .post("/api/v1/operator/tenants")
                .then()
                .statusCode(201);
    }

    public static void site(String tenant, String key) {
        given().auth()
                .oauth2(TOKENS.adminOf(tenant))
                .contentType(JSON)
                .body(
                        Map.of(
                                "key",
                                key,
                                "name",
                                "Site " + key,
                                "language",
                                "en",
                                "origins",
                                List.of("https://" + key + ".example")))
                .post("/api/v1/tenants/{t}/sites", tenant)
                .then()
                .statusCode(201);
    }

    public static String siteId(String tenant, String key) {
        return given().auth()
                .oauth2(TOKENS.adminOf(tenant))
                .get("/api/v1/tenants/{t}/sites", tenant)
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.key == '" + key + "' }.id");
    }

    public static String member(String tenant, DemoUsers user, String role, List<String> sites) {
        return given().auth()
                .oauth2(TOKENS.adminOf(tenant))
                .contentType(JSON)
                .body(Map.of("subject", user.subject(), "name", user.displayName(), "role", role, "sites", sites))
                .post("/api/v1/tenants/{t}/members", tenant)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static String article(String tenant, String site, String key, List<String> categories) {
        return given().auth()
                .oauth2(TOKENS.adminOf(tenant))
                .contentType(JSON)
                .body(
                        Map.of(
                                "open",
                                true,
                                "metadata",
                                Map.of(
                                        "url",
                                        "https://" + site + ".example/" + key,
                                        "title",
                                        "About " + key,
                                        "categories",
                                        categories)))
                .put("/api/v1/tenants/{t}/sites/{s}/articles/{a}", tenant, siteId(tenant, site), key)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    /** A fresh article, so that a test counts only its own comments. */
    public static String newArticle(String tenant, String site) {
        var key = "article-" + NUMBER.incrementAndGet();
        article(tenant, site, key, List.of("local"));
        return key;
    }

    public static void holdFirst(String tenant, String category) {
        given().auth()
                .oauth2(TOKENS.adminOf(tenant))
                .contentType(JSON)
                .body(policy("CATEGORY", category, 0, "read before it appears", Map.of("mode", "HOLD_FIRST")))
                .put("/api/v1/tenants/{t}/policies", tenant)
                .then()
                .statusCode(200);
    }

    /** What is sent to save a policy, on top of a version of it. */
    public static Map<String, Object> policy(
            String scope, String ref, int basedOn, String reason, Map<String, Object> document) {
        return Map.of("scope", scope, "scopeRef", ref, "basedOn", basedOn, "reason", reason, "document", document);
    }

    /** A calm text that was not sent before: repeats are held. */
    public static String calm() {
        return "Thank you for this careful report about bridge number " + NUMBER.incrementAndGet() + ".";
    }

    /** A submission as a reader's program sends it; each from a new address. */
    public static Map<String, Object> comment(String body) {
        var fields = new HashMap<String, Object>();
        fields.put("name", "Reader " + NUMBER.incrementAndGet());
        fields.put("email", "reader" + NUMBER.incrementAndGet() + "@mail.example");
        fields.put("body", body);
        return fields;
    }

    public static Response submit(String site, String article, Map<String, Object> fields) {
        return given().contentType(JSON).body(fields).post("/api/v1/sites/{s}/articles/{a}/comments", site, article);
    }

    /** Makes an API key of a name of its own. */
    public static Response apiKey(String tenant, Map<String, Object> more) {
        var body = new HashMap<String, Object>(more);
        body.putIfAbsent("name", "Program " + NUMBER.incrementAndGet());
        return given().auth()
                .oauth2(TOKENS.adminOf(tenant))
                .contentType(JSON)
                .body(body)
                .post("/api/v1/tenants/{t}/api-keys", tenant);
    }

    /** Suggests what a text should have been scored, as clients of Perspective do. */
    public static Response suggest(String key, String text, String attribute, double score) {
        return given().urlEncodingEnabled(false) // the colon of its path stays one
                .queryParam("key", key)
                .contentType(JSON)
                .body(
                        Map.of(
                                "comment",
                                Map.of("text", text),
                                "attributeScores",
                                Map.of(attribute, Map.of("summaryScore", Map.of("value", score)))))
                .post("/v1alpha1/comments:suggestscore");
    }

    /** Id of a new published comment. */
    public static String published(String site, String article, String body) {
        return submit(site, article, comment(body))
                .then()
                .statusCode(201)
                .body("status", org.hamcrest.Matchers.is("PUBLISHED"))
                .extract()
                .path("id");
    }

    /** Id of a new held comment. */
    public static String held(String site, String article) {
        return submit(site, article, comment(INSULT + " " + NUMBER.incrementAndGet()))
                .then()
                .statusCode(201)
                .body("status", org.hamcrest.Matchers.is("HELD"))
                .extract()
                .path("id");
    }

    private Fixtures() {}
}
