package dev.parley;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import dev.parley.audit.AuditChain;
import dev.parley.delivery.HookReceiver;
import dev.parley.delivery.Hooks;
import dev.parley.delivery.Post;
import dev.parley.privacy.RetentionPreview;
import dev.parley.reader.LinkPurpose;
import dev.parley.reader.Links;
import dev.parley.standalone.DatabaseDump;
import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Canary;
import dev.parley.testing.Fixtures;
import dev.parley.testing.Harvest;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.Needles;
import dev.parley.testing.Needles.Needle;
import dev.parley.testing.Operations;
import dev.parley.testing.OwnModelRow;
import dev.parley.testing.PlantedLeak;
import dev.parley.testing.PlantedLeak.Place;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.RunningFiles;
import dev.parley.testing.SmtpResource;
import dev.parley.testing.Tokens;
import dev.parley.testing.TraceCollector;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Sends comments at addresses that belong to nobody through everything the program can do, and looks for them in
 * everything that comes out: answers with their heads, the log at its most talkative, the database's log, tables and
 * files. The address may stand in one place only, the answer of the audited reveal.
 */
@QuarkusTest
@TestProfile(EmailSweepTest.Talkative.class)
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(SmtpResource.class)
@WithTestResource(TraceCollector.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmailSweepTest {

    /** The whole program logs all it can, with what is attached to the thread. */
    public static final class Talkative implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("quarkus.log.min-level", "TRACE"),
                    Map.entry("quarkus.log.level", "TRACE"),
                    Map.entry("quarkus.log.console.level", "ERROR"),
                    Map.entry("quarkus.log.file.enabled", "true"),
                    Map.entry("quarkus.log.file.path", LOG.toString()),
                    Map.entry("parley.erasures.log", ERASURES.toString()),
                    Map.entry("quarkus.log.file.level", "TRACE"),
                    Map.entry("quarkus.log.file.format", "%d %-5p [%c] (%t) mdc{%X} %s%e%n"),
                    Map.entry("quarkus.log.file.rotation.max-file-size", "4G"),
                    // These say much and see nothing that a person sent.
                    Map.entry("quarkus.log.category.\"com.arjuna\".level", "INFO"),
                    Map.entry("quarkus.log.category.\"io.quarkus.arc\".level", "INFO"),
                    Map.entry("quarkus.log.category.\"io.smallrye.context\".level", "INFO"),
                    Map.entry("quarkus.log.category.\"io.smallrye.mutiny\".level", "INFO"),
                    // Nor does the mail server of these tests, which gets the mails.
                    Map.entry("quarkus.log.category.\"com.icegreen\".level", "OFF"),
                    Map.entry("quarkus.log.category.\"jakarta.mail\".level", "OFF"),
                    Map.entry("quarkus.log.category.\"org.eclipse.angus\".level", "OFF"),
                    Map.entry("quarkus.log.category.\"com.tngtech.archunit\".level", "OFF"),
                    // The client of these tests runs in the same JVM and writes down what it sends.
                    Map.entry("quarkus.log.category.\"org.apache.http\".level", "OFF"),
                    Map.entry("quarkus.log.category.\"jdk.internal.httpclient\".level", "OFF"),
                    Map.entry("quarkus.log.category.\"jdk.httpclient\".level", "OFF"));
        }
    }

    /** An output of the list {@code d-email.jsonl}: either it was made and is searched, or it is not built. */
    private sealed interface Surface {}

    /** It is there: the named surface of the harvest must hold the marker, else nothing was looked at. */
    private record Produced(String surface, String marker) implements Surface {}

    private record Absent(String reason) implements Surface {}

    static final Path LOG = Path.of("target", "sweep.log");
    private static final Path ERASURES = LOG.resolveSibling("erasures-swept.log");

    private static final String COMMENTS = "/api/v1/sites/{site}/articles/{article}/comments";
    private static final String ARTICLE = "/api/v1/sites/{site}/articles/{article}";
    private static final String OEMBED = "/api/v1/oembed";
    private static final String COMMENT = "/api/v1/sites/{site}/comments/{id}";
    private static final String STAFF = "/api/v1/tenants/{tenant}";
    private static final String FRAME = "/embed/{site}/{article}";
    private static final String OTHER_RELEASE = "/static/bundle/widget-{version:[0-9A-Z]{8}}.{kind:css|js}";
    private static final String ME = "/me/{token}";
    private static final String REVEAL = "POST " + STAFF + "/commenters/{id}/email-reveals";

    /** Where the keyed look-up and the sealed address are meant to be; they may leave for nowhere else. */
    private static final Set<String> KEYED =
            Set.of(
                    "table commenter_address",
                    "table link_request",
                    "table sanction",
                    "dump tables/commenter_address.copy",
                    "dump tables/link_request.copy",
                    "dump tables/sanction.copy",
                    "database files");

    /** What the program is made of. A new part brings new outputs: the sweep must learn of them. */
    private static final Set<String> PARTS =
            Set.of(
                    "agroal",
                    "cdi",
                    "flyway",
                    "hibernate-orm",
                    "hibernate-orm-panache",
                    "hibernate-validator",
                    "jdbc-postgresql",
                    "mailer",
                    "micrometer",
                    "narayana-jta",
                    "oidc",
                    "opentelemetry",
                    "qute",
                    "rest",
                    "rest-jackson",
                    "rest-qute",
                    "security",
                    "smallrye-context-propagation",
                    "smallrye-fault-tolerance",
                    "smallrye-health",
                    "smallrye-openapi",
                    "swagger-ui",
                    "vertx",
                    "web-bundler");

    private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static final Tokens TOKENS = new Tokens();
    private static final List<Canary> CANARIES = Canary.all();
    private static final Needles NEEDLES =
            new Needles(CANARIES.stream().flatMap(canary -> canary.needles().stream()).toList());

    /** A page of the form with its ticket, made a while before it is sent, as people do. */
    private record Stage(String article, String ticket, Instant made) {}

    @Inject DataSource database;
    @Inject Post post;
    @Inject Hooks hooks;
    @Inject TenantContext tenants;
    @Inject Links links;
    @Inject AuditChain chain;

    private static Harvest swept;
    private static String witness;
    private static String counted;
    private static String apiKey;
    private static final HookReceiver RECEIVER = new HookReceiver();
    private static final List<CompletableFuture<Void>> LISTENING = new ArrayList<>();

    @AfterEach
    void quiet() {
        PlantedLeak.off();
        RestAssured.replaceFiltersWith(List.of());
    }

    @Test
    @Order(1)
    void no_address_leaves_by_any_way() throws Exception {
        Fixtures.ensure();
        talkativeDatabase(true);
        var harvest = begin();
        var from = marks();
        from.put(LOG, 0L); // from the program's start on
        Files.deleteIfExists(ERASURES);

        List<Stage> stages = new ArrayList<>();
        for (var canary : CANARIES) {
            stages.add(stage());
        }
        administer();
        for (int i = 0; i < stages.size(); i++) {
            witness = journey(CANARIES.get(i), CANARIES.get((i + 1) % stages.size()), stages.get(i), harvest);
        }
        read();
        invite();
        mails(harvest);
        webhooks(harvest);
        accept();
        collect(harvest, from);
        databaseFiles(harvest);
        var leaks = new LinkedHashSet<>(harvest.search(NEEDLES, Set.of()));
        leaks.addAll(harvest.search(keyed(), KEYED));
        // What goes on from here is searched apart: these statements bring addresses into the database's files.
        brokenStatements(harvest);
        databaseAway(harvest);
        talkativeDatabase(false);

        leaks.addAll(harvest.search(NEEDLES, Set.of("database files")));
        swept = harvest;
        counted =
                "%d canaries, %d needles, %d surfaces, %d operations, %d MB searched, %d leaks"
                        .formatted(
                                CANARIES.size(),
                                NEEDLES.count(),
                                harvest.surfaces().size(),
                                harvest.called().size(),
                                harvest.searched() >> 20,
                                leaks.size());
        System.out.println("Email sweep: " + counted);
        assertThat(leaks).isEmpty();
        theKeyIsNowhere();
    }

    @Test
    @Order(2)
    void every_operation_was_called() {
        var described =
                given().accept(JSON)
                        .queryParam("format", "json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .<String, Map<String, Object>>getMap("paths");
        Set<String> wanted = new TreeSet<>();
        described.forEach((path, verbs) ->
                verbs.keySet().stream()
                        .filter(verb -> Set.of("get", "post", "put", "patch", "delete").contains(verb))
                        .forEach(verb -> wanted.add(plain(verb.toUpperCase(java.util.Locale.ROOT) + " " + path))));
        Operations.ALL.forEach(operation -> wanted.add(plain(operation.toString())));
        var called = swept.called().stream().map(EmailSweepTest::plain).collect(Collectors.toSet());

        assertThat(wanted).hasSizeGreaterThan(30);
        assertThat(wanted).as("operations that the sweep does not call").isSubsetOf(called);
    }

    @Test
    @Order(3)
    void every_output_of_the_list_was_made_and_searched_or_is_not_built() {
        var table = surfaces();
        var rows = Canary.rows("email-surface");
        assertThat(rows).hasSize(47);
        assertThat(table.keySet())
                .isEqualTo(rows.stream().map(Canary.Row::id).collect(Collectors.toCollection(TreeSet::new)));

        int produced = 0;
        for (var row : rows) {
            switch (table.get(row.id())) {
                case Produced made -> {
                    produced++;
                    assertThat(swept.holds(made.surface(), made.marker()))
                            .as("%s, %s: %s holds %s", row.id(), row.payload(), made.surface(), made.marker())
                            .isTrue();
                }
                case Absent absent -> System.out.printf("Not built: %s (%s)%n", row.payload(), absent.reason());
            }
        }
        System.out.printf(
                "Email sweep: %d outputs made and searched, %d not built%n", produced, rows.size() - produced);
    }

    @Test
    @Order(4)
    void what_is_said_to_be_absent_is() throws IOException {
        var page = given().get("/embed/gazette/harbour-bridge").then().statusCode(200).extract().asString();
        assertThat(page).doesNotContain("<img").doesNotContain("prefetch");
        assertThat(Jsoup.parse(page).select("script:not([type=application/json], [type=application/ld+json])"))
                .isNotEmpty()
                .allSatisfy(script -> assertThat(script.attr("src")).startsWith("/static/bundle/widget-"));
        assertThat(swept.headers()).doesNotContain("link");
        // Readers get no cookie; staff get theirs on the way to the sign-in server, and they are searched too.
        assertThat(swept.surfaces())
                .filteredOn(surface -> surface.startsWith("head of ") && swept.holds(surface, "set-cookie"))
                .isNotEmpty()
                .allMatch(surface -> surface.startsWith("head of GET /console/sign"));
        assertThat(CANARIES).allSatisfy(canary -> assertThat(canary.domain()).endsWith(".test"));
        // Not in the list, and searched all the same.
        assertThat(swept.holds("body of GET /q/metrics", "parley_comments_total{")).isTrue();
        for (var path :
                List.of(
                        "feed",
                        "feed.xml",
                        "rss",
                        "atom.xml",
                        "sitemap.xml",
                        "oembed",
                        "metrics",
                        "q/info",
                        "export.csv")) {
            given().get("/" + path).then().statusCode(404);
        }
        var parts =
                Files.readAllLines(LOG).stream()
                        .filter(line -> line.contains("Installed features: ["))
                        .map(line -> line.replaceAll(".*Installed features: \\[(.*)].*", "$1"))
                        .reduce((first, last) -> last);
        assertThat(parts).isPresent();
        assertThat(Set.of(parts.get().split(", "))).as("parts of the program").isEqualTo(PARTS);
        assertThat(Files.readString(Path.of("parley"))).doesNotContain("HeapDump");
    }

    @Test
    @Order(5)
    void a_leak_planted_in_each_of_ten_places_is_found_there() throws Exception {
        var stages = new LinkedHashMap<String, Stage>();
        for (var place : Place.values()) {
            stages.put(place.name(), stage());
        }
        List.of("DATABASE_LOG", "OUTBOX_PAYLOAD", "AUDIT_DETAIL").forEach(place -> stages.put(place, stage()));
        Map<String, String> expected =
                Map.of(
                        "RESPONSE_HEADER", "head of POST " + COMMENTS,
                        "THREAD_BODY", "body of GET " + COMMENTS,
                        "ERROR_DETAIL", "body of POST " + COMMENTS,
                        "QUEUE_VIEW", "body of GET " + STAFF + "/queue",
                        "HTML_PAGE", "body of GET " + FRAME,
                        "ETAG", "head of GET " + COMMENTS,
                        "APPLICATION_LOG", "application log",
                        "DATABASE_LOG", "database log",
                        "OUTBOX_PAYLOAD", "table outbox_event",
                        "AUDIT_DETAIL", "body of GET " + STAFF + "/audit");

        List<String> found = new ArrayList<>();
        for (var entry : stages.entrySet()) {
            var place = entry.getKey();
            var canary = CANARIES.get(found.size());
            var from = marks();
            var harvest = begin();
            for (var at : Place.values()) {
                if (at.name().equals(place)) {
                    PlantedLeak.on(at, canary);
                }
            }
            var planted = plant(place, canary);
            journey(canary, CANARIES.getLast(), entry.getValue(), harvest);
            read();
            collect(harvest, from);
            quiet();
            for (var undo : planted) {
                asBackup(undo);
            }
            var where =
                    harvest.search(NEEDLES, Set.of()).stream().map(Harvest.Leak::surface).collect(Collectors.toSet());
            assertThat(where).as(place).contains(expected.get(place));
            found.add(place);
        }
        assertThat(found).hasSize(10);
        System.out.printf("Email sweep: %s, planted %d found %d%n", counted, stages.size(), found.size());
    }

    // --- What is done ---

    /** Everything that a reader and the staff can do about comments at one address, right and wrong. */
    private String journey(Canary canary, Canary other, Stage stage, Harvest harvest) {
        var article = stage.article();
        var text = Fixtures.calm();
        var fields = comment(canary, text);
        fields.put("notify", true);

        // Sent, sent again, sent with another address under the same key.
        var receipt = keyed(article, fields).then().statusCode(201).extract();
        String id = receipt.path("id");
        String editToken = receipt.path("editToken");
        String readerToken = receipt.path("readerToken");
        String author = receipt.path("comment.author.id");
        assertThat(keyed(article, fields).then().statusCode(201).extract().asString()).isEqualTo(receipt.asString());
        var changed = new HashMap<>(fields);
        changed.put("email", other.address());
        keyed(article, changed).then().statusCode(422);
        // An author's public id is random: the same address gets another one.
        String second =
                Fixtures.submit("gazette", article, comment(canary, Fixtures.calm()))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("comment.author.id");
        assertThat(second).isNotEqualTo(author);
        assertThat(UUID.fromString(author).version()).isEqualTo(4);
        given().header("Reader-Token", readerToken)
                .contentType(JSON)
                .body(comment(canary, Fixtures.calm()))
                .post(COMMENTS, "gazette", article)
                .then()
                .statusCode(201)
                .body("comment.author.id", is(author));
        // The same text thrice is held.
        Fixtures.submit("gazette", article, fields).then().statusCode(201);
        Fixtures.submit("gazette", article, fields).then().statusCode(201).body("status", is("HELD"));

        refused(canary, article);

        // Changed and taken back.
        edit(id, editToken, Fixtures.calm()).then().statusCode(200);
        edit(id, editToken, "").then().statusCode(400);
        nudges(true);
        given().header("Edit-Token", editToken)
                .contentType(JSON)
                .body(Map.of("body", Fixtures.INSULT, "nudge", true))
                .patch("/api/v1/sites/gazette/comments/{id}", id)
                .then()
                .statusCode(422)
                .body("type", is("/problems/reconsider"));
        nudges(false);
        edit(id, "wrong-" + editToken, Fixtures.calm()).then().statusCode(404);
        var reply = comment(canary, Fixtures.calm());
        reply.put("parentId", id);
        Fixtures.submit("gazette", article, reply).then().statusCode(201);
        var gone =
                Fixtures.submit("gazette", article, comment(canary, Fixtures.calm())).then().statusCode(201).extract();
        given().header("Edit-Token", "wrong").delete(COMMENT, "gazette", gone.path("id")).then().statusCode(404);
        given().header("Edit-Token", gone.<String>path("editToken"))
                .delete(COMMENT, "gazette", gone.path("id"))
                .then()
                .statusCode(204);

        // What readers read.
        for (var sort : List.of("newest", "oldest", "top")) {
            given().queryParam("sort", sort)
                    .queryParam("limit", 1)
                    .get(COMMENTS, "gazette", article)
                    .then()
                    .statusCode(200);
        }
        var thread = given().get(COMMENTS, "gazette", article).then().statusCode(200).extract();
        given().header("If-None-Match", thread.header("ETag"))
                .get(COMMENTS, "gazette", article)
                .then()
                .statusCode(oneOf(200, 304));
        given().queryParam("parent", id).get(COMMENTS, "gazette", article).then().statusCode(200);
        given().queryParam("sort", "email").get(COMMENTS, "gazette", article).then().statusCode(400);
        given().queryParam("article", article).get("/api/v1/sites/gazette/counts").then().statusCode(200);
        given().get("/api/v1/sites/gazette/comments/recent").then().statusCode(200);
        frame(canary, stage, id);
        links(canary, author);

        // Addresses that are typed where none belongs, and comments as other programs get them.
        Fixtures.submit("gazette", article, comment(canary, Fixtures.calm() + " Write to " + canary.address() + " !"))
                .then()
                .statusCode(201)
                .body("masked", is(true));
        given().contentType(JSON)
                .body(Map.of("reason", "OTHER", "note", "He is " + canary.address() + " I think"))
                .post(COMMENT + "/flags", "gazette", id)
                .then()
                .statusCode(202);
        given().get(ARTICLE + "/feed.atom", "gazette", article).then().statusCode(200);
        given().get("/api/v1/sites/{site}/feed.atom", "gazette").then().statusCode(200);
        listen(given(), ARTICLE + "/events", "gazette", article);
        given().queryParam("url", "https://gazette.example/" + article + "#comment-" + id)
                .get(OEMBED)
                .then()
                .statusCode(200);
        given().queryParam("url", "mailto:" + canary.address()).get(OEMBED).then().statusCode(404);
        given().get("/avatars/{id}.svg", author).then().statusCode(200);
        programs(canary);

        // What the staff sees and does.
        String held =
                Fixtures.submit("gazette", article, comment(canary, Fixtures.INSULT + ", " + article))
                        .then()
                        .statusCode(201)
                        .body("status", is("HELD"))
                        .extract()
                        .path("id");
        var moderator = TOKENS.moderatorOf("gazette");
        given().auth()
                .oauth2(moderator)
                .queryParam("order", "risk")
                .queryParam("limit", 100)
                .get(STAFF + "/queue", "gazette")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(moderator)
                .queryParam("order", "oldest")
                .queryParam("limit", 1)
                .get(STAFF + "/queue", "gazette")
                .then()
                .statusCode(200);
        String commenter =
                given().auth()
                        .oauth2(moderator)
                        .get(STAFF + "/comments/{id}", "gazette", held)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("comment.commenter.id");
        given().auth().oauth2(moderator).get(STAFF + "/commenters/{id}", "gazette", commenter).then().statusCode(200);
        atTheDesk(canary, article, held, commenter);
        decide(held, 0, Map.of("action", "APPROVE")).then().statusCode(200);
        decide(held, 0, Map.of("action", "APPROVE")).then().statusCode(409);
        decide(held, 1, Map.of("action", "REJECT", "reason", "ABUSE", "note", "seen before")).then().statusCode(200);
        given().auth().oauth2(moderator).get(STAFF + "/comments/{id}", "gazette", held).then().statusCode(200);
        given().auth()
                .oauth2(moderator)
                .contentType(JSON)
                .body(Map.of("reason", "to write to them"))
                .post(STAFF + "/commenters/{id}/email-reveals", "gazette", commenter)
                .then()
                .statusCode(403);
        String shown =
                given().auth()
                        .oauth2(TOKENS.adminOf("gazette"))
                        .contentType(JSON)
                        .body(Map.of("reason", "to write to them"))
                        .post(STAFF + "/commenters/{id}/email-reveals", "gazette", commenter)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("address");
        assertThat(shown).isEqualTo(canary.address());
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("reason", " "))
                .post(STAFF + "/commenters/{id}/email-reveals", "gazette", commenter)
                .then()
                .statusCode(400);
        given().auth()
                .oauth2(moderator)
                .contentType(JSON)
                .body(
                        Map.of(
                                "kind",
                                "BAN",
                                "reason",
                                "insults again and again",
                                "until",
                                Instant.now().plus(Duration.ofSeconds(3)).toString()))
                .post(STAFF + "/commenters/{id}/sanctions", "gazette", commenter)
                .then()
                .statusCode(oneOf(201, 400)); // 400 where this machine took three seconds for it
        Fixtures.submit("gazette", article, comment(canary, Fixtures.calm())).then().statusCode(201);
        edit(id, editToken, Fixtures.calm()).then().statusCode(200);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .queryParam("limit", 50)
                .get(STAFF + "/audit", "gazette")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .delete(STAFF + "/commenters/{id}/address", "gazette", commenter)
                .then()
                .statusCode(204);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("reason", "to write to them"))
                .post(STAFF + "/commenters/{id}/email-reveals", "gazette", commenter)
                .then()
                .statusCode(404);
        return id;
    }

    /** What moderators do beside deciding: look for the address too, claim, note, decide on many and undo. */
    private static void atTheDesk(Canary canary, String article, String held, String commenter) {
        var moderator = TOKENS.moderatorOf("gazette");
        for (var where : List.of("/comments", "/commenters")) {
            for (var q : List.of(canary.address(), "reader")) {
                given().auth()
                        .oauth2(moderator)
                        .queryParam("q", q)
                        .get(STAFF + where, "gazette")
                        .then()
                        .statusCode(200);
            }
        }
        for (var what : List.of("/context", "/history")) {
            given().auth()
                    .oauth2(moderator)
                    .get(STAFF + "/comments/{id}" + what, "gazette", held)
                    .then()
                    .statusCode(200);
        }
        desk(moderator, Map.of("text", "Looks familiar."), STAFF + "/comments/{id}/notes", held).then().statusCode(201);
        String claim =
                desk(moderator, Map.of("comment", held), STAFF + "/queue/claims")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("items[0].claim.id");
        desk(TOKENS.adminOf("gazette"), Map.of("comment", held), STAFF + "/queue/claims").then().statusCode(409);
        given().auth().oauth2(moderator).get(STAFF + "/queue/claims", "gazette").then().statusCode(200);
        listen(given().auth().oauth2(moderator), STAFF + "/queue/events", "gazette");
        given().auth().oauth2(moderator).get(STAFF + "/queue/counts", "gazette").then().statusCode(200);
        given().auth().oauth2(moderator).put(STAFF + "/queue/claims/{id}", "gazette", claim).then().statusCode(200);
        given().auth().oauth2(moderator).delete(STAFF + "/queue/claims/{id}", "gazette", claim).then().statusCode(204);
        given().auth().oauth2(moderator).delete(STAFF + "/queue/claims", "gazette").then().statusCode(204);
        var item = Map.of("comment", Fixtures.held("gazette", article), "revision", 1, "stateVersion", 0);
        var batch =
                desk(moderator, Map.of("items", List.of(item), "action", "SPAM"), STAFF + "/decisions")
                        .then()
                        .statusCode(200)
                        .extract();
        desk(moderator, Map.of(), STAFF + "/decisions/{id}/undo", batch.<String>path("results[0].decision"))
                .then()
                .statusCode(200);
        desk(moderator, Map.of(), STAFF + "/decisions/batches/{batch}/undo", batch.<String>path("batch"))
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(moderator)
                .delete(STAFF + "/commenters/{id}/sanctions/{sanction}", "gazette", commenter, UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    /** Hears a stream to its end, a second or two, while the rest goes on; {@link #collect} waits for it. */
    private static void listen(RequestSpecification request, String path, Object... ids) {
        LISTENING.add(begun(() -> request.get(path, ids).then().statusCode(200)));
    }

    /** A thread of its own begins this; who joins it gets what it failed with. */
    private static CompletableFuture<Void> begun(Runnable task) {
        return CompletableFuture.runAsync(task, Thread.ofVirtual()::start);
    }

    private static Response desk(String token, Map<String, Object> body, String path, Object... ids) {
        var all = new ArrayList<Object>(List.of("gazette"));
        all.addAll(List.of(ids));
        return given().auth().oauth2(token).contentType(JSON).body(body).post(path, all.toArray());
    }

    /** What programs of others do with texts that hold addresses. */
    private static void programs(Canary canary) {
        var key = apiKey;
        var text = Fixtures.calm() + " Write to " + canary.address() + " !";
        for (var explain : List.of(true, false)) {
            given().header("X-Api-Key", key)
                    .contentType(JSON)
                    .body(Map.of("texts", List.of(Map.of("text", text)), "explain", explain))
                    .post(STAFF + "/scores", "gazette")
                    .then()
                    .statusCode(200);
        }
        given().header("X-Api-Key", key)
                .contentType(JSON)
                .body(Map.of("texts", List.of(Map.of("text", text)), "attributes", List.of(canary.address())))
                .post(STAFF + "/scores", "gazette")
                .then()
                .statusCode(400);
        var comment = Map.of("text", text);
        analyze(key, Map.of("comment", comment, "requestedAttributes", Map.of("TOXICITY", Map.of())))
                .then()
                .statusCode(200);
        analyze(key, Map.of("comment", comment, "requestedAttributes", Map.of(canary.address(), Map.of())))
                .then()
                .statusCode(400);
        analyze(key, Map.of("comment", comment, canary.address(), text)).then().statusCode(400);
        analyze(key, Map.of("comment", comment, "languages", List.of(canary.address()))).then().statusCode(400);
        analyze(key, Map.of("comment", Map.of("text", List.of(text)))).then().statusCode(400);
        Fixtures.suggest(key, text, "TOXICITY", 1).then().statusCode(200);
        Fixtures.suggest(key, text, canary.address(), 1).then().statusCode(400);
        var admin = TOKENS.adminOf("gazette");
        given().auth().oauth2(admin).queryParam("limit", 100).get(STAFF + "/labels", "gazette").then().statusCode(200);
        given().auth().oauth2(admin).get(STAFF + "/labels/export", "gazette").then().statusCode(200);
    }

    private static Response analyze(String key, Map<String, Object> body) {
        return given().urlEncodingEnabled(false) // the colon of its path stays one
                .queryParam("key", key)
                .contentType(JSON)
                .body(body)
                .post("/v1alpha1/comments:analyze");
    }

    /** What a reader does by mail: asks for a link, proves, looks, takes back, saves, unsubscribes and erases. */
    private void links(Canary canary, String author) {
        for (var site : List.of("gazette", "nowhere")) {
            given().contentType(JSON)
                    .body(Map.of("site", site, "email", canary.address()))
                    .post("/api/v1/me/link")
                    .then()
                    .statusCode(oneOf(202, 404));
        }
        given().contentType(JSON)
                .body(Map.of("site", "gazette", "email", canary.address() + "@"))
                .post("/api/v1/me/link")
                .then()
                .statusCode(400);
        given().queryParam("site", "gazette").get("/me").then().statusCode(200);
        given().queryParam("site", "nowhere").get("/me").then().statusCode(404);
        for (var typed : List.of(canary.address(), canary.address() + "@")) {
            given().queryParam("site", "gazette")
                    .contentType("application/x-www-form-urlencoded")
                    .formParam("email", typed)
                    .post("/me")
                    .then()
                    .statusCode(oneOf(202, 400));
        }
        var token = link(author, LinkPurpose.MANAGE);
        given().get(ME, token).then().statusCode(200);
        given().get(ME + "/export", token).then().statusCode(409);
        press(ME, token, Map.of("mine", canary.address())).then().statusCode(400);
        press(ME, token, Map.of("mine", author)).then().statusCode(200);
        given().queryParam("lang", "ar").get(ME, token).then().statusCode(200);
        press(ME + "/withdraw", token, Map.of("comment", canary.address())).then().statusCode(400);
        press(ME + "/withdraw", token, Map.of("comment", UUID.randomUUID().toString())).then().statusCode(404);
        press(ME + "/mails", token, Map.of("mails", canary.address())).then().statusCode(400);
        press(ME + "/mails", token, Map.of("mails", "on")).then().statusCode(200);
        given().get(ME + "/export", token).then().statusCode(200);
        given().get(ME + "/erase", token).then().statusCode(200);
        var unsubscribe = link(author, LinkPurpose.UNSUBSCRIBE);
        given().get(ME + "/unsubscribe", unsubscribe).then().statusCode(200);
        press(ME + "/unsubscribe", unsubscribe, Map.of("List-Unsubscribe", "One-Click")).then().statusCode(200);
        // The journey goes on with its author; erased is somebody whose address holds the canary's.
        var fields = with(canary, "email", "gone." + canary.address());
        String gone =
                Fixtures.submit("gazette", "harbour-bridge", fields)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("comment.author.id");
        var last = link(gone, LinkPurpose.MANAGE);
        press(ME + "/erase", last, Map.of()).then().statusCode(409);
        press(ME, last, Map.of("mine", gone)).then().statusCode(200);
        press(ME + "/erase", last, Map.of()).then().statusCode(200);
    }

    private String link(String commenter, LinkPurpose purpose) {
        return tenants.call(
                "gazette",
                () -> QuarkusTransaction.requiringNew().call(() -> links.issue(UUID.fromString(commenter), purpose)));
    }

    private static Response press(String path, String token, Map<String, String> fields) {
        return given().contentType("application/x-www-form-urlencoded").formParams(fields).post(path, token);
    }

    /** Requests that are refused, each with an address in it, and in the wrong places too. */
    private static void refused(Canary canary, String article) {
        var address = canary.address();
        for (var broken :
                List.of(
                        address.replace("@", "@@"),
                        address + "..",
                        "<" + address + ">",
                        "\"" + canary.local() + "\"@" + canary.domain(),
                        canary.local(),
                        address + "\r\nBcc: " + address,
                        address.replace("@", " @ "),
                        canary.local() + "@localhost",
                        address + "," + address,
                        address + ".1",
                        "x".repeat(300) + address,
                        canary.local() + "@" + "a.".repeat(130) + canary.domain())) {
            Fixtures.submit("gazette", article, with(canary, "email", broken)).then().statusCode(400);
        }
        for (var wrong : List.of(List.of(address), Map.of("address", address), 17)) {
            Fixtures.submit("gazette", article, with(canary, "email", wrong)).then().statusCode(400);
        }
        Fixtures.submit("gazette", article, with(canary, "body", "")).then().statusCode(400);
        Fixtures.submit("gazette", article, with(canary, "mail", address)).then().statusCode(400);
        Fixtures.submit("gazette", article, with(canary, address, "x")).then().statusCode(400);
        Fixtures.submit("gazette", article, with(canary, "parentId", address)).then().statusCode(400);
        Fixtures.submit("gazette", article, with(canary, "website", "mailto:" + address)).then().statusCode(400);
        Fixtures.submit("gazette", article, with(canary, "article", Map.of("url", address))).then().statusCode(400);
        Fixtures.submit("gazette", "never-heard-of", comment(canary, Fixtures.calm())).then().statusCode(404);
        Fixtures.submit("nowhere", article, comment(canary, Fixtures.calm())).then().statusCode(404);
        given().contentType(JSON)
                .header("Origin", "https://evil.example")
                .body(comment(canary, Fixtures.calm()))
                .post(COMMENTS, "gazette", article)
                .then()
                .statusCode(403);
        given().contentType(JSON)
                .header("Idempotency-Key", "k".repeat(200))
                .body(comment(canary, Fixtures.calm()))
                .post(COMMENTS, "gazette", article)
                .then()
                .statusCode(400);
        given().contentType(JSON)
                .body("{\"email\": \"" + address + "\", ")
                .post(COMMENTS, "gazette", article)
                .then()
                .statusCode(400);
        given().contentType(JSON).body(address).post(COMMENTS, "gazette", article).then().statusCode(400);
        given().contentType(JSON)
                .body("{\"email\": \"" + address + "\", \"email\": \"" + address + "\"}")
                .post(COMMENTS, "gazette", article)
                .then()
                .statusCode(400);
        given().contentType("application/x-www-form-urlencoded")
                .body("email=" + canary.forms().get("urlenc"))
                .post(COMMENTS, "gazette", article)
                .then()
                .statusCode(415);
        given().contentType(JSON)
                .body(with(canary, "body", "x".repeat(66_000)))
                .post(COMMENTS, "gazette", article)
                .then()
                .statusCode(413);
        given().contentType(JSON)
                .body(Map.of("email", address))
                .patch(COMMENT, "gazette", UUID.randomUUID())
                .then()
                .statusCode(400);
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("email", address))
                .post(STAFF + "/comments/{id}/decisions", "gazette", UUID.randomUUID())
                .then()
                .statusCode(400);
    }

    /** The page that is framed, and its plain form: sent well, sent wrong. */
    private static void frame(Canary canary, Stage stage, String parent) {
        for (var sort : List.of("newest", "top")) {
            given().queryParam("sort", sort).get(FRAME, "gazette", stage.article()).then().statusCode(200);
        }
        given().queryParam("reply", parent).get(FRAME, "gazette", stage.article()).then().statusCode(200);
        given().queryParam("sort", "email").get(FRAME, "gazette", stage.article()).then().statusCode(400);
        awaitAge(stage);
        form(canary, stage, Map.of("ticket", "none")).then().statusCode(400);
        form(canary, stage, Map.of("email", canary.address().replace("@", "@@"))).then().statusCode(400);
        var empty = form(canary, stage, Map.of("comment", ""));
        empty.then().statusCode(400);
        form(canary, stage, Map.of("topic", "x", "comment", Fixtures.calm())).then().statusCode(oneOf(201, 422));
        form(canary, stage, Map.of()).then().statusCode(oneOf(201, 422));
        nudges(true);
        var hostile = Fixtures.INSULT + ", " + canary.address();
        // What was typed into the text itself comes back to who typed it, as in every form that is not taken.
        var unused = Jsoup.parse(empty.asString()).select("[data-does=post] [name=ticket]").val();
        form(canary, stage, Map.of("comment", Fixtures.INSULT, "ticket", unused))
                .then()
                .statusCode(422)
                .body(containsString("Send as it is"));
        var nudged = comment(canary, hostile);
        nudged.put("nudge", true);
        Fixtures.submit("gazette", stage.article(), nudged)
                .then()
                .statusCode(422)
                .body("type", is("/problems/reconsider"));
        nudges(false);
        given().queryParam("flag", parent).get(FRAME, "gazette", stage.article()).then().statusCode(200);
        var wrong = Map.of("id", parent, "token", canary.address(), "ticket", stage.ticket());
        send("/edit", stage, wrong).then().statusCode(404);
        send("/withdraw", stage, wrong).then().statusCode(404);
        send("/edit", stage, Map.of("id", canary.address())).then().statusCode(404);
        var reported = Map.of("id", parent, "reason", canary.address(), "ticket", stage.ticket());
        send("/flags", stage, reported).then().statusCode(400);
    }

    private static void nudges(boolean on) {
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("replyDepth", 3, "editWindowSeconds", 300, "hideWhileEditIsHeld", false, "nudges", on))
                .put(STAFF + "/settings", "gazette")
                .then()
                .statusCode(200);
    }

    /** A form of the framed page other than the one for comments. */
    private static Response send(String form, Stage stage, Map<String, String> fields) {
        return given().contentType("application/x-www-form-urlencoded")
                .formParams(fields)
                .post(FRAME + form, "gazette", stage.article());
    }

    /** What is done once, and has no commenter in it. */
    /** Models from what was decided here, and what can be done with one. */
    private static void teach(String admin) {
        String training =
                given().auth()
                        .oauth2(admin)
                        .post(STAFF + "/own-models/trainings", "gazette")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        given().auth().oauth2(admin).get(STAFF + "/own-models/trainings", "gazette").then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .get(STAFF + "/own-models/trainings/{id}", "gazette", training)
                .then()
                .statusCode(200);
        var model = OwnModelRow.of("gazette", "owl");
        given().auth().oauth2(admin).get(STAFF + "/own-models", "gazette").then().statusCode(200);
        given().auth().oauth2(admin).get(STAFF + "/own-models/{id}", "gazette", model).then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .put(STAFF + "/own-models/{id}/activation", "gazette", model)
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(admin)
                .delete(STAFF + "/own-models/{id}/activation", "gazette", model)
                .then()
                .statusCode(204);
        given().auth().oauth2(admin).delete(STAFF + "/own-models/{id}", "gazette", model).then().statusCode(204);
    }

    private static void administer() {
        var admin = TOKENS.adminOf("gazette");
        var operator = TOKENS.operator();
        var press = "press-" + UUID.randomUUID().toString().substring(0, 8);
        Fixtures.tenant(press, DemoUsers.NEWCOMER);
        given().auth()
                .oauth2(operator)
                .contentType(JSON)
                .body(Map.of("status", "SUSPENDED"))
                .patch("/api/v1/operator/tenants/{id}", press)
                .then()
                .statusCode(200);
        given().auth().oauth2(operator).get("/api/v1/operator/tenants").then().statusCode(200);
        String simulation =
                given().auth()
                        .oauth2(admin)
                        .contentType(JSON)
                        .body(Map.of("scope", "TENANT", "scopeRef", "", "document", Map.of("mode", "HOLD_FIRST")))
                        .post(STAFF + "/policies/simulations", "gazette")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        given().auth().oauth2(admin).get(STAFF + "/policies/simulations", "gazette").then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .get(STAFF + "/policies/simulations/{id}", "gazette", simulation)
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(admin)
                .delete(STAFF + "/policies/simulations/{id}", "gazette", simulation)
                .then()
                .statusCode(204);
        given().auth().oauth2(admin).get(STAFF + "/policies/distribution", "gazette").then().statusCode(200);
        teach(admin);
        given().auth()
                .oauth2(admin)
                .contentType(JSON)
                .body(Map.of("document", Map.of()))
                .post(STAFF + "/policies/checks", "gazette")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(admin)
                .contentType(JSON)
                .body(Map.of("words", List.of("owl"), "text", "An owl."))
                .post(STAFF + "/word-lists/checks", "gazette")
                .then()
                .statusCode(200);
        String rescoring =
                given().auth()
                        .oauth2(admin)
                        .contentType(JSON)
                        .body(Map.of("scope", "UNSCORED"))
                        .post(STAFF + "/rescorings", "gazette")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        given().auth().oauth2(admin).get(STAFF + "/rescorings", "gazette").then().statusCode(200);
        given().auth().oauth2(admin).get(STAFF + "/rescorings/{id}", "gazette", rescoring).then().statusCode(200);
        given().auth().oauth2(admin).delete(STAFF + "/rescorings/{id}", "gazette", rescoring).then().statusCode(204);
        given().auth().oauth2(admin).get("/api/v1/me").then().statusCode(200);
        Fixtures.site("gazette", press);
        given().auth()
                .oauth2(admin)
                .contentType(JSON)
                .body(Map.of("name", "Changed", "language", "en", "origins", List.of("https://" + press + ".example")))
                .put(STAFF + "/sites/{id}", "gazette", Fixtures.siteId("gazette", press))
                .then()
                .statusCode(200);
        var member = Fixtures.member("gazette", DemoUsers.NEWCOMER, "MODERATOR", List.of());
        given().auth().oauth2(admin).get(STAFF + "/members", "gazette").then().statusCode(200);
        given().auth().oauth2(admin).delete(STAFF + "/members/{id}", "gazette", member).then().statusCode(204);
        var settings =
                given().auth()
                        .oauth2(admin)
                        .get(STAFF + "/settings", "gazette")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        given().auth()
                .oauth2(admin)
                .contentType(JSON)
                .body(settings)
                .put(STAFF + "/settings", "gazette")
                .then()
                .statusCode(200);
        given().auth().oauth2(admin).get(STAFF + "/policies", "gazette").then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .queryParam("scope", "CATEGORY")
                .queryParam("scopeRef", "world")
                .get(STAFF + "/policies/history", "gazette")
                .then()
                .statusCode(200);
        Fixtures.holdFirst("gazette", press);
        given().auth().oauth2(admin).get(STAFF + "/policies/presets", "gazette").then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .contentType(JSON)
                .body(Map.of("scope", "CATEGORY", "scopeRef", press, "version", 1, "basedOn", 1, "reason", "as it was"))
                .post(STAFF + "/policies/rollbacks", "gazette")
                .then()
                .statusCode(200);
        var site = Fixtures.siteId("gazette", press);
        given().auth().oauth2(admin).get(STAFF + "/sites/{id}/secret", "gazette", site).then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .post(STAFF + "/sites/{id}/secret/rotations", "gazette", site)
                .then()
                .statusCode(201);
        String article =
                given().auth()
                        .oauth2(admin)
                        .get(STAFF + "/sites/{s}/articles", "gazette", Fixtures.siteId("gazette", "gazette"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items[0].id");
        given().auth().oauth2(admin).get(STAFF + "/articles/{a}", "gazette", article).then().statusCode(200);
        var made = Fixtures.apiKey("gazette", Map.of("name", "sweep " + press)).then().statusCode(201).extract();
        apiKey = made.path("key");
        var other = Fixtures.apiKey("gazette", Map.of("name", "other " + press)).then().statusCode(201).extract();
        given().auth().oauth2(admin).get(STAFF + "/api-keys", "gazette").then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .delete(STAFF + "/api-keys/{id}", "gazette", other.<String>path("apiKey.id"))
                .then()
                .statusCode(204);
        for (int i = 0; i < 2; i++) {
            Fixtures.suggest(apiKey, Fixtures.calm(), "TOXICITY", 0).then().statusCode(200);
            String label =
                    given().auth()
                            .oauth2(admin)
                            .get(STAFF + "/labels", "gazette")
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("items[0].id");
            var which = i == 0 ? STAFF + "/labels/" + label : STAFF + "/labels";
            given().auth().oauth2(admin).delete(which, "gazette").then().statusCode(204);
        }
        subscribe(admin);
        given().urlEncodingEnabled(false).get("/$discovery/rest?version=v1alpha1").then().statusCode(200);
    }

    /** What is only read, at the end. */
    private static void read() {
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .get(STAFF + "/audit/verification", "gazette")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .queryParam("action", "EMAIL_REVEALED")
                .get(STAFF + "/audit", "gazette")
                .then()
                .statusCode(200);
        given().auth().oauth2(TOKENS.moderatorOf("gazette")).get(STAFF + "/audit", "gazette").then().statusCode(403);
        given().auth().oauth2(TOKENS.moderatorOf("herald")).get(STAFF + "/queue", "gazette").then().statusCode(404);
        given().get(STAFF + "/queue", "gazette").then().statusCode(401);
        given().header("Origin", "https://gazette.example")
                .options(COMMENTS, "gazette", "harbour-bridge")
                .then()
                .statusCode(204);
        given().get("/q/health").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200);
        given().get("/nothing-here").then().statusCode(404);
        var page = given().get(FRAME, "gazette", "harbour-bridge").then().statusCode(200).extract().asString();
        given().get(Jsoup.parse(page).select("link[rel=stylesheet]").attr("href")).then().statusCode(200);
        for (var path : List.of("/console", "/console/sign-in", "/console/sign-out", "/console/signed-in")) {
            given().redirects().follow(false).get(path).then().statusCode(oneOf(200, 302, 303, 307, 401));
        }
        given().redirects().follow(false).get("/console/{rest}", "gazette").then().statusCode(oneOf(200, 307));
        // A run that is not standalone has no mailbox.
        for (var path : List.of("/mailbox", "/mailbox/style.css")) {
            given().get(path).then().statusCode(404);
        }
        given().get("/embed.js").then().statusCode(200);
        for (var file : List.of("widget-00000000.css", "widget-00000000.js", "embed-00000000.js")) {
            given().redirects().follow(false).get("/static/bundle/" + file).then().statusCode(307);
        }
        for (var path :
                List.of(
                        "/",
                        "/category/local",
                        "/articles/harbour-bridge",
                        "/de",
                        "/de/category/local",
                        "/de/articles/spaetbus",
                        "/herald",
                        "/newspaper.css",
                        "/newspaper.js")) {
            given().get(path);
        }
    }

    // --- Where it is looked for ---

    /** How far both logs have come. */
    private static Map<Path, Long> marks() {
        var marks = new TreeMap<Path, Long>();
        databaseLogs().forEach(file -> marks.put(file, size(file)));
        marks.put(LOG, Files.exists(LOG) ? size(LOG) : 0);
        return marks;
    }

    private static Harvest begin() {
        TraceCollector.forget();
        var harvest = new Harvest(REVEAL::equals);
        RestAssured.replaceFiltersWith(harvest);
        return harvest;
    }

    /**
     * Sends what waits, first to nobody. A mail may hold the address it goes to in its To: and no address elsewhere.
     */
    /** Addresses that an admin types, as they should be and as they should not. */
    private static void invite() {
        for (var canary : CANARIES) {
            for (var typed : List.of(canary.address(), canary.address() + "@")) {
                invitation(Map.of("email", typed, "name", "Some Body", "role", "MODERATOR"))
                        .then()
                        .statusCode(oneOf(201, 400));
            }
            invitation(Map.of("email", canary.address(), "name", canary.address(), "role", "ADMIN"))
                    .then()
                    .statusCode(400);
        }
        invitation(Map.of("email", CANARIES.getFirst().address(), "name", "Some Body", "role", "none"))
                .then()
                .statusCode(400);
    }

    private static Response invitation(Map<String, Object> fields) {
        return given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(fields)
                .post(STAFF + "/invitations", "gazette");
    }

    /** What comes of an invitation, for whoever holds its link and for the tenant's admins. */
    private void accept() {
        var link = "/console/invitation/";
        var token =
                CANARIES.stream()
                        .flatMap(canary -> SmtpResource.to(canary.address()).stream())
                        .flatMap(mail -> mail.text().lines())
                        .filter(line -> line.contains(link))
                        .map(line -> line.substring(line.indexOf(link) + link.length()))
                        .findFirst()
                        .orElseThrow();
        var holder = "/api/v1/invitations/{token}";
        given().get(holder, token).then().statusCode(200);
        given().post(holder + "/account", token).then().statusCode(oneOf(200, 503));
        String member =
                given().auth()
                        .oauth2(TOKENS.of(DemoUsers.NEWCOMER))
                        .post(holder + "/acceptance", token)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("member");
        given().get(holder, token).then().statusCode(404);
        var admin = TOKENS.adminOf("gazette");
        given().auth()
                .oauth2(admin)
                .contentType(JSON)
                .body(Map.of("role", "ADMIN"))
                .patch(STAFF + "/members/{id}", "gazette", member)
                .then()
                .statusCode(200);
        given().auth().oauth2(admin).delete(STAFF + "/members/{id}", "gazette", member).then().statusCode(204);
        List<String> open =
                given().auth()
                        .oauth2(admin)
                        .get(STAFF + "/invitations", "gazette")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items.findAll { it.state == 'OPEN' }.id");
        given().auth()
                .oauth2(admin)
                .post(STAFF + "/invitations/{id}/resend", "gazette", open.getFirst())
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(admin)
                .delete(STAFF + "/invitations/{id}", "gazette", open.getLast())
                .then()
                .statusCode(204);
        tenants.run(
                "gazette",
                () -> {
                    while (chain.seal("gazette", AuditChain.Look.EVERYWHERE) > 0) {
                        // The next batch: only what is sealed is exported.
                    }
                });
        given().auth().oauth2(admin).get(STAFF + "/audit/export", "gazette").then().statusCode(200);
        given().auth().oauth2(admin).get(STAFF + "/statistics", "gazette").then().statusCode(200);
        given().auth().oauth2(admin).get(STAFF + "/models", "gazette").then().statusCode(200);
        given().auth()
                .oauth2(admin)
                .get(STAFF + "/models/{language}/{attribute}/card", "gazette", "en", "toxicity")
                .then()
                .statusCode(200);
    }

    private void mails(Harvest harvest) throws Exception {
        SmtpResource.down();
        post.deliver("gazette");
        SmtpResource.up();
        post.makeDue();
        post.deliver("gazette");
        for (var canary : CANARIES) {
            assertThat(SmtpResource.to(canary.address())).as("mails to %s", canary).isNotEmpty();
        }
        for (var mail : SmtpResource.all()) {
            assertThat(mail.headers("To")).hasSize(1);
            var raw = new String(mail.raw(), java.nio.charset.StandardCharsets.UTF_8);
            harvest.add("mails", raw.replaceFirst("(?m)^To: .*$", ""));
            harvest.add("mails", mail.subject() + "\n" + mail.text());
        }
    }

    /** One webhook for everything, and one that is used up. */
    private static void subscribe(String admin) {
        Map<String, Object> wanted =
                Map.of(
                        "address",
                        RECEIVER.address(),
                        "events",
                        List.of(
                                "comment.published",
                                "comment.held",
                                "comment.rejected",
                                "comment.kept",
                                "comment.withdrawn",
                                "comment.erased",
                                "comment.flagged"));
        for (boolean used : List.of(true, false)) {
            String id =
                    given().auth()
                            .oauth2(admin)
                            .contentType(JSON)
                            .body(wanted)
                            .post(STAFF + "/webhooks", "gazette")
                            .then()
                            .statusCode(201)
                            .extract()
                            .path("webhook.id");
            var one = STAFF + "/webhooks/" + id;
            if (used) {
                var staff = given().auth().oauth2(admin).contentType(JSON);
                staff.body(wanted).put(one, "gazette").then().statusCode(200);
                given().auth().oauth2(admin).post(one + "/secrets", "gazette").then().statusCode(201);
                given().auth().oauth2(admin).delete(one + "/secrets/previous", "gazette").then().statusCode(204);
                String delivery =
                        given().auth()
                                .oauth2(admin)
                                .post(one + "/tests", "gazette")
                                .then()
                                .statusCode(202)
                                .extract()
                                .path("id");
                given().auth()
                        .oauth2(admin)
                        .post(one + "/deliveries/{d}/replay", "gazette", delivery)
                        .then()
                        .statusCode(409);
                given().auth().oauth2(admin).post(one + "/replays", "gazette").then().statusCode(202);
                given().auth().oauth2(admin).delete(one, "gazette").then().statusCode(204);
            }
        }
    }

    /** Tells the receiver of everything, the first time in vain, and reads what it got and the log of that. */
    private void webhooks(Harvest harvest) throws Exception {
        RECEIVER.answer(500);
        hooks.go("gazette");
        RECEIVER.answer(204);
        for (int i = 0; i < 3; i++) {
            post.run("update webhook set retry_at = null; update webhook_delivery set due_at = now()");
            hooks.go("gazette");
        }
        assertThat(RECEIVER.got().stream().filter(got -> got.body().contains("comment."))).hasSizeGreaterThan(50);
        for (var got : RECEIVER.got()) {
            harvest.add("webhooks", got.path() + "\n" + got.headers() + "\n" + got.body());
        }
        var admin = TOKENS.adminOf("gazette");
        String id =
                given().auth()
                        .oauth2(admin)
                        .get(STAFF + "/webhooks", "gazette")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items[0].id");
        given().auth()
                .oauth2(admin)
                .queryParam("limit", 100)
                .get(STAFF + "/webhooks/" + id + "/deliveries", "gazette")
                .then()
                .statusCode(200);
    }

    private static void collect(Harvest harvest, Map<Path, Long> from) throws Exception {
        LISTENING.forEach(CompletableFuture::join);
        LISTENING.clear();
        RestAssured.replaceFiltersWith(List.of());
        tables(harvest);
        kept(harvest);
        logs(harvest, from);
        TraceCollector.flush();
        harvest.add("traces", TraceCollector.bytes());
        var threads =
                Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.joining("\n"));
        harvest.add(
                "threads and management beans",
                threads + "\n" + ManagementFactory.getPlatformMBeanServer().queryNames(null, null));
    }

    /** A key in the query of a request stands in no log, however talkative. */
    private static void theKeyIsNowhere() throws IOException {
        assertThat(apiKey).startsWith("parley_");
        var secret = apiKey.substring(apiKey.length() - 43);
        List<Path> logs = new ArrayList<>(databaseLogs());
        logs.add(LOG);
        for (var log : logs) {
            try (var lines = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
                assertThat(lines.filter(line -> line.contains(secret)).limit(3).toList()).as("%s", log).isEmpty();
            }
        }
    }

    private static void logs(Harvest harvest, Map<Path, Long> from) {
        harvest.file("application log", LOG, from.getOrDefault(LOG, 0L));
        databaseLogs().forEach(file -> harvest.file("database log", file, from.getOrDefault(file, 0L)));
    }

    /** What an operator takes away: a dump, unpacked, the list of erasures, and what retention says ahead. */
    private static void kept(Harvest harvest) throws SQLException, IOException {
        var dump = LOG.resolveSibling("swept.parley");
        try (var backup = PostgresResource.asBackup()) {
            DatabaseDump.write(backup, dump, "none");
        }
        try (var zip = new ZipFile(dump.toFile())) {
            for (var entry : zip.stream().toList()) {
                harvest.add("dump " + entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        Files.delete(dump);
        var erasures = Files.readString(ERASURES);
        assertThat(erasures).contains(" COMMENTER ");
        harvest.add("list of erasures", erasures);
        var said = new ByteArrayOutputStream();
        try (var backup = PostgresResource.asBackup()) {
            RetentionPreview.print(RetentionPreview.of(backup), new PrintStream(said, true, StandardCharsets.UTF_8));
        }
        harvest.add("retention ahead", said.toByteArray());
    }

    /** Every row of every table as text. */
    private static void tables(Harvest harvest) throws SQLException {
        try (var backup = PostgresResource.asBackup();
                var statement = backup.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var names =
                    statement.executeQuery("select tablename from pg_tables where schemaname = 'parley' order by 1")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (var table : tables) {
                var text = new StringBuilder();
                try (var rows = statement.executeQuery("select t::text from parley.\"" + table + "\" t")) {
                    while (rows.next()) {
                        text.append(rows.getString(1)).append('\n');
                    }
                }
                harvest.add("table " + table, text.toString());
            }
        }
    }

    /** The database as it lies on the disk, with its write-ahead log. */
    private static void databaseFiles(Harvest harvest) throws Exception {
        superuser("checkpoint");
        var logs = PostgresResource.logFolder();
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                logs.getParent(),
                new RunningFiles() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && !file.startsWith(logs)) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.stream().filter(Files::exists).forEach(file -> harvest.file("database files", file, 0));
    }

    /** Keys that stand twice, with an address in them: neither the error nor the database's log may repeat them. */
    private void brokenStatements(Harvest harvest) throws SQLException {
        for (var canary : CANARIES) {
            try (var connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try (var insert =
                        connection.prepareStatement(
                                "insert into member_directory (subject, tenant_id) values (?, 'gazette')")) {
                    insert.setString(1, canary.address());
                    insert.execute();
                    insert.execute();
                } catch (SQLException e) {
                    var trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    harvest.add("exception texts", trace.toString());
                } finally {
                    connection.rollback();
                }
            }
        }
    }

    /** Comments that arrive while the database lets nobody in, all at once: each waits for it as long as it may. */
    private static void databaseAway(Harvest harvest) throws Exception {
        RestAssured.replaceFiltersWith(harvest);
        superuser("alter role parley_app nologin");
        try {
            superuser("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'parley_app'");
            var sent =
                    CANARIES.stream()
                            .map(canary ->
                                    begun(() -> {
                                        var answer =
                                                Fixtures.submit(
                                                        "gazette", "harbour-bridge", comment(canary, Fixtures.calm()));
                                        answer.then().statusCode(oneOf(500, 503));
                                        harvest.add(
                                                "answer while the database is away",
                                                answer.getHeaders() + "\n" + answer.asString());
                                    }))
                            .toList();
            sent.forEach(CompletableFuture::join);
        } finally {
            superuser("alter role parley_app login");
            RestAssured.replaceFiltersWith(List.of());
        }
        var deadline = Instant.now().plusSeconds(20);
        while (given().get("/api/v1/sites/gazette/comments/recent").statusCode() != 200) {
            assertThat(Instant.now()).as("waited for the database to be used again").isBefore(deadline);
        }
    }

    /** The sealed addresses and their look-ups, in the ways a program may write bytes. */
    private static Needles keyed() throws SQLException {
        List<Needle> needles = new ArrayList<>();
        try (var backup = PostgresResource.asBackup();
                var rows =
                        backup.createStatement()
                                .executeQuery("select commenter_id, sealed, lookup from commenter_address")) {
            while (rows.next()) {
                for (var column : List.of("sealed", "lookup")) {
                    var bytes = rows.getBytes(column);
                    var of = column + " of " + rows.getString("commenter_id");
                    needles.add(new Needle(of, "hex", HexFormat.of().formatHex(bytes)));
                    needles.add(new Needle(of, "base64", Base64.getEncoder().withoutPadding().encodeToString(bytes)));
                    needles.add(
                            new Needle(of, "base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
                    needles.add(new Needle(of, "decimal", java.util.Arrays.toString(bytes)));
                    needles.add(new Needle(of, "colons", HexFormat.ofDelimiter(":").formatHex(bytes)));
                }
            }
        }
        return new Needles(needles);
    }

    private static Map<String, Surface> surfaces() {

        var table = new TreeMap<String, Surface>();
        table.put("D-email-surface-001", new Produced("body of GET " + ARTICLE + "/feed.atom", witness));
        table.put("D-email-surface-002", new Produced("webhooks", "Webhook-signature=[v1,"));
        table.put("D-email-surface-003", new Produced("body of POST " + COMMENTS, "/problems/invalid-input"));
        table.put("D-email-surface-004", new Produced("head of GET " + FRAME, "Referrer-Policy"));
        table.put("D-email-surface-005", new Produced("body of GET " + COMMENTS, witness));
        table.put("D-email-surface-006", new Absent("written by a dying JVM, which the launcher asks for none"));
        table.put("D-email-surface-007", new Produced("body of GET /avatars/{id:" + ID + "}.svg", "<svg"));
        table.put("D-email-surface-008", new Produced("table outbox_event", witness));
        table.put("D-email-surface-009", new Produced("body of GET " + FRAME, "application/ld+json"));
        table.put("D-email-surface-010", new Produced("body of GET " + STAFF + "/audit/export", "\"previousHash\""));
        table.put("D-email-surface-011", new Produced("answer while the database is away", "\"trace\""));
        table.put("D-email-surface-012", new Produced("body of GET " + STAFF + "/comments", "article-"));
        table.put("D-email-surface-013", new Produced("database files", "bridge number"));
        table.put("D-email-surface-014", new Produced("threads and management beans", "java.lang:type=Memory"));
        table.put("D-email-surface-015", new Produced("body of GET " + FRAME, "id=\"texts\""));
        table.put("D-email-surface-016", new Produced("head of GET " + OTHER_RELEASE, "/static/bundle/widget-"));
        table.put("D-email-surface-017", new Produced("application log", " INFO "));
        table.put("D-email-surface-018", new Absent("tests use made-up addresses at reserved names only"));
        table.put("D-email-surface-019", new Produced("table commenter", "Reader "));
        table.put("D-email-surface-020", new Produced("body of GET /api/v1/sites/{site}/counts", "article-"));
        table.put("D-email-surface-021", new Produced("body of POST " + COMMENTS, "\"REPEAT\""));
        table.put("D-email-surface-022", new Produced("body of POST " + COMMENTS, "/problems/key-used-differently"));
        table.put("D-email-surface-023", new Produced("table comment", witness));
        table.put("D-email-surface-024", new Produced("body of GET " + OEMBED, witness));
        table.put("D-email-surface-025", new Produced("body of GET /q/openapi", "openapi: 3"));
        table.put("D-email-surface-026", new Produced("head of GET " + COMMENTS, "ETag=W/"));
        table.put("D-email-surface-027", new Produced("table mail", "java.net.ConnectException"));
        table.put("D-email-surface-028", new Produced("traces", "db.operation.name"));
        table.put("D-email-surface-029", new Absent("none is asked for"));
        table.put("D-email-surface-030", new Produced("body of GET " + COMMENTS, "\"author\""));
        table.put("D-email-surface-031", new Produced("application log", " mdc{"));
        table.put("D-email-surface-032", new Produced("exception texts", "member_directory_pk"));
        table.put("D-email-surface-033", new Produced("body of GET /q/health", "\"UP\""));
        table.put("D-email-surface-034", new Absent("made in a browser only: HostileHostTest reads it"));
        table.put(
                "D-email-surface-035",
                new Absent("no public statistics yet; those of staff are searched with the rest"));
        table.put("D-email-surface-036", new Produced("head of GET /console/sign-in", "set-cookie=q_auth"));
        table.put("D-email-surface-037", new Produced("body of GET " + STAFF + "/queue", "article-"));
        table.put("D-email-surface-038", new Produced("head of POST " + COMMENTS, "413"));
        table.put("D-email-surface-039", new Produced("body of GET " + STAFF + "/audit", "EMAIL_REVEALED"));
        table.put("D-email-surface-040", new Absent("not loaded; the same texts stand in the database's log"));
        table.put("D-email-surface-041", new Produced("webhooks", witness));
        table.put("D-email-surface-042", new Produced("body of GET " + FRAME, witness));
        table.put("D-email-surface-043", new Produced("body of GET " + ME + "/export", "\"comments\""));
        table.put(
                "D-email-surface-044", new Produced("database log", "duplicate key value violates unique constraint"));
        table.put("D-email-surface-045", new Produced("body of GET " + OEMBED, witness));
        table.put("D-email-surface-046", new Produced("table revision", witness));
        table.put("D-email-surface-047", new Absent("readers do not sign in; Keycloak never hears of them"));
        return table;
    }

    /** Leaks that no filter can make. Returns what undoes them. */
    private List<String> plant(String place, Canary canary) throws SQLException {
        var tag = UUID.randomUUID();
        switch (place) {
            case "DATABASE_LOG" -> {
                try (var connection = database.getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("select 1 /* asked by " + canary.forms().get("hex") + " */");
                }
                return List.of();
            }
            case "OUTBOX_PAYLOAD" -> {
                asBackup(
                        "insert into outbox_event (tenant_id, id, type, subject_id, version, payload, created_at, delivered_at) values"
                                + " ('gazette', '%s', 'CommentPublished', '%s', 1, '{\"by\": \"%s\"}', now(), now())"
                                        .formatted(tag, tag, canary.forms().get("rot13")));
                return List.of("delete from outbox_event where id = '" + tag + "'");
            }
            case "AUDIT_DETAIL" -> {
                asBackup(
                        "insert into audit_entry (tenant_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail) values"
                                + " ('gazette', '%s', now(), 'system', 'system', 'EMAIL_REVEALED', 'commenter', '%s', '{\"of\": \"%s\"}')"
                                        .formatted(newest(), tag, canary.forms().get("htmlAt")));
                return List.of("delete from audit_entry where subject_id = '" + tag + "'");
            }
            default -> {
                return List.of();
            }
        }
    }

    // --- Small things ---

    private static Stage stage() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var page = given().get(FRAME, "gazette", article).then().statusCode(200).extract().asString();
        return new Stage(article, Jsoup.parse(page).select("input[name=ticket]").val(), Instant.now());
    }

    /** A form that comes back sooner was sent by no person. */
    private static void awaitAge(Stage stage) {
        var left = Duration.between(Instant.now(), stage.made().plusMillis(2100));
        try {
            Thread.sleep(Duration.ofMillis(Math.max(0, left.toMillis())));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> comment(Canary canary, String body) {
        return with(canary, "body", body);
    }

    private static Map<String, Object> with(Canary canary, String field, Object value) {
        var fields = Fixtures.comment(Fixtures.calm());
        fields.put("email", canary.address());
        fields.put(field, value);
        return fields;
    }

    private static Response keyed(String article, Map<String, Object> fields) {
        return given().header("Idempotency-Key", "sweep-" + article)
                .contentType(JSON)
                .body(fields)
                .post(COMMENTS, "gazette", article);
    }

    private static Response edit(String id, String token, String body) {
        return given().header("Edit-Token", token)
                .contentType(JSON)
                .body(Map.of("body", body))
                .patch(COMMENT, "gazette", id);
    }

    private static Response decide(String id, int stateVersion, Map<String, Object> action) {
        var body = new HashMap<>(action);
        body.put("revision", 1);
        body.put("stateVersion", stateVersion);
        return given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(body)
                .post(STAFF + "/comments/{id}/decisions", "gazette", id);
    }

    private static Response form(Canary canary, Stage stage, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>();
        fields.put("comment", Fixtures.calm());
        fields.put("name", "Ann Keller");
        fields.put("email", canary.address());
        fields.put("website", "");
        fields.put("topic", "");
        fields.put("url", "https://gazette.example/" + stage.article());
        fields.put("ticket", stage.ticket());
        fields.putAll(more);
        return given().contentType("application/x-www-form-urlencoded")
                .formParams(fields)
                .header("Origin", "https://gazette.example")
                .post(FRAME, "gazette", stage.article());
    }

    /** Templates name their parameters differently in places; what they are called does not matter here. */
    private static String plain(String operation) {
        return operation.replaceAll("\\{(?:[^{}]|\\{[^{}]*})*}", "{}");
    }

    /** An id at the newest end of the audit trail. */
    private static UUID newest() {
        long millis = Instant.now().plusSeconds(3600).toEpochMilli();
        return new UUID(millis << 16 | 0x7000, 0x8000000000000000L | UUID.randomUUID().getLeastSignificantBits() >>> 2);
    }

    private static List<Path> databaseLogs() {
        try (var files = Files.list(PostgresResource.logFolder())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Slow statements are logged with their values unless that is forbidden: here every statement is a slow one. */
    private static void talkativeDatabase(boolean on) throws SQLException {
        superuser(
                on
                        ? "alter system set log_min_duration_statement = 0"
                        : "alter system reset log_min_duration_statement");
        superuser("select pg_reload_conf()");
    }

    private static void superuser(String sql) throws SQLException {
        try (var connection = PostgresResource.asSuperuser()) {
            run(connection, sql);
        }
    }

    private static void asBackup(String sql) throws SQLException {
        try (var connection = PostgresResource.asBackup()) {
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
