package dev.parley;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.HookReceiver;
import dev.parley.delivery.Hooks;
import dev.parley.delivery.Post;
import dev.parley.testing.FailsWhenAsked;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.RawSpans;
import dev.parley.testing.Tokens;
import dev.parley.testing.TraceCollector;
import dev.parley.testing.TraceCollector.Came;
import dev.parley.testing.Wire;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.quarkus.arc.All;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces that are switched on: what leaves over OTLP, and that nothing leaves which somebody sent. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(TraceCollector.class)
@TestProfile(TracesTest.Traced.class)
class TracesTest {

    /** Sets nothing: the collector does. A program of its own, after those that all others share. */
    public static final class Traced implements QuarkusTestProfile {}

    private static final String THREAD = "/api/v1/sites/{site}/articles/{article}/comments";

    /** Whatever an attribute is called, its values were looked at: none of them comes from outside. */
    private static final Set<String> ATTRIBUTES =
            Set.of(
                    "db.collection.name",
                    "db.operation.name",
                    "db.system.name",
                    "http.request.method",
                    "http.response.status_code",
                    "http.route");

    private static final Tokens TOKENS = new Tokens();

    @Inject OpenTelemetry telemetry;
    @Inject DataSource database;
    @Inject RawSpans raw;
    @Inject Hooks hooks;
    @Inject Post post;
    @Inject @All List<SpanExporter> exporters;
    @Inject @All List<SpanProcessor> processors;
    @Inject @All List<Sampler> samplers;
    @Inject @All List<AutoConfiguredOpenTelemetrySdkBuilderCustomizer> customizers;

    private String article;

