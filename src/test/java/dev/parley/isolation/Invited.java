package dev.parley.isolation;

import static io.restassured.RestAssured.given;

import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An open invitation of a tenant, kept beside its {@link World}.
 *
 * @param secret what stands behind the dot of its mailed token
 */
record Invited(String id, String secret) {

    private static final Map<String, Invited> BY_TENANT = new ConcurrentHashMap<>();
    private static final Map<String, Invited> BY_MEMBER = new ConcurrentHashMap<>();

    /** Sees to it that the world with this member has one. */
    static void beside(String tenant, String member) {
        BY_MEMBER.put(
                member,
                BY_TENANT.compute(
                        tenant, (_, known) -> known == null || !isOpen(tenant, known) ? made(tenant) : known));
    }

    /** That of a world; one that nothing bears for the unknown one. */
    static Invited of(World world) {
        return BY_MEMBER.computeIfAbsent(
                world.member(), _ -> new Invited(UUID.randomUUID().toString(), "N".repeat(42) + "A"));
    }

    static Map<String, Object> fields() {
        return Map.of(
                "email",
                "invited-" + UUID.randomUUID() + "@mail.example",
                "name",
                "Somebody " + World.NEEDLE,
                "role",
                "MODERATOR");
    }

    private static Invited made(String tenant) {
        String id =
                given().auth()
                        .oauth2(new Tokens().adminOf(tenant))
                        .contentType("application/json")
                        .body(fields())
                        .post("/api/v1/tenants/{t}/invitations", tenant)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        var secret = new byte[32];
        new java.util.Random().nextBytes(secret);
        try (var connection = PostgresResource.asSuperuser();
                var plant =
                        connection.prepareStatement(
                                "update parley.invitation set hash = sha256(?) where id = cast(? as uuid)")) {
            plant.setBytes(1, secret);
            plant.setString(2, id);
            plant.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Invited(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    private static boolean isOpen(String tenant, Invited known) {
        String token = tenant + "." + known.secret;
        return given().get("/api/v1/invitations/{t}", token).statusCode() == 200;
    }
}
