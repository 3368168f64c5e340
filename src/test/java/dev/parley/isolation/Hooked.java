package dev.parley.isolation;

import static io.restassured.RestAssured.given;

import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A webhook of a tenant for one of its sites, with two deliveries that were given up.
 *
 * @param cursor of its log
 */
record Hooked(String webhook, String delivery, String cursor) {

    /** In place of those of earlier worlds: a tenant can have ten. */
    static Hooked of(String tenant, String siteId) {
        sql("delete from parley.webhook where tenant_id = ?", tenant);
        var tokens = new Tokens();
        String webhook =
                given().auth()
                        .oauth2(tokens.adminOf(tenant))
                        .contentType("application/json")
                        .body(
                                Map.of(
                                        "address",
                                        "https://hooks.example/" + World.NEEDLE,
                                        "events",
                                        List.of("comment.flagged"),
                                        "sites",
                                        List.of(siteId)))
                        .post("/api/v1/tenants/{t}/webhooks", tenant)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("webhook.id");
        var delivery = UUID.randomUUID().toString();
        for (var id : List.of(delivery, UUID.randomUUID().toString())) {
            sql(
                    "insert into parley.webhook_delivery (tenant_id, id, webhook_id, event_id, type, subject_id, version,"
                            + " payload, state, created_at, due_at, give_up_at, ended_at)"
                            + " values (?, cast(? as uuid), cast(? as uuid), cast(? as uuid), 'comment.flagged',"
                            + " cast(? as uuid), 0, '{}', 'DEAD', now(), now(), now(), now())",
                    tenant,
                    id,
                    webhook,
                    id,
                    id);
        }
        return new Hooked(
                webhook,
                delivery,
                given().auth()
                        .oauth2(tokens.adminOf(tenant))
                        .queryParam("limit", 1)
                        .get("/api/v1/tenants/{t}/webhooks/{w}/deliveries", tenant, webhook)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("cursor"));
    }

    private static void sql(String sql, String... values) {
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
