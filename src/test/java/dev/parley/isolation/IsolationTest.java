package dev.parley.isolation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.isolation.Row.Who;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R13: every operation against {no token, foreign token, foreign ids in path, query, body, cursor and key, lower role,
 * removed member, other site}, with both walls, and with each alone. A call is tried with the right token on the same
 * ids first: else its failure proves nothing.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class IsolationTest {

    /** What names no site and no thing of one: its own tests show that a member sees only their sites' part of it. */
    private static final Set<String> OF_NO_SITE =
            Set.of(
                    "/sites",
                    "/scores",
                    "/models",
                    "/models/{language}/{attribute}/card",
                    "/statistics",
                    "{tenant}/commenters",
                    "{tenant}/decisions",
                    "GET /api/v1/tenants/{tenant}/queue/claims",
                    "GET /api/v1/tenants/{tenant}/queue/events",
                    "DELETE /api/v1/tenants/{tenant}/queue/claims",
                    "DELETE /api/v1/tenants/{tenant}/queue/claims/{id}");

    private final Tokens tokens = new Tokens();
    private final AtomicInteger calls = new AtomicInteger();

    /** Things of the gazette that no right call has used up. */
    private @Nullable World unused;

    /** Sees all tenants' rows; kept, since a fresh connection learns all tables anew, which takes longest. */
    private @Nullable Connection outside;

    /**
     * What is tried now. Things are made with both walls: without, one tenant's policies would hold another's comments.
     */
    private Walls standing = Walls.BOTH;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
    }

    @AfterEach
    void walls() throws SQLException {
        Walls.BOTH.stand();
        if (outside != null) {
            outside.close();
        }
    }

    @Test
    void every_operation_of_the_document_has_a_row_and_every_row_an_operation() {
        Map<String, Map<String, Object>> paths =
                given().accept(ContentType.JSON)
                        .queryParam("format", "json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("paths");
        Set<String> documented = new TreeSet<>();
        paths.forEach((path, item) ->
                item.keySet().stream()
                        .filter(key -> Set.of("get", "put", "post", "patch", "delete").contains(key))
                        .forEach(method -> documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));

        var rows = new TreeSet<>(Rows.ALL.stream().map(Row::operation).toList());

        assertThat(rows).isEqualTo(documented);
    }

    @ParameterizedTest
    @EnumSource(value = Walls.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void nothing_of_a_tenant_is_seen_or_changed_by_anybody_else(Walls walls) throws SQLException {
        standing = walls;
        calls.set(0);
        unused = null;
        List<String> leaks = Collections.synchronizedList(new ArrayList<>());
        var foreign = fresh("herald");
        for (var row : Rows.ALL) {
            check(row, foreign, leaks);
        }
        System.out.printf(
                "Isolation, %s: %d operations, %d calls, %d leaks%n",
                walls, Rows.ALL.size(), calls.get(), leaks.size());
        assertThat(leaks).isEmpty();
    }

    /** The framed page is no operation of the document. */
    @Test
    void the_framed_page_of_a_site_shows_nothing_of_another_tenant() {
        var own = World.of("gazette", "gazette");
        var shown = given().queryParam("reply", own.publishedComment()).get("/embed/gazette/{a}", own.article());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.asString()).contains(World.NEEDLE);

        var foreign =
                given().queryParam("reply", own.publishedComment())
                        .queryParam("cursor", own.cursors().get("thread"))
                        .get("/embed/herald/{a}", own.article());

        assertThat(foreign.statusCode()).isLessThan(500);
        assertThat(foreign.asString()).doesNotContain(World.NEEDLE);
    }

    /** The pages that a mailed link opens are no operations of the document either. */
    @ParameterizedTest
    @EnumSource(value = Walls.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_mailed_link_opens_nothing_of_another_tenant(Walls walls) throws SQLException {
        var own = World.of("gazette", "gazette");
        var foreign = World.of("herald", "herald");
        var secret = "L".repeat(42) + "A";
        link(own, secret);
        var before = state("gazette");
        walls.stand();
        for (var rest : List.of("", "/erase", "/export", "/unsubscribe")) {
            var nothing = given().get("/me/{t}" + rest, foreign.site() + "." + "M".repeat(42) + "A");
            var stolen = given().get("/me/{t}" + rest, foreign.site() + "." + secret);
            assertThat(stolen.statusCode()).isEqualTo(404);
            assertThat(stolen.asString()).isEqualTo(nothing.asString()).doesNotContain(World.NEEDLE);
        }
        for (var rest : List.of("", "/withdraw", "/mails", "/erase", "/unsubscribe")) {
            given().contentType("application/x-www-form-urlencoded")
                    .formParam("mine", own.commenter())
                    .formParam("comment", own.publishedComment())
                    .formParam("mails", "off")
                    .post("/me/{t}" + rest, foreign.site() + "." + secret)
                    .then()
                    .statusCode(404);
        }
        // Else the above would prove nothing.
        assertThat(given().get("/me/{t}", own.site() + "." + secret).asString()).contains(World.NEEDLE);
        assertThat(state("gazette")).isEqualTo(before);
        delete(secret);
    }

    private static void link(World world, String secret) throws SQLException {
        try (var backup = PostgresResource.asSuperuser();
                var insert =
                        backup.prepareStatement(
                                "insert into parley.link (tenant_id, id, commenter_id, site_id, purpose, hash, created_at,"
                                        + " lapses_at) values (?, gen_random_uuid(), cast(? as uuid), cast(? as uuid),"
                                        + " 'MANAGE', sha256(?), now(), now() + interval '1 day')")) {
            insert.setString(1, world.tenant());
            insert.setString(2, world.commenter());
            insert.setString(3, world.siteId());
            insert.setBytes(4, java.util.Base64.getUrlDecoder().decode(secret));
            insert.executeUpdate();
        }
    }

    private static void delete(String secret) throws SQLException {
        try (var backup = PostgresResource.asSuperuser();
                var delete = backup.prepareStatement("delete from parley.link where hash = sha256(?)")) {
            delete.setBytes(1, java.util.Base64.getUrlDecoder().decode(secret));
            delete.executeUpdate();
        }
    }

    /** Else the tests above would prove nothing. */
    @Test
    void without_any_wall_the_check_finds_leaks() throws SQLException {
        standing = Walls.NONE;
        List<String> leaks = Collections.synchronizedList(new ArrayList<>());
        var foreign = fresh("herald");
        for (var operation :
                List.of("GET /api/v1/tenants/{tenant}/comments/{id}", "DELETE /api/v1/tenants/{tenant}/members/{id}")) {
            check(Rows.of(operation), foreign, leaks);
        }
        assertThat(leaks)
                .anyMatch(leak -> leak.contains("foreign ids"))
                .anyMatch(leak -> leak.contains("changed [member"));
    }

    private World renewed(World world, Row row) throws SQLException {
        Walls.BOTH.stand();
        var renewed = world.renewed(row.call());
        standing.stand();
        return renewed;
    }

    private World fresh(String tenant) throws SQLException {
        Walls.BOTH.stand();
        var world = World.of(tenant, tenant);
        standing.stand();
        return world;
    }

    private void check(Row row, World foreign, List<String> leaks) throws SQLException {
        var own = unused == null ? fresh("gazette") : unused;
        var succeeded = send(row, own, right(row, "gazette"));
        assertThat(succeeded.statusCode())
                .as("the right call: %s %s", row.operation(), succeeded.asString())
                .isEqualTo(row.success());
        // What the right call used up is made anew.
        own = row.method().equals("GET") ? own : renewed(own, row);
        unused = own;
        var before = state("gazette");
        List<Runnable> attacks = attacks(row, own, foreign, leaks);
        if (row.method().equals("GET")) {
            // They change nothing, and some hear a stream for two seconds: all at once.
            var running =
                    attacks.stream()
                            .map(attack -> CompletableFuture.runAsync(attack, Thread.ofVirtual()::start))
                            .toList();
            running.forEach(CompletableFuture::join);
        } else {
            attacks.forEach(Runnable::run);
        }
        var after = state("gazette");
        if (!after.equals(before)) {
            leaks.add(row.operation() + " changed " + differences(before, after));
        }
    }

    /** All wrong calls of an operation. */
    private List<Runnable> attacks(Row row, World own, World foreign, List<String> leaks) {
        var unknown = World.unknown();
        List<Runnable> attacks = new ArrayList<>();
        if (row.who() == Who.PROGRAM) {
            attacks.add(() -> program(row, own, foreign, leaks));
        } else if (row.who() != Who.READER) {
            attacks.add(() -> expect(row, "no token", send(row, own, null), 401, leaks));
            attacks.add(() ->
                    expect(row, "no real token", send(row, own, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."), 401, leaks));
        }
        if (row.isStaff()) {
            var nowhere = send(row, own.underTenantOf(unknown), right(row, "herald"));
            attacks.add(() -> same(row, "foreign token", send(row, own, right(row, "herald")), nowhere, leaks));
            attacks.add(() -> same(row, "no member", send(row, own, tokens.of(DemoUsers.NEWCOMER)), nowhere, leaks));
            attacks.add(() -> same(row, "operator", send(row, own, tokens.operator()), nowhere, leaks));
            attacks.add(() -> same(row, "removed member", send(row, own, formerMember()), nowhere, leaks));
            // Ids of the other tenant, under one's own name: as ids that nothing bears.
            attacks.add(() ->
                    same(
                            row,
                            "foreign ids",
                            send(row, own.underTenantOf(foreign), right(row, "herald")),
                            send(row, unknown.underTenantOf(foreign), right(row, "herald")),
                            leaks));
            attacks.add(() -> otherSite(row, own, leaks));
        }
        if (row.who() == Who.ADMIN) {
            attacks.add(() -> expect(row, "lower role", send(row, own, tokens.moderatorOf("gazette")), 403, leaks));
        }
        if (row.who() == Who.OPERATOR) {
            attacks.add(() -> expect(row, "no operator", send(row, own, tokens.adminOf("gazette")), 403, leaks));
        }
        if (row.who() == Who.READER) {
            attacks.add(() ->
                    same(
                            row,
                            "foreign ids",
                            send(row, own.under(foreign), null),
                            send(row, unknown.under(foreign), null),
                            leaks));
            // The other tenant's cursor, token and parent on one's own article.
            attacks.add(() -> mixed(row, own, foreign, unknown, leaks));
        }
        attacks.add(() -> cursors(row, own, foreign, leaks));
        return attacks;
    }

    /** A moderator of one site meets another site's things as if they were not there. */
    private void otherSite(Row row, World own, List<String> leaks) {
        if (row.who() != Who.MODERATOR || OF_NO_SITE.stream().anyMatch(row.operation()::endsWith)) {
            return;
        }
        var limited = tokens.of(DemoUsers.GAZETTE_SPORT_MODERATOR);
        var answer = send(row, own, limited);
        if (answer.statusCode() != 404) {
            leaks.add(row.operation() + ": moderator of another site got " + answer.statusCode());
        }
    }

    /** The key alone says whose call it is: another tenant's does its work over there. */
    private void program(Row row, World own, World foreign, List<String> leaks) {
        expect(row, "no key", send(row, own.with(Program.none()), null), 403, leaks);
        expect(row, "invented key", send(row, own.with(Program.unknown()), null), 400, leaks);
        expect(row, "foreign key", send(row, own.with(foreign.program()), null), row.success(), leaks);
    }

    /** A key opens its own tenant; under any other name it is answered as if nothing were there. */
    @Test
    void a_key_of_another_tenant_opens_nothing() {
        var own = World.of("gazette", "gazette");
        var foreign = World.of("herald", "herald");
        var row = Rows.of("POST /api/v1/tenants/{tenant}/scores");
        Map<String, Integer> expected = Map.of(own.tenant(), 200, foreign.tenant(), 404, "no-such-tenant", 404);
        expected.forEach((tenant, status) -> {
            var call = row.call().apply(own);
            given().header("X-Api-Key", own.program().key())
                    .contentType(ContentType.JSON)
                    .body(call.body())
                    .post(row.template(), tenant)
                    .then()
                    .statusCode(status);
        });
        for (var other : Rows.ALL) {
            if (other.isStaff() && other != row) {
                given().header("X-Api-Key", own.program().key())
                        .pathParams(other.call().apply(own).path())
                        .request(other.method(), other.template())
                        .then()
                        .statusCode(org.hamcrest.Matchers.oneOf(401, 415));
            }
        }
    }

    private void mixed(Row row, World own, World foreign, World unknown, List<String> leaks) {
        var stolen =
                new World(
                        foreign.tenant(),
                        foreign.site(),
                        foreign.siteId(),
                        foreign.article(),
                        foreign.articleId(),
                        own.heldComment(),
                        own.publishedComment(),
                        own.editToken(),
                        own.readerToken(),
                        own.commenter(),
                        own.member(),
                        own.rescoring(),
                        own.cursors(),
                        own.more(),
                        own.program());
        var invented =
                new World(
                        foreign.tenant(),
                        foreign.site(),
                        foreign.siteId(),
                        foreign.article(),
                        foreign.articleId(),
                        unknown.heldComment(),
                        unknown.publishedComment(),
                        unknown.editToken(),
                        unknown.readerToken(),
                        unknown.commenter(),
                        unknown.member(),
                        unknown.rescoring(),
                        unknown.cursors(),
                        unknown.more(),
                        unknown.program());
        same(row, "foreign things on an own article", send(row, stolen, null), send(row, invented, null), leaks);
    }

    private void cursors(Row row, World own, World foreign, List<String> leaks) {
        Rows.CURSORS.forEach((end, name) -> {
            if (row.template().endsWith(end)) {
                calls.incrementAndGet();
                var answer =
                        given().auth()
                                .oauth2(tokens.adminOf("herald"))
                                .queryParam("limit", 1)
                                .queryParam("cursor", own.cursors().get(name))
                                .get(row.template(), foreign.tenant());
                expect(row, "foreign cursor", answer, 400, leaks);
            }
        });
    }

    private Response send(Row row, World world, @Nullable String token) {
        calls.incrementAndGet();
        var call = row.call().apply(world);
        var request =
                given().urlEncodingEnabled(row.who() != Who.PROGRAM) // the colon of their paths stays one
                        .pathParams(call.path())
                        .queryParams(call.query())
                        .headers(call.headers());
        if (token != null) {
            request.auth().oauth2(token);
        }
        if (call.body() != null) {
            request.contentType(ContentType.JSON).body(call.body());
        }
        return request.request(row.method(), row.template());
    }

    private @Nullable String right(Row row, String tenant) {
        return switch (row.who()) {
            case READER, PROGRAM -> null;
            case SIGNED_IN, MODERATOR -> tokens.moderatorOf(tenant);
            case ADMIN -> tokens.adminOf(tenant);
            case OPERATOR -> tokens.operator();
        };
    }

    /** Somebody who was an admin until a moment ago. */
    private String formerMember() {
        var id = Fixtures.member("gazette", DemoUsers.GAZETTE_FORMER, "ADMIN", List.of());
        var token = tokens.of(DemoUsers.GAZETTE_FORMER);
        given().auth().oauth2(token).get("/api/v1/tenants/gazette/members").then().statusCode(200);
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .delete("/api/v1/tenants/gazette/members/{id}", id)
                .then()
                .statusCode(204);
        return token;
    }

    private static void expect(Row row, String attack, Response answer, int status, List<String> leaks) {
        if (answer.statusCode() != status || answer.asString().contains(World.NEEDLE)) {
            leaks.add("%s with %s: %d %s".formatted(row.operation(), attack, answer.statusCode(), answer.asString()));
        }
    }

    /** Foreign is answered as unknown: same status, same body but for what the caller sent, and no needle. */
    private static void same(Row row, String attack, Response answer, Response unknown, List<String> leaks) {
        boolean echoes = row.operation().startsWith("POST") && answer.statusCode() == 201;
        if (answer.statusCode() != unknown.statusCode()
                || !masked(answer).equals(masked(unknown))
                || (!echoes && answer.statusCode() >= 400 && answer.asString().contains(World.NEEDLE))) {
            leaks.add(
                    "%s with %s: %d %s instead of %d %s"
                            .formatted(
                                    row.operation(),
                                    attack,
                                    answer.statusCode(),
                                    answer.asString(),
                                    unknown.statusCode(),
                                    unknown.asString()));
        }
    }

    private static String masked(Response answer) {
        return answer.asString()
                .replaceAll("\"instance\":\"[^\"]*\"", "\"instance\":\"…\"")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "…")
                .replaceAll("\"(editToken|readerToken|cursor|hash|signature)\":\"[^\"]*\"", "\"$1\":\"…\"")
                .replaceAll("\"(seq|sealed|unsealed)\":[0-9]+", "\"$1\":0")
                .replaceAll("(site|tenant|key)-[0-9]+-[0-9a-f]{8}", "$1-…")
                .replaceAll("parley_[a-z0-9]{16}(_[A-Za-z0-9_-]{43})?", "parley_…")
                .replaceAll("(no-such-)?article-[0-9a-f-…]+", "article-…")
                .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "…")
                .replaceAll("(Reader|number) [0-9]+", "$1 …");
    }

    /** A digest of every row of a tenant, by table, but for what jobs do by themselves and formerMember does openly. */
    private Map<String, String> state(String tenant) throws SQLException {
        if (outside == null) {
            outside = PostgresResource.asBackup();
        }
        Map<String, String> state = new TreeMap<>();
        try (var digests = outside.prepareStatement(digests(outside, tenant));
                var rows = digests.executeQuery()) {
            while (rows.next()) {
                state.put(rows.getString(1), rows.getString(2));
            }
        }
        return state;
    }

    /** A sum needs no order of the rows, and one statement no waiting for forty answers. */
    private static String digests(Connection database, String tenant) throws SQLException {
        List<String> digests = new ArrayList<>();
        try (var tables =
                        database.prepareStatement(
                                "select polrelid::regclass::text from pg_policy where polname = 'tenant_wall'");
                var rows = tables.executeQuery()) {
            while (rows.next()) {
                var table = rows.getString(1);
                if (!Set.of("audit_link", "outbox_event", "audit_entry").contains(table)) {
                    digests.add(
                            "select '%1$s', count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from %1$s t where tenant_id = '%2$s'"
                                    .formatted(table, tenant));
                }
            }
        }
        digests.add(
                "select 'audit_entry', count(*)::text from audit_entry where tenant_id = '%s' and action not in ('MEMBER_ADDED', 'MEMBER_REMOVED')"
                        .formatted(tenant));
        return String.join(" union all ", digests);
    }

    private static Set<String> differences(Map<String, String> before, Map<String, String> after) {
        Set<String> tables = new HashSet<>();
        new HashMap<>(before)
                .forEach((table, digest) -> {
                    if (!digest.equals(after.get(table))) {
                        tables.add(table);
                    }
                });
        return tables;
    }
}