    @BeforeEach
    void nothingBefore() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
        TraceCollector.forget();
        raw.keep();
    }

    @Test
    void a_comment_is_a_trace_of_its_request_the_scoring_and_the_statements() {
        Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201);

        var request = TraceCollector.await("the request", span -> span.name().equals("POST " + THREAD));
        assertThat(request.attributes())
                .isEqualTo(
                        Map.of(
                                "http.request.method", "POST",
                                "http.route", THREAD,
                                "http.response.status_code", "[201]"));
        var below = below(request);
        // Two trips to the database: each bears the name of its first statement, which tells the tenant.
        assertThat(below).extracting(Came::name).contains("scoring").filteredOn("SELECT"::equals).hasSizeGreaterThan(1);
        assertThat(TraceCollector.program().keySet()).isSubsetOf("service.name", "service.version", "host.name");
        assertThat(TraceCollector.program()).containsEntry("service.name", "parley");
    }

    @Test
    void what_is_answered_from_memory_is_told_by_its_template() {
        for (int i = 0; i < 3; i++) {
            given().get(THREAD, "gazette", article).then().statusCode(200);
        }

        TraceCollector.await("three of them", _ -> named("GET " + THREAD).size() == 3);
        assertThat(named("GET " + THREAD)).anyMatch(request -> below(request).isEmpty());
    }

    @Test
    void nothing_that_was_sent_leaves_and_the_spans_before_the_filter_hold_it() throws Exception {
        var sent = new Sent();
        hostile(sent);

        TraceCollector.await("the last one", span -> span.name().equals("GET /avatars/{id}.svg"));
        var before = raw.text();
        for (var needle : sent.inSpans()) {
            assertThat(before).as("spans before the filter").contains(needle);
        }
        var left = new String(TraceCollector.bytes(), StandardCharsets.ISO_8859_1);
        for (var needle : sent.all()) {
            assertThat(left).doesNotContainIgnoringCase(needle);
        }
        // Not even the client's, the database's or the collector's address.
        var words = TraceCollector.spans() + " " + TraceCollector.program();
        assertThat(words).doesNotContain("127.0.0.1", "localhost", "@", "%40", "Exception", article, "harbour");
        assertThat(TraceCollector.spans()).hasSizeGreaterThan(10).allSatisfy(this::isClean);
        assertThat(named("OTHER OTHER")).isNotEmpty();
    }

    @Test
    void whatever_a_library_puts_into_a_span_stays_here() {
        var secret = "secret-" + UUID.randomUUID();
        var tracer = telemetry.getTracer(secret, secret);
        var remote =
                SpanContext.createFromRemoteParent(
                        "c0ffee00c0ffee00c0ffee00c0ffee00",
                        "c0ffee00c0ffee00",
                        TraceFlags.getSampled(),
                        TraceState.builder().put("from", secret).build());
        var keys =
                Stream.of(
                                "http.request.method http.route url.path url.query url.full url.scheme client.address"
                                        + " server.address user_agent.original network.peer.address db.system db.system.name"
                                        + " db.operation db.operation.name db.sql.table db.collection.name db.query.text"
                                        + " db.statement exception.message error.type enduser.id code.function.name"
                                        + " something.new http.request.header.cookie")
                        .flatMap(line -> Stream.of(line.split(" ")))
                        .toList();
        var root = tracer.spanBuilder("GET /made-up/" + secret).setSpanKind(SpanKind.SERVER).setNoParent().startSpan();
        try (var scope = root.makeCurrent()) {
            for (var kind : SpanKind.values()) {
                for (var leftOut : List.of("none", "db.system db.system.name", "http.request.method")) {
                    var span =
                            tracer.spanBuilder(kind + " " + secret)
                                    .setSpanKind(kind)
                                    .addLink(remote, Attributes.of(AttributeKey.stringKey("a"), secret))
                                    .startSpan();
                    keys.stream()
                            .filter(key -> !List.of(leftOut.split(" ")).contains(key))
                            .forEach(key -> span.setAttribute(key, secret));
                    span.setAttribute(AttributeKey.stringArrayKey("http.request.header.a"), List.of(secret));
                    span.setAttribute(secret, true);
                    span.recordException(new IllegalStateException(secret));
                    span.addEvent(secret);
                    span.setStatus(StatusCode.ERROR, secret);
                    span.end();
                }
            }
        } finally {
            root.end();
        }

        TraceCollector.await("the root", span -> span.parent().isEmpty() && span.name().equals("OTHER OTHER"));
        assertThat(raw.text()).contains(secret);
        assertThat(new String(TraceCollector.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("secret-");
        assertThat(TraceCollector.spans()).hasSizeGreaterThan(5).allSatisfy(this::isClean);
    }

    @Test
    void a_callers_trace_is_not_taken_up() {
        given().header("traceparent", "00-c0ffee00c0ffee00c0ffee00c0ffee00-c0ffee00c0ffee00-01")
                .header("tracestate", "from=c0ffee")
                .header("baggage", "from=c0ffee")
                .get("/embed/{site}/{article}", "gazette", article)
                .then()
                .statusCode(200);

        var request = TraceCollector.await("the request", span -> span.name().equals("GET /embed/{site}/{article}"));
        assertThat(request.trace()).doesNotContain("c0ffee00");
        assertThat(request.parent()).isEmpty();
        assertThat(request.more()).isZero();
        // Should one ever be read, it does not count either.
        var remote =
                Context.root()
                        .with(
                                Span.wrap(
                                        SpanContext.createFromRemoteParent(
                                                "ffffffffffffffffffffffffffffffff",
                                                "c0ffee00c0ffee00",
                                                TraceFlags.getSampled(),
                                                TraceState.getDefault())));
        assertThat(samplers).hasSize(1);
        assertThat(decision(remote, SpanKind.CLIENT)).isEqualTo(SamplingDecision.DROP);
        assertThat(decision(remote, SpanKind.INTERNAL)).isEqualTo(SamplingDecision.DROP);
    }

    @Test
    void receivers_of_webhooks_learn_of_no_trace() throws SQLException {
        post.run("delete from webhook where tenant_id = 'gazette'");
        post.relay("gazette");
        try (var receiver = new HookReceiver()) {
            given().auth()
                    .oauth2(TOKENS.adminOf("gazette"))
                    .contentType(JSON)
                    .body(Map.of("address", receiver.address(), "events", List.of("comment.published")))
                    .post("/api/v1/tenants/{tenant}/webhooks", "gazette")
                    .then()
                    .statusCode(201);
            Fixtures.published("gazette", article, Fixtures.calm());
            hooks.go("gazette");

            assertThat(receiver.got()).hasSize(1);
            assertThat(receiver.got().getFirst().headers().keySet())
                    .noneMatch(name ->
                            name.toLowerCase(java.util.Locale.ROOT).matches("trace.*|baggage|b3|x-b3.*|uber.*"));
            var call = TraceCollector.await("the webhook", span -> span.name().equals("webhook"));
            assertThat(call.attributes())
                    .isEqualTo(Map.of("http.request.method", "POST", "http.response.status_code", "[204]"));
            assertThat(new String(TraceCollector.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("hook?");
        } finally {
            post.run("delete from webhook where tenant_id = 'gazette'");
        }
    }

    @Test
    void there_is_one_way_out() {
        assertThat(exporters).extracting(one -> one.getClass().getSimpleName()).containsExactly("TraceExporter");
        // The second stands in for an exporter of the extension and does nothing.
        assertThat(processors.stream().map(one -> one.getClass().getSimpleName()))
                .containsExactlyInAnyOrder("RawSpans", "RemoveableLateBoundSpanProcessor");
    }

    @Test
    void an_exporter_that_somebody_names_is_replaced() {
        var secret = "secret-" + UUID.randomUUID();
        var builder =
                AutoConfiguredOpenTelemetrySdk.builder()
                        .disableShutdownHook()
                        .addPropertiesSupplier(() ->
                                Map.of(
                                        "otel.traces.exporter", "otlp",
                                        "otel.exporter.otlp.protocol", "http/protobuf",
                                        "otel.exporter.otlp.endpoint", TraceCollector.address(),
                                        "otel.metrics.exporter", "none",
                                        "otel.logs.exporter", "none",
                                        "otel.propagators", "tracecontext,baggage"));
        customizers.stream()
                .filter(one -> one.getClass().getName().startsWith("dev.parley"))
                .forEach(one -> one.customize(builder));
        var sdk = builder.build().getOpenTelemetrySdk();

        sdk.getTracer(secret).spanBuilder(secret).setSpanKind(SpanKind.SERVER).startSpan().end();
        sdk.getSdkTracerProvider().forceFlush().join(20, TimeUnit.SECONDS);

        assertThat(named("OTHER OTHER")).hasSize(1);
        assertThat(new String(TraceCollector.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("secret-");
        assertThat(sdk.getPropagators().getTextMapPropagator().fields()).isEmpty();
    }

    // --- What is sent ---

    /** A value for each place in which a request can hold one. */
    private record Sent(
            String token,
            String path,
            String query,
            String agent,
            String header,
            String body,
            String failure,
            String sql) {

        Sent() {
            this(
                    one("token"),
                    one("path"),
                    one("query"),
                    one("agent"),
                    one("header"),
                    one("body"),
                    one("failure"),
                    one("literal"));
        }

        private static String one(String of) {
            return of + UUID.randomUUID().toString().replace("-", "") + "@mail.example";
        }

        List<String> all() {
            return Stream.of(token, path, query, agent, header, body, failure, sql)
                    .map(value -> value.substring(0, value.indexOf('@')))
                    .toList();
        }

        /** Those that the libraries put into spans by themselves. */
        List<String> inSpans() {
            return Stream.of(token, path, query, agent).map(value -> value.substring(0, value.indexOf('@'))).toList();
        }
    }

    private void hostile(Sent sent) throws Exception {
        var fields = Fixtures.comment(Fixtures.calm() + " " + sent.body());
        fields.put("email", sent.body());
        fields.put("name", "harbour master");
        Fixtures.submit("gazette", article, fields).then().statusCode(201);
        given().get("/me/{token}", "gazette." + sent.token());
        given().get("/me/{token}/nowhere", "gazette." + sent.token());
        given().get("/made-up/{id}", sent.path());
        given().get("/api/v1/sites/{s}/comments/{id}", "gazette", sent.path());
        given().urlEncodingEnabled(false).get("/api/v1/sites/made-up%00/" + sent.path().replace("@", "%40"));
        given().urlEncodingEnabled(false).get("/api/v1/made-up/../" + sent.path());
        given().queryParam("q", sent.query()).get(THREAD, "gazette", article);
        given().queryParam("key", sent.query()).get("/console/made-up");
        given().header("User-Agent", sent.agent())
                .header("Referer", "https://" + sent.header())
                .header("Cookie", "a=" + sent.header())
                .header("X-Forwarded-For", sent.header())
                .header("Authorization", "Bearer " + sent.header())
                .get("/api/v1/tenants/{t}/queue", "gazette");
        given().request("MADEUP", "/embed/{s}/{a}", "gazette", sent.path());
        Wire.send(
                "GET",
                "/api/v1/sites/" + sent.path() + "/articles/a/comments?q=" + sent.query(),
                List.of(),
                new byte[0]);
        given().header(FailsWhenAsked.HEADER, sent.failure())
                .get("/embed/{s}/{a}", "gazette", article)
                .then()
                .statusCode(500);
        var parent =
                telemetry.getTracer("test").spanBuilder("GET /").setSpanKind(SpanKind.SERVER).setNoParent().startSpan();
        try (var scope = parent.makeCurrent();
                var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "select 1 /* " + sent.sql() + " */ as \"" + sent.sql() + "\" where '" + sent.sql() + "' = ''");
            statement.execute("with \"" + sent.sql() + "\" as (select 1) select * from \"" + sent.sql() + "\"");
        } finally {
            parent.end();
        }
        given().get("/avatars/{id}.svg", UUID.randomUUID());
    }

    // --- Small things ---

    private void isClean(Came span) {
        assertThat(span.more()).as("events, links, state and message of %s", span).isZero();
        assertThat(span.attributes().keySet()).isSubsetOf(ATTRIBUTES);
        assertThat(span.name()).matches("(?:[A-Z]+ )?(?:/[/a-zA-Z0-9{}._-]*|OTHER|[a-z_]+|[A-Z]+)");
    }

    private SamplingDecision decision(Context parent, SpanKind kind) {
        return samplers.getFirst()
                .shouldSample(parent, "ffffffffffffffffffffffffffffffff", "a", kind, Attributes.empty(), List.of())
                .getDecision();
    }

    private static List<Came> named(String name) {
        return TraceCollector.spans().stream().filter(span -> span.name().equals(name)).toList();
    }

    private static List<Came> below(Came request) {
        var trace = TraceCollector.spans().stream().filter(span -> span.trace().equals(request.trace())).toList();
        var ids = trace.stream().map(Came::id).collect(Collectors.toSet());
        return trace.stream().filter(span -> ids.contains(span.parent())).toList();
    }
}
