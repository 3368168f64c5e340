package dev.parley.isolation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.oneOf;

import dev.parley.isolation.Row.Call;
import dev.parley.testing.Fixtures;
import dev.parley.testing.OwnModelRow;
import dev.parley.testing.Tokens;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Things of one tenant that calls can name. The texts carry a needle, so that a leak of any of them is seen.
 *
 * @param cursors a cursor by listing, made by this tenant
 * @param more ids of further things by what they are, such as {@code sanction}
 * @param program its API key, and a label that came by it
 */
record World(
        String tenant,
        String site,
        String siteId,
        String article,
        String articleId,
        String heldComment,
        String publishedComment,
        String editToken,
        String readerToken,
        String commenter,
        String member,
        String rescoring,
        Map<String, String> cursors,
        Map<String, String> more,
        Program program) {

    /** What {@link #more} holds. */
    private static final List<String> MORE =
            List.of(
                    "sanction",
                    "claim",
                    "decision",
                    "batch",
                    "simulation",
                    "category",
                    "webhook",
                    "delivery",
                    "model",
                    "training");

    static final String NEEDLE = "kingfisher-needle";

    /** What a reader wrote below an article, and what the staff may name of it. */
    private record Comments(
            String article,
            String articleId,
            String held,
            String published,
            String editToken,
            String readerToken,
            String commenter,
            String sanction,
            String cursor) {

        static Comments of(Tokens tokens, String tenant, String site) {
            var article = Fixtures.newArticle(tenant, site);
            String articleId =
                    given().auth()
                            .oauth2(tokens.adminOf(tenant))
                            .queryParam("limit", 1)
                            .get("/api/v1/tenants/{t}/sites/{s}/articles", tenant, Fixtures.siteId(tenant, site))
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("items[0].id");
            for (int i = 0; i < 2; i++) {
                Fixtures.published(site, article, NEEDLE + " " + Fixtures.calm());
            }
            var published =
                    Fixtures.submit(site, article, Fixtures.comment(NEEDLE + " " + Fixtures.calm()))
                            .then()
                            .statusCode(201)
                            .extract();
            String commenter = published.path("comment.author.id");
            return new Comments(
                    article,
                    articleId,
                    Fixtures.held(site, article),
                    published.path("id"),
                    published.path("editToken"),
                    published.path("readerToken"),
                    commenter,
                    World.sanction(tokens, tenant, commenter),
                    given().queryParam("limit", 1)
                            .get("/api/v1/sites/{s}/articles/{a}/comments", site, article)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("cursor"));
        }
    }

    /** Fresh things of a tenant of {@link Fixtures}. */
    static World of(String tenant, String site) {
        var tokens = new Tokens();
        var siteId = Fixtures.siteId(tenant, site);
        var comments = Comments.of(tokens, tenant, site);
        var claimed = Fixtures.held(site, comments.article());
        var batch = decided(tokens, tenant, Fixtures.held(site, comments.article()));
        var queueCursor = cursor(tokens, tenant, "queue");
        var member = member(tokens, tenant);
        var program = Program.of(tenant);
        var hooked = Hooked.of(tenant, siteId);
        return new World(
                tenant,
                site,
                siteId,
                comments.article(),
                comments.articleId(),
                comments.held(),
                comments.published(),
                comments.editToken(),
                comments.readerToken(),
                comments.commenter(),
                member,
                rescoring(tokens, tenant),
                Map.of(
                        "thread",
                        comments.cursor(),
                        "queue",
                        queueCursor,
                        "audit",
                        cursor(tokens, tenant, "audit"),
                        "articles",
                        cursor(tokens, tenant, "sites/" + siteId + "/articles"),
                        "labels",
                        cursor(tokens, tenant, "labels"),
                        "comments",
                        cursor(tokens, tenant, "comments"),
                        "commenters",
                        cursor(tokens, tenant, "commenters"),
                        "deliveries",
                        hooked.cursor()),
                Map.of(
                        "sanction",
                        comments.sanction(),
                        "claim",
                        claim(tokens, tenant, claimed),
                        "batch",
                        batch.path("batch"),
                        "decision",
                        batch.path("results[0].decision"),
                        "simulation",
                        simulation(tokens, tenant),
                        "category",
                        category(tokens, tenant),
                        "webhook",
                        hooked.webhook(),
                        "delivery",
                        hooked.delivery(),
                        "model",
                        OwnModelRow.of(tenant, NEEDLE),
                        "training",
                        training(tokens, tenant)),
                program);
    }

    /**
     * The same with fresh things in place of those that a call names: it may have used them up. A call that names none
     * may have used up anything, as one that gives back all claims does; then all are fresh.
     */
    World renewed(Function<World, Call> call) {
        var probe = unknown();
        var named = call.apply(probe).toString();
        boolean wroteOf =
                Stream.of(
                                probe.article,
                                probe.articleId,
                                probe.heldComment,
                                probe.publishedComment,
                                probe.editToken,
                                probe.readerToken,
                                probe.commenter,
                                probe.more.get("sanction"))
                        .anyMatch(named::contains);
        var invited = Invited.of(probe);
        boolean memberOf = Stream.of(probe.member, invited.id(), invited.secret()).anyMatch(named::contains);
        boolean programOf =
                Stream.of(probe.program.id(), probe.program.key(), probe.program.label()).anyMatch(named::contains);
        boolean hookOf = named.contains(probe.more.get("webhook")) || named.contains(probe.more.get("delivery"));
        boolean decisionOf = named.contains(probe.more.get("decision")) || named.contains(probe.more.get("batch"));
        boolean claimOf = named.contains(probe.more.get("claim"));
        boolean simulationOf = named.contains(probe.more.get("simulation"));
        boolean categoryOf = named.contains(probe.more.get("category"));
        boolean modelOf = named.contains(probe.more.get("model"));
        boolean trainingOf = named.contains(probe.more.get("training"));
        boolean rescoringOf = named.contains(probe.rescoring);
        if (!(wroteOf
                || memberOf
                || programOf
                || hookOf
                || decisionOf
                || claimOf
                || simulationOf
                || categoryOf
                || modelOf
                || trainingOf
                || rescoringOf)) {
            return of(tenant, site);
        }
        var tokens = new Tokens();
        var comments =
                wroteOf
                        ? Comments.of(tokens, tenant, site)
                        : new Comments(
                                article,
                                articleId,
                                heldComment,
                                publishedComment,
                                editToken,
                                readerToken,
                                commenter,
                                more.get("sanction"),
                                cursors.get("thread"));
        var freshMore = new HashMap<>(more);
        freshMore.put("sanction", comments.sanction());
        var freshCursors = new HashMap<>(cursors);
        freshCursors.put("thread", comments.cursor());
        if (hookOf) {
            var hooked = Hooked.of(tenant, siteId);
            freshMore.put("webhook", hooked.webhook());
            freshMore.put("delivery", hooked.delivery());
            freshCursors.put("deliveries", hooked.cursor());
        }
        if (decisionOf) {
            var batch = decided(tokens, tenant, Fixtures.held(site, comments.article()));
            freshMore.put("batch", batch.path("batch"));
            freshMore.put("decision", batch.path("results[0].decision"));
        }
        if (claimOf) {
            freshMore.put("claim", claim(tokens, tenant, Fixtures.held(site, comments.article())));
        }
        if (simulationOf) {
            freshMore.put("simulation", simulation(tokens, tenant));
        }
        if (categoryOf) {
            freshMore.put("category", category(tokens, tenant));
        }
        if (modelOf) {
            freshMore.put("model", OwnModelRow.of(tenant, NEEDLE));
        }
        return new World(
                tenant,
                site,
                siteId,
                comments.article(),
                comments.articleId(),
                comments.held(),
                comments.published(),
                comments.editToken(),
                comments.readerToken(),
                comments.commenter(),
                memberOf ? member(tokens, tenant) : member,
                rescoringOf ? rescoring(tokens, tenant) : rescoring,
                Map.copyOf(freshCursors),
                Map.copyOf(freshMore),
                programOf ? Program.of(tenant) : program);
    }

    /** Somebody of the staff, with an open invitation beside. */
    private static String member(Tokens tokens, String tenant) {
        String member =
                given().auth()
                        .oauth2(tokens.adminOf(tenant))
                        .contentType("application/json")
                        .body(
                                Map.of(
                                        "subject",
                                        UUID.randomUUID().toString(),
                                        "name",
                                        "Somebody " + NEEDLE,
                                        "role",
                                        "MODERATOR"))
                        .post("/api/v1/tenants/{t}/members", tenant)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        Invited.beside(tenant, member);
        return member;
    }

    private static String rescoring(Tokens tokens, String tenant) {
        return given().auth()
                .oauth2(tokens.adminOf(tenant))
                .contentType("application/json")
                .body(Map.of("scope", "UNSCORED"))
                .post("/api/v1/tenants/{t}/rescorings", tenant)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static String claim(Tokens tokens, String tenant, String comment) {
        return given().auth()
                .oauth2(tokens.moderatorOf(tenant))
                .contentType("application/json")
                .body(Map.of("comment", comment))
                .post("/api/v1/tenants/{t}/queue/claims", tenant)
                .then()
                .statusCode(201)
                .extract()
                .path("items[0].claim.id");
    }

    /** The answer to a decision on several comments, of which this is all. */
    private static ExtractableResponse<Response> decided(Tokens tokens, String tenant, String comment) {
        return given().auth()
                .oauth2(tokens.moderatorOf(tenant))
                .contentType("application/json")
                .body(
                        Map.of(
                                "items",
                                List.of(Map.of("comment", comment, "revision", 1, "stateVersion", 0)),
                                "action",
                                "REJECT",
                                "reason",
                                "ABUSE"))
                .post("/api/v1/tenants/{t}/decisions", tenant)
                .then()
                .statusCode(200)
                .extract();
    }

    /** A category with a policy of its own that says nothing. */
    private static String category(Tokens tokens, String tenant) {
        var category = "c-" + UUID.randomUUID();
        given().auth()
                .oauth2(tokens.adminOf(tenant))
                .contentType("application/json")
                .body(
                        Map.of(
                                "scope",
                                "CATEGORY",
                                "scopeRef",
                                category,
                                "basedOn",
                                0,
                                "reason",
                                "for " + NEEDLE,
                                "document",
                                Map.of()))
                .put("/api/v1/tenants/{t}/policies", tenant)
                .then()
                .statusCode(200);
        return category;
    }

    /** The newest trial of a policy, at its end: what still ran would change a tenant's rows by itself. */
    private static String simulation(Tokens tokens, String tenant) {
        given().auth()
                .oauth2(tokens.adminOf(tenant))
                .contentType("application/json")
                .body(Map.of("scope", "TENANT", "scopeRef", "", "document", Map.of(), "last", 1))
                .post("/api/v1/tenants/{t}/policies/simulations", tenant)
                .then()
                .statusCode(oneOf(202, 409)); // 409 where another one runs still
        for (int i = 0; i < 300; i++) {
            var newest =
                    given().auth()
                            .oauth2(tokens.adminOf(tenant))
                            .get("/api/v1/tenants/{t}/policies/simulations", tenant)
                            .then()
                            .statusCode(200)
                            .extract();
            if (!"RUNNING".equals(newest.path("items[0].state"))) {
                return newest.path("items[0].id");
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("A trial of a policy did not end");
    }

    /** The newest training, at its end, for the same reason. */
    private static String training(Tokens tokens, String tenant) {
        given().auth()
                .oauth2(tokens.adminOf(tenant))
                .post("/api/v1/tenants/{t}/own-models/trainings", tenant)
                .then()
                .statusCode(202);
        for (int i = 0; i < 300; i++) {
            var newest =
                    given().auth()
                            .oauth2(tokens.adminOf(tenant))
                            .get("/api/v1/tenants/{t}/own-models/trainings", tenant)
                            .then()
                            .statusCode(200)
                            .extract();
            if (!"RUNNING".equals(newest.path("items[0].state"))) {
                return newest.path("items[0].id");
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("A training did not end");
    }

    private static String sanction(Tokens tokens, String tenant, String commenter) {
        return given().auth()
                .oauth2(tokens.moderatorOf(tenant))
                .contentType("application/json")
                .body(Map.of("kind", "BAN", "reason", "because of " + NEEDLE))
                .post("/api/v1/tenants/{t}/commenters/{c}/sanctions", tenant, commenter)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String cursor(Tokens tokens, String tenant, String listing) {
        return given().auth()
                .oauth2(tokens.adminOf(tenant))
                .queryParam("limit", 1)
                .get("/api/v1/tenants/" + tenant + "/" + listing)
                .then()
                .statusCode(200)
                .extract()
                .path("cursor");
    }

    /** Names of the same shape that nothing bears. */
    static World unknown() {
        var nothing = "A".repeat(60);
        return new World(
                "no-such-tenant",
                "no-such-site",
                UUID.randomUUID().toString(),
                "no-such-article-" + UUID.randomUUID(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                "B".repeat(43),
                "C".repeat(64),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                Stream.of("thread", "queue", "audit", "articles", "labels", "comments", "commenters", "deliveries")
                        .collect(Collectors.toMap(name -> name, _ -> nothing)),
                MORE.stream().collect(Collectors.toMap(name -> name, _ -> UUID.randomUUID().toString())),
                Program.unknown());
    }

    /** The same things, asked for under another tenant's name and site. */
    World under(World other) {
        return named(other.tenant, other.site);
    }

    /** As {@link #under}, but naming this world's own site where one is asked for. */
    World underTenantOf(World other) {
        return named(other.tenant, site);
    }

    /** The same things with another key. */
    World with(Program other) {
        return new World(
                tenant,
                site,
                siteId,
                article,
                articleId,
                heldComment,
                publishedComment,
                editToken,
                readerToken,
                commenter,
                member,
                rescoring,
                cursors,
                more,
                other);
    }

    private World named(String otherTenant, String otherSite) {
        return new World(
                otherTenant,
                otherSite,
                siteId,
                article,
                articleId,
                heldComment,
                publishedComment,
                editToken,
                readerToken,
                commenter,
                member,
                rescoring,
                cursors,
                more,
                program);
    }
}
