package dev.parley;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.Backlogs;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.TenantLabels;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.RawSpans;
import dev.parley.testing.Scrape;
import dev.parley.testing.Tokens;
import io.agroal.api.AgroalDataSource;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.jdbc.datasource.OpenTelemetryDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What can be watched: health, metrics after some traffic, and the dashboard, alerts and words that speak of them. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class WatchTest {

    private static final Path OPERATIONS = Path.of("docs/operations.md");
    private static final Path ALERTS = Path.of("k8s/monitoring/alerts.yaml");
    private static final Path DASHBOARD = Path.of("k8s/monitoring/dashboard.json");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\| ([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-");

    /** Whatever a label is called, its values were looked at: none of them comes from outside. */
    private static final Set<String> LABELS =
            Set.of(
                    "action",
                    "allocator_type",
                    "area",
                    "cache",
                    "cache_type",
                    "cause",
                    "circuitBreakerResult",
                    "class",
                    "datasource",
                    "fallback",
                    "gc",
                    "id",
                    "le",
                    "memory_type",
                    "method",
                    "name",
                    "of",
                    "outcome",
                    "pool",
                    "pool_name",
                    "pool_type",
                    "purpose",
                    "reason",
                    "result",
                    "runtime",
                    "server_port",
                    "state",
                    "status",
                    "task",
                    "tenant",
                    "uri",
                    "url_scheme",
                    "vendor",
                    "version");

    private static final Tokens TOKENS = new Tokens();

    @Inject TenantLabels labels;
    @Inject Backlogs backlogs;
    @Inject Rounds rounds;
    @Inject OpenTelemetry telemetry;
    @Inject RawSpans raw;
    @Inject Vertx vertx;
    @Inject AgroalDataSource database;

    private final String tenant = "watched-" + UUID.randomUUID().toString().substring(0, 8);
    private final String article = "article-of-" + tenant;

    @BeforeEach
    void tenant() {
        Fixtures.ensure();
        Fixtures.tenant(tenant, DemoUsers.GAZETTE_ADMIN);
        admin().contentType(JSON)
                .body(
                        Map.of(
                                "key",
                                tenant,
                                "name",
                                "Watched",
                                "language",
                                "en",
                                "origins",
                                List.of("https://" + tenant + ".example")))
                .post("/api/v1/tenants/{t}/sites", tenant)
                .then()
                .statusCode(201);
        labels.refresh();
    }

    @Test
    void ready_means_a_database_that_answers_migrations_and_models() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("Scoring", "Migrations", "Database connections health check"));
        given().get("/q/health/started").then().statusCode(200).body("checks.name", hasItems("Scoring"));
        given().get("/q/health/live").then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void comments_decisions_and_what_waits_are_counted_by_tenant() {
        for (int i = 0; i < 2; i++) {
            sent(Fixtures.calm());
        }
        var first = sent(Fixtures.INSULT + " " + UUID.randomUUID());
        sent(Fixtures.INSULT + " " + UUID.randomUUID());
        backlogs.lookAtAll();

        var before = scrape();
        assertThat(before.value("parley_comments_total", "tenant", tenant, "outcome", "PUBLISHED")).isEqualTo(2);
        assertThat(before.value("parley_comments_total", "tenant", tenant, "outcome", "HELD")).isEqualTo(2);
        assertThat(before.value("parley_comment_reasons_total", "tenant", tenant, "reason", "INSULT")).isEqualTo(2);
        assertThat(before.value("parley_queue_items", "tenant", tenant)).isEqualTo(2);
        assertThat(before.value("parley_queue_oldest_seconds", "tenant", tenant)).isBetween(.001, 120.);

        reject(first);
        backlogs.lookAtAll();

        var after = scrape();
        assertThat(after.value("parley_decisions_total", "tenant", tenant, "action", "REJECT")).isEqualTo(1);
        assertThat(after.value("parley_decision_wait_seconds_count", "tenant", tenant)).isEqualTo(1);
        assertThat(after.value("parley_queue_items", "tenant", tenant)).isEqualTo(1);
        assertThat(after.value("parley_outbox_events", "tenant", tenant)).isEqualTo(5);
        assertThat(after.value("parley_outbox_given_up", "tenant", tenant)).isZero();
    }

    @Test
    void a_refused_comment_is_not_counted() {
        given().contentType(JSON)
                .body(Map.of("name", "Nell", "email", "no address", "body", "Thanks."))
                .post("/api/v1/sites/{s}/articles/{a}/comments", tenant, article)
                .then()
                .statusCode(400);

        assertThat(scrape().series("parley_comments_total", "tenant", tenant)).isEmpty();
    }

    @Test
    void a_suspended_tenant_leaves_no_label() {
        sent(Fixtures.calm());
        backlogs.lookAtAll();
        assertThat(scrape().text()).contains(tenant);

        given().auth()
                .oauth2(TOKENS.operator())
                .contentType(JSON)
                .body(Map.of("status", "SUSPENDED"))
                .patch("/api/v1/operator/tenants/{t}", tenant)
                .then()
                .statusCode(200);
        labels.refresh();
        backlogs.look();

        assertThat(scrape().text()).doesNotContain(tenant);
    }

    @Test
    void no_label_holds_what_somebody_sent() throws IOException {
        traffic();

        var scrape = scrape();
        Files.writeString(Path.of("target/metrics.txt"), scrape.text());
        assertThat(scrape.labels()).isSubsetOf(LABELS);
        // Not even the database's, the sign-in server's or a client's address.
        assertThat(scrape.text()).doesNotContain("127.0.0.1", "@", article, "made-up", "MADE", "%40", "secret");
        assertThat(ID.matcher(scrape.text()).find()).isFalse();
        assertThat(scrape.values("http_server_requests_seconds_count", "uri"))
                .contains(
                        "/api/v1/sites/{site}/articles/{article}/comments",
                        "/api/v1/tenants/{tenant}/comments/{id}/decisions",
                        "/embed/{site}/{article}",
                        "NOT_FOUND",
                        "OTHER")
                .allMatch(uri ->
                        uri.startsWith("/") || Set.of("NOT_FOUND", "OTHER", "REDIRECTION", "root").contains(uri));
    }

    @Test
    void without_an_endpoint_nothing_is_traced() {
        raw.keep();
        sent(Fixtures.calm());
        telemetry.getTracer("a").spanBuilder("a").setSpanKind(SpanKind.SERVER).setNoParent().startSpan().end();

        assertThat(raw.text()).isEmpty();
        // Nor does anything stand in the way of requests and calls.
        assertThat(((VertxInternal) vertx).tracer()).isNull();
        assertThat(database).isNotInstanceOf(OpenTelemetryDataSource.class);
    }

    @Test
    void what_is_documented_is_there_and_what_is_ours_is_documented() throws IOException {
        traffic();
        var scrape = scrape();
        Map<String, Set<String>> documented = new TreeMap<>();
        var table = section(Files.readString(OPERATIONS), "### Metrics");
        ROW.matcher(table)
                .results()
                .forEach(row ->
                        documented.put(
                                row.group(1),
                                Pattern.compile("`([a-z]+)`")
                                        .matcher(row.group(2))
                                        .results()
                                        .map(label -> label.group(1))
                                        .collect(Collectors.toSet())));

        assertThat(documented).hasSizeGreaterThan(20);
        documented.forEach((name, labels) -> assertThat(scrape.labelsOf(name)).as(name).isEqualTo(labels));
        assertThat(scrape.families().stream().filter(name -> name.startsWith("parley_")))
                .allMatch(name -> documented.containsKey(name) || documented.containsKey(name + "_total"));
    }

    @Test
    void dashboard_and_alerts_name_only_metrics_and_labels_that_exist() throws IOException {
        traffic();
        var scrape = scrape();
        List<String> expressions = new ArrayList<>(rules().stream().map(rule -> (String) rule.get("expr")).toList());
        new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr").forEach(expressions::add);

        assertThat(expressions).hasSizeGreaterThan(40);
        for (var expression : expressions) {
            assertThat(scrape.faults(expression)).as(expression).isEmpty();
        }
        assertThat(scrape.faults("sum by (tenant) (rate(parley_nothing_total{tenant=\"a\"}[5m]))")).hasSize(1);
        assertThat(scrape.faults("parley_comments_total{email=\"a\"} > 1")).hasSize(1);
        assertThat(scrape.faults("sum by (nobody) (parley_comments_total) > 1")).hasSize(1);
    }

    @Test
    void every_alert_says_what_to_do() throws IOException {
        var headings =
                HEADING.matcher(Files.readString(OPERATIONS))
                        .results()
                        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
                        .collect(Collectors.toSet());
        var rules = rules();

        assertThat(rules).hasSizeGreaterThan(10);
        for (var rule : rules) {
            var runbook = (String) ((Map<?, ?>) rule.get("annotations")).get("runbook");
            assertThat(runbook).startsWith("docs/operations.md#");
            assertThat(headings).contains(runbook.substring(runbook.indexOf('#') + 1));
            assertThat(((Map<?, ?>) rule.get("annotations")).get("summary")).isInstanceOf(String.class);
            assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("critical", "warning", "info");
        }
        assertThat(new TreeSet<>(rules.stream().map(rule -> rule.get("alert")).toList())).hasSameSizeAs(rules);
    }

    /** Something of everything, hostile paths and methods among it. */
    private void traffic() {
        sent(Fixtures.calm());
        reject(sent(Fixtures.INSULT + " " + UUID.randomUUID()));
        given().get("/api/v1/sites/{s}/articles/{a}/comments", tenant, article).then().statusCode(200);
        given().get("/embed/{s}/{a}", tenant, article).then().statusCode(200);
        given().get("/me/{token}", tenant + ".secret-of-a-mail");
        given().get("/me/{token}/nowhere", tenant + ".secret-of-a-mail");
        given().get("/api/v1/sites/{s}/comments/{id}", tenant, UUID.randomUUID());
        given().get("/made-up/{id}", "reader@mail.example");
        given().urlEncodingEnabled(false).get("/api/v1/sites/made-up%00/secret");
        given().urlEncodingEnabled(false).get("/api/v1/made-up/../secret%40mail");
        given().get("/static/bundle/made-up.js?email=reader@mail.example");
        given().get("/avatars/{id}.svg", UUID.randomUUID());
        given().request("MADEUP", "/embed/{s}/{a}", tenant, article);
        given().get("/console/made-up");
        given().get("/console/sign-in?secret=1");
        given().get("/api/v1/tenants/{t}/queue", tenant).then().statusCode(401);
        admin().contentType(JSON)
                .body(Map.of("scope", "TENANT", "scopeRef", "", "document", Map.of("mode", "HOLD_FIRST"), "last", 10))
                .post("/api/v1/tenants/{t}/policies/simulations", tenant)
                .then()
                .statusCode(202);
        admin().post("/api/v1/tenants/{t}/own-models/trainings", tenant).then().statusCode(202);
        rounds.each("Erasing rejected texts", List.of(), _ -> {});
        backlogs.lookAtAll();
    }

    /** Id of a new comment. */
    private String sent(String body) {
        var fields = Fixtures.comment(body);
        fields.put("article", Map.of("url", "https://" + tenant + ".example/" + article, "title", "News"));
        return Fixtures.submit(tenant, article, fields).then().statusCode(201).extract().path("id");
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.of(DemoUsers.GAZETTE_ADMIN));
    }

    private void reject(String comment) {
        var state = admin().get("/api/v1/tenants/{t}/comments/{c}", tenant, comment).then().statusCode(200).extract();
        admin().contentType(JSON)
                .body(
                        Map.of(
                                "action",
                                "REJECT",
                                "reason",
                                "ABUSE",
                                "revision",
                                1,
                                "stateVersion",
                                state.<Integer>path("comment.stateVersion")))
                .post("/api/v1/tenants/{t}/comments/{c}/decisions", tenant, comment)
                .then()
                .statusCode(200);
    }

    private static Scrape scrape() {
        return Scrape.of(given().get("/q/metrics").then().statusCode(200).extract().asString());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, Map<String, List<Map<String, Object>>>> file = new Yaml().load(Files.readString(ALERTS));
        return file.get("spec").get("groups").stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }

    /** From a heading to the next one. */
    private static String section(String page, String heading) {
        int from = page.indexOf(heading + "\n") + heading.length();
        return page.substring(from, page.indexOf("\n#", from));
    }
}
