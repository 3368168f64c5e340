package dev.parley.isolation;

import static io.restassured.RestAssured.given;

import dev.parley.testing.Fixtures;
import dev.parley.testing.Tokens;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a program of a tenant's has.
 *
 * @param id of its API key
 * @param key the key itself
 * @param label one that came by it
 */
record Program(String id, String key, String label) {

    private static final Map<String, Program> MADE = new ConcurrentHashMap<>();

    /** With a key that is good, the same as before if it still is. */
    static Program of(String tenant) {
        var program =
                MADE.compute(tenant, (_, known) -> known == null || !isGood(tenant, known) ? made(tenant) : known);
        for (int i = 0; i < 2; i++) { // so that there is a second page
            Fixtures.suggest(program.key, World.NEEDLE + " " + Fixtures.calm(), "TOXICITY", 0).then().statusCode(200);
        }
        String label =
                given().auth()
                        .oauth2(new Tokens().adminOf(tenant))
                        .get("/api/v1/tenants/{t}/labels", tenant)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items[0].id");
        return new Program(program.id, program.key, label);
    }

    static Program unknown() {
        return new Program(
                UUID.randomUUID().toString(),
                "parley_" + "a".repeat(16) + "_" + "B".repeat(43),
                UUID.randomUUID().toString());
    }

    static Program none() {
        return new Program(UUID.randomUUID().toString(), "", UUID.randomUUID().toString());
    }

    private static Program made(String tenant) {
        var made = Fixtures.apiKey(tenant, Map.of("perMinute", 6000)).then().statusCode(201).extract();
        return new Program(made.path("apiKey.id"), made.path("key"), "");
    }

    private static boolean isGood(String tenant, Program known) {
        return given().header("X-Api-Key", known.key)
                        .contentType("application/json")
                        .body(Map.of("texts", java.util.List.of(Map.of("text", "fine"))))
                        .post("/api/v1/tenants/{t}/scores", tenant)
                        .statusCode()
                == 200;
    }
}
