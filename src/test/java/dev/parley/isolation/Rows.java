package dev.parley.isolation;

import dev.parley.isolation.Row.Call;
import dev.parley.isolation.Row.Who;
import dev.parley.testing.Fixtures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Every operation of Parley. An operation of the OpenAPI document without a row here fails the build. */
final class Rows {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String T = "/api/v1/tenants/{tenant}";
    private static final String S = "/api/v1/sites/{site}";

    static final List<Row> ALL =
            List.of(
                    // Operators
                    row("GET /api/v1/operator/tenants", Who.OPERATOR, 200, w -> Call.path(Map.of())),
                    row(
                            "POST /api/v1/operator/tenants",
                            Who.OPERATOR,
                            201,
                            w ->
                                    Call.path(Map.of())
                                            .body(
                                                    Map.of(
                                                            "id",
                                                            fresh("tenant"),
                                                            "name",
                                                            "New",
                                                            "adminSubject",
                                                            UUID.randomUUID().toString(),
                                                            "adminName",
                                                            "Somebody"))),
                    row(
                            "PATCH /api/v1/operator/tenants/{id}",
                            Who.OPERATOR,
                            200,
                            w -> Call.path(Map.of("id", w.tenant())).body(Map.of("status", "ACTIVE"))),
                    // Everybody who is signed in
                    row("GET /api/v1/me", Who.SIGNED_IN, 200, w -> Call.path(Map.of())),
                    // Members and settings
                    row("GET " + T + "/members", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/members",
                            Who.ADMIN,
                            201,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "subject",
                                                            UUID.randomUUID().toString(),
                                                            "name",
                                                            "New " + World.NEEDLE,
                                                            "role",
                                                            "MODERATOR",
                                                            "sites",
                                                            List.of(w.siteId())))),
                    row(
                            "PATCH " + T + "/members/{id}",
                            Who.ADMIN,
                            200,
                            w -> tenant(w, "id", w.member()).body(Map.of("name", "Other " + World.NEEDLE))),
                    row("DELETE " + T + "/members/{id}", Who.ADMIN, 204, w -> tenant(w, "id", w.member())),
                    row("GET " + T + "/settings", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "PUT " + T + "/settings",
                            Who.ADMIN,
                            200,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "replyDepth",
                                                            3,
                                                            "editWindowSeconds",
                                                            300,
                                                            "hideWhileEditIsHeld",
                                                            false,
                                                            "nudges",
                                                            true))),
                    // Sites and articles
                    row("GET " + T + "/sites", Who.MODERATOR, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/sites",
                            Who.ADMIN,
                            201,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "key",
                                                            fresh("site"),
                                                            "name",
                                                            "New",
                                                            "language",
                                                            "en",
                                                            "origins",
                                                            List.of("https://new.example")))),
                    row(
                            "PUT " + T + "/sites/{id}",
                            Who.ADMIN,
                            200,
                            w ->
                                    tenant(w, "id", w.siteId())
                                            .body(
                                                    Map.of(
                                                            "name",
                                                            "Site " + World.NEEDLE,
                                                            "language",
                                                            "en",
                                                            "origins",
                                                            List.of("https://" + w.site() + ".example")))),
                    row(
                            "GET " + T + "/sites/{siteId}/articles",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "siteId", w.siteId()).query(Map.of("cursor", w.cursors().get("articles")))),
                    row(
                            "GET " + T + "/articles/{article}",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "article", w.articleId())),
                    row(
                            "PUT " + T + "/sites/{siteId}/articles/{article}",
                            Who.ADMIN,
                            200,
                            w ->
                                    tenant(w, "siteId", w.siteId(), "article", w.article())
                                            .body(
                                                    Map.of(
                                                            "open",
                                                            true,
                                                            "metadata",
                                                            Map.of("title", "About " + World.NEEDLE)))),
                    // Policies
                    row("GET " + T + "/policies", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "PUT " + T + "/policies",
                            Who.ADMIN,
                            200,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "scope",
                                                            "ARTICLE",
                                                            "scopeRef",
                                                            w.articleId(),
                                                            "basedOn",
                                                            0,
                                                            "reason",
                                                            "isolation",
                                                            "document",
                                                            Map.of("maxLinks", 3)))),
                    row(
                            "GET " + T + "/policies/history",
                            Who.ADMIN,
                            200,
                            w -> tenant(w).query(Map.of("scope", "SITE", "scopeRef", w.siteId()))),
                    row(
                            "POST " + T + "/policies/checks",
                            Who.ADMIN,
                            200,
                            w -> tenant(w).body(Map.of("document", Map.of()))),
                    row("GET " + T + "/policies/presets", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/policies/rollbacks",
                            Who.ADMIN,
                            200,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "scope",
                                                            "CATEGORY",
                                                            "scopeRef",
                                                            w.more().get("category"),
                                                            "version",
                                                            1,
                                                            "basedOn",
                                                            1,
                                                            "reason",
                                                            "isolation"))),
                    // Moderation
                    row(
                            "GET " + T + "/queue",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w).query(Map.of("site", w.site(), "order", "oldest"))),
                    row(
                            "GET " + T + "/queue/counts",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w).query(Map.of("site", w.site()))),
                    row("GET " + T + "/queue/events", Who.MODERATOR, 200, w -> tenant(w)),
                    row("GET " + T + "/queue/claims", Who.MODERATOR, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/queue/claims",
                            Who.MODERATOR,
                            201,
                            w -> tenant(w).body(Map.of("comment", w.heldComment()))),
                    row(
                            "PUT " + T + "/queue/claims/{id}",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "id", w.more().get("claim"))),
                    row(
                            "DELETE " + T + "/queue/claims/{id}",
                            Who.MODERATOR,
                            204,
                            w -> tenant(w, "id", w.more().get("claim"))),
                    row("DELETE " + T + "/queue/claims", Who.MODERATOR, 204, w -> tenant(w)),
                    row(
                            "POST " + T + "/decisions",
                            Who.MODERATOR,
                            200,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "items",
                                                            List.of(
                                                                    Map.of(
                                                                            "comment",
                                                                            w.heldComment(),
                                                                            "revision",
                                                                            1,
                                                                            "stateVersion",
                                                                            0)),
                                                            "action",
                                                            "APPROVE"))),
                    row(
                            "POST " + T + "/decisions/{id}/undo",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "id", w.more().get("decision"))),
                    row(
                            "POST " + T + "/decisions/batches/{batch}/undo",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "batch", w.more().get("batch"))),
                    row("GET " + T + "/comments/{id}", Who.MODERATOR, 200, w -> tenant(w, "id", w.heldComment())),
                    row(
                            "POST " + T + "/comments/{id}/decisions",
                            Who.MODERATOR,
                            200,
                            w ->
                                    tenant(w, "id", w.heldComment())
                                            .body(
                                                    Map.of(
                                                            "revision",
                                                            1,
                                                            "stateVersion",
                                                            0,
                                                            "action",
                                                            "APPROVE",
                                                            "note",
                                                            "a note"))),
                    row(
                            "GET " + T + "/comments",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w).query(Map.of("site", w.site(), "q", World.NEEDLE))),
                    row(
                            "GET " + T + "/comments/{id}/context",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "id", w.heldComment())),
                    row(
                            "GET " + T + "/comments/{id}/history",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "id", w.heldComment())),
                    row(
                            "POST " + T + "/comments/{id}/notes",
                            Who.MODERATOR,
                            201,
                            w -> tenant(w, "id", w.heldComment()).body(Map.of("text", "seen"))),
                    row("GET " + T + "/commenters", Who.MODERATOR, 200, w -> tenant(w).query(Map.of("q", "reader"))),
                    row("GET " + T + "/commenters/{id}", Who.MODERATOR, 200, w -> tenant(w, "id", w.commenter())),
                    row(
                            "DELETE " + T + "/commenters/{id}/sanctions/{sanction}",
                            Who.MODERATOR,
                            204,
                            w -> tenant(w, "id", w.commenter(), "sanction", w.more().get("sanction"))),
                    row(
                            "POST " + T + "/commenters/{id}/sanctions",
                            Who.MODERATOR,
                            201,
                            w -> tenant(w, "id", w.commenter()).body(Map.of("kind", "BAN", "reason", "isolation"))),
                    row(
                            "POST " + T + "/commenters/{id}/email-reveals",
                            Who.ADMIN,
                            200,
                            w -> tenant(w, "id", w.commenter()).body(Map.of("reason", "isolation"))),
                    row(
                            "DELETE " + T + "/commenters/{id}/address",
                            Who.ADMIN,
                            204,
                            w -> tenant(w, "id", w.commenter())),
                    row(
                            "GET " + T + "/audit",
                            Who.ADMIN,
                            200,
                            w -> tenant(w).query(Map.of("cursor", w.cursors().get("audit")))),
                    row("GET " + T + "/audit/verification", Who.ADMIN, 200, w -> tenant(w)),
                    // Policies tried on the past
                    row("GET " + T + "/policies/simulations", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/policies/simulations",
                            Who.ADMIN,
                            202,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "scope",
                                                            "SITE",
                                                            "scopeRef",
                                                            w.siteId(),
                                                            "document",
                                                            Map.of(),
                                                            "last",
                                                            1))),
                    row(
                            "GET " + T + "/policies/simulations/{id}",
                            Who.ADMIN,
                            200,
                            w -> tenant(w, "id", w.more().get("simulation"))),
                    row(
                            "DELETE " + T + "/policies/simulations/{id}",
                            Who.ADMIN,
                            204,
                            w -> tenant(w, "id", w.more().get("simulation"))),
                    // Models taught from decisions
                    row("GET " + T + "/own-models", Who.ADMIN, 200, w -> tenant(w)),
                    row("GET " + T + "/own-models/{id}", Who.ADMIN, 200, w -> tenant(w, "id", w.more().get("model"))),
                    row(
                            "DELETE " + T + "/own-models/{id}",
                            Who.ADMIN,
                            204,
                            w -> tenant(w, "id", w.more().get("model"))),
                    row(
                            "PUT " + T + "/own-models/{id}/activation",
                            Who.ADMIN,
                            200,
                            w -> tenant(w, "id", w.more().get("model"))),
                    row(
                            "DELETE " + T + "/own-models/{id}/activation",
                            Who.ADMIN,
                            204,
                            w -> tenant(w, "id", w.more().get("model"))),
                    row("GET " + T + "/own-models/trainings", Who.ADMIN, 200, w -> tenant(w)),
                    row("POST " + T + "/own-models/trainings", Who.ADMIN, 202, w -> tenant(w)),
                    row(
                            "GET " + T + "/own-models/trainings/{id}",
                            Who.ADMIN,
                            200,
                            w -> tenant(w, "id", w.more().get("training"))),
                    row("GET " + T + "/policies/distribution", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/word-lists/checks",
                            Who.ADMIN,
                            200,
                            w -> tenant(w).body(Map.of("words", List.of("owl"), "text", "An owl."))),
                    // Scoring again
                    row("GET " + T + "/rescorings", Who.ADMIN, 200, w -> tenant(w)),
                    row("POST " + T + "/rescorings", Who.ADMIN, 202, w -> tenant(w).body(Map.of("scope", "UNSCORED"))),
                    row("GET " + T + "/rescorings/{id}", Who.ADMIN, 200, w -> tenant(w, "id", w.rescoring())),
                    row("DELETE " + T + "/rescorings/{id}", Who.ADMIN, 204, w -> tenant(w, "id", w.rescoring())),
                    row("GET " + T + "/audit/export", Who.ADMIN, 200, w -> tenant(w)),
                    row("GET " + T + "/models", Who.MODERATOR, 200, w -> tenant(w)),
                    row(
                            "GET " + T + "/models/{language}/{attribute}/card",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w, "language", "en", "attribute", "toxicity")),
                    row(
                            "GET " + T + "/statistics",
                            Who.MODERATOR,
                            200,
                            w -> tenant(w).query(Map.of("site", w.siteId()))),
                    // Invitations
                    row("GET " + T + "/invitations", Who.ADMIN, 200, w -> tenant(w)),
                    row("POST " + T + "/invitations", Who.ADMIN, 201, w -> tenant(w).body(Invited.fields())),
                    row(
                            "POST " + T + "/invitations/{id}/resend",
                            Who.ADMIN,
                            200,
                            w -> tenant(w, "id", Invited.of(w).id())),
                    row("DELETE " + T + "/invitations/{id}", Who.ADMIN, 204, w -> tenant(w, "id", Invited.of(w).id())),
                    row("GET /api/v1/invitations/{token}", Who.READER, 200, Rows::invitation),
                    row("POST /api/v1/invitations/{token}/account", Who.READER, 200, Rows::invitation),
                    // Who tries is a member already: the link opened, and nothing came of it.
                    row("POST /api/v1/invitations/{token}/acceptance", Who.SIGNED_IN, 409, Rows::invitation),
                    // Readers
                    row(
                            "GET " + S + "/articles/{article}/comments",
                            Who.READER,
                            200,
                            w -> site(w, "article", w.article()).query(Map.of("cursor", w.cursors().get("thread")))),
                    row(
                            "POST " + S + "/articles/{article}/comments",
                            Who.READER,
                            201,
                            w ->
                                    site(w, "article", w.article())
                                            .headers(Map.of("Reader-Token", w.readerToken()))
                                            .body(reply(w))),
                    row(
                            "PATCH " + S + "/comments/{id}",
                            Who.READER,
                            200,
                            w ->
                                    site(w, "id", w.publishedComment())
                                            .headers(Map.of("Edit-Token", w.editToken()))
                                            .body(Map.of("body", World.NEEDLE + " " + Fixtures.calm()))),
                    row(
                            "DELETE " + S + "/comments/{id}",
                            Who.READER,
                            204,
                            w -> site(w, "id", w.publishedComment()).headers(Map.of("Edit-Token", w.editToken()))),
                    row("GET " + S + "/counts", Who.READER, 200, w -> site(w).query(Map.of("article", w.article()))),
                    row("GET " + S + "/comments/recent", Who.READER, 200, w -> site(w)),
                    // Reports, signed metadata, live events, feeds, oEmbed
                    row(
                            "POST " + S + "/comments/{id}/flags",
                            Who.READER,
                            202,
                            w ->
                                    site(w, "id", w.publishedComment())
                                            .body(Map.of("reason", "OTHER", "note", World.NEEDLE))),
                    row("GET " + T + "/sites/{id}/secret", Who.ADMIN, 200, w -> tenant(w, "id", w.siteId())),
                    row("POST " + T + "/sites/{id}/secret/rotations", Who.ADMIN, 201, w -> tenant(w, "id", w.siteId())),
                    row(
                            "GET " + S + "/articles/{article}/events",
                            Who.READER,
                            200,
                            w -> site(w, "article", w.article())),
                    row(
                            "GET " + S + "/articles/{article}/feed.atom",
                            Who.READER,
                            200,
                            w -> site(w, "article", w.article())),
                    row("GET " + S + "/feed.atom", Who.READER, 200, w -> site(w)),
                    row(
                            "GET /api/v1/oembed",
                            Who.READER,
                            200,
                            w ->
                                    Call.path(Map.of())
                                            .query(
                                                    Map.of(
                                                            "url",
                                                            "https://%s.example/%s#comment-%s"
                                                                    .formatted(
                                                                            w.site(),
                                                                            w.article(),
                                                                            w.publishedComment())))),
                    // Programs, their keys, and what they suggest
                    // Webhooks
                    row("GET " + T + "/webhooks", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/webhooks",
                            Who.ADMIN,
                            201,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "address",
                                                            "https://hooks.example/" + World.NEEDLE,
                                                            "events",
                                                            List.of("comment.published"),
                                                            "sites",
                                                            List.of(w.siteId())))),
                    row(
                            "PUT " + T + "/webhooks/{id}",
                            Who.ADMIN,
                            200,
                            w ->
                                    tenant(w, "id", w.more().get("webhook"))
                                            .body(
                                                    Map.of(
                                                            "address",
                                                            "https://hooks.example/" + World.NEEDLE,
                                                            "events",
                                                            List.of("comment.published"),
                                                            "sites",
                                                            List.of(w.siteId())))),
                    row(
                            "DELETE " + T + "/webhooks/{id}",
                            Who.ADMIN,
                            204,
                            w -> tenant(w, "id", w.more().get("webhook"))),
                    row(
                            "POST " + T + "/webhooks/{id}/secrets",
                            Who.ADMIN,
                            201,
                            w -> tenant(w, "id", w.more().get("webhook"))),
                    row(
                            "DELETE " + T + "/webhooks/{id}/secrets/previous",
                            Who.ADMIN,
                            204,
                            w -> tenant(w, "id", w.more().get("webhook"))),
                    row(
                            "POST " + T + "/webhooks/{id}/tests",
                            Who.ADMIN,
                            202,
                            w -> tenant(w, "id", w.more().get("webhook"))),
                    row(
                            "POST " + T + "/webhooks/{id}/replays",
                            Who.ADMIN,
                            202,
                            w -> tenant(w, "id", w.more().get("webhook"))),
                    row(
                            "POST " + T + "/webhooks/{id}/deliveries/{delivery}/replay",
                            Who.ADMIN,
                            202,
                            w -> tenant(w, "id", w.more().get("webhook"), "delivery", w.more().get("delivery"))),
                    row(
                            "GET " + T + "/webhooks/{id}/deliveries",
                            Who.ADMIN,
                            200,
                            w ->
                                    tenant(w, "id", w.more().get("webhook"))
                                            .query(Map.of("cursor", w.cursors().get("deliveries")))),
                    row("GET " + T + "/api-keys", Who.ADMIN, 200, w -> tenant(w)),
                    row(
                            "POST " + T + "/api-keys",
                            Who.ADMIN,
                            201,
                            w -> tenant(w).body(Map.of("name", fresh("key"), "expiresAt", "2099-01-01T00:00:00Z"))),
                    row("DELETE " + T + "/api-keys/{id}", Who.ADMIN, 204, w -> tenant(w, "id", w.program().id())),
                    row(
                            "POST " + T + "/scores",
                            Who.MODERATOR,
                            200,
                            w ->
                                    tenant(w)
                                            .body(
                                                    Map.of(
                                                            "texts",
                                                            List.of(Map.of("text", "A calm text about the bridge."))))),
                    row(
                            "POST /v1alpha1/comments:analyze",
                            Who.PROGRAM,
                            200,
                            w ->
                                    Call.path(Map.of())
                                            .query(Map.of("key", w.program().key()))
                                            .body(
                                                    Map.of(
                                                            "comment",
                                                            Map.of("text", "A calm text about the bridge."),
                                                            "requestedAttributes",
                                                            Map.of("TOXICITY", Map.of())))),
                    row(
                            "POST /v1alpha1/comments:suggestscore",
                            Who.PROGRAM,
                            200,
                            w ->
                                    Call.path(Map.of())
                                            .query(Map.of("key", w.program().key()))
                                            .body(
                                                    Map.of(
                                                            "comment",
                                                            Map.of("text", "A calm text about the bridge."),
                                                            "attributeScores",
                                                            Map.of(
                                                                    "TOXICITY",
                                                                    Map.of("summaryScore", Map.of("value", 0)))))),
                    row(
                            "GET " + T + "/labels",
                            Who.ADMIN,
                            200,
                            w -> tenant(w).query(Map.of("limit", 1, "cursor", w.cursors().get("labels")))),
                    row("GET " + T + "/labels/export", Who.ADMIN, 200, w -> tenant(w)),
                    row("DELETE " + T + "/labels/{id}", Who.ADMIN, 204, w -> tenant(w, "id", w.program().label())),
                    row("DELETE " + T + "/labels", Who.ADMIN, 204, w -> tenant(w)),
                    // Readers, by mail
                    row(
                            "POST /api/v1/me/link",
                            Who.READER,
                            202,
                            w ->
                                    Call.path(Map.of())
                                            .body(
                                                    Map.of(
                                                            "site",
                                                            w.site(),
                                                            "email",
                                                            fresh("asker") + "@mail.example"))));

    /** Listings whose cursor is not in the row's own call; each must refuse a foreign one. */
    static final Map<String, String> CURSORS =
            Map.of(
                    "/queue", "queue",
                    "/tenants/{tenant}/comments", "comments",
                    "/tenants/{tenant}/commenters", "commenters",
                    "/labels", "labels",
                    "/audit", "audit");

    static Row of(String operation) {
        return ALL.stream().filter(row -> row.operation().equals(operation)).findFirst().orElseThrow();
    }

    private static Row row(String operation, Who who, int success, java.util.function.Function<World, Call> call) {
        return new Row(operation, who, success, call);
    }

    private static Call tenant(World w, Object... more) {
        return Call.path(with("tenant", w.tenant(), more));
    }

    private static Call invitation(World w) {
        return Call.path(Map.of("token", w.tenant() + "." + Invited.of(w).secret()));
    }

    private static Call site(World w, Object... more) {
        return Call.path(with("site", w.site(), more));
    }

    private static Map<String, Object> reply(World w) {
        var fields = Fixtures.comment(World.NEEDLE + " " + Fixtures.calm());
        fields.put("parentId", w.publishedComment());
        fields.put("nudge", true);
        return fields;
    }

    private static Map<String, Object> with(String name, String value, Object... more) {
        Map<String, Object> path = new HashMap<>();
        path.put(name, value);
        for (int i = 0; i < more.length; i += 2) {
            path.put((String) more[i], more[i + 1]);
        }
        return path;
    }

    private static String fresh(String kind) {
        return kind + "-" + NUMBER.incrementAndGet() + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Rows() {}
}
