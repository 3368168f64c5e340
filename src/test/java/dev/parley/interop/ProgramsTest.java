package dev.parley.interop;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.AtOnce;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import dev.parley.training.LabelledFiles;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys, scores in Parley's shape and in Perspective's, and the labels that come by the latter. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class ProgramsTest {

    private static final String KEYS = "/api/v1/tenants/{t}/api-keys";
    private static final String SCORES = "/api/v1/tenants/{t}/scores";
    private static final String LABELS = "/api/v1/tenants/{t}/labels";
    private static final String CALM = "Thank you for this careful report about the bridge.";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Tokens tokens = new Tokens();

    private static String key;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        if (key == null) {
            key = Fixtures.apiKey("gazette", Map.of("perMinute", 6000)).then().statusCode(201).extract().path("key");
        }
    }

    // --- Keys ---

    @Test
    void a_key_when_made_is_told_once_and_only_its_hash_is_kept() throws SQLException {
        var made = Fixtures.apiKey("gazette", Map.of("name", "Coral " + UUID.randomUUID()));
        made.then()
                .statusCode(201)
                .header("Cache-Control", is("no-store"))
                .body("key", matchesPattern("parley_[a-z0-9]{16}_[A-Za-z0-9_-]{43}"))
                .body("apiKey.perMinute", is(600))
                .body("apiKey.createdBy", notNullValue())
                .body("apiKey.lastUsedOn", nullValue());
        String secret = made.path("key");
        assertThat(secret).startsWith(made.<String>path("apiKey.prefix"));

        var listed = given().auth().oauth2(tokens.adminOf("gazette")).get(KEYS, "gazette").then().statusCode(200);

        listed.body("items.id", hasItem(made.<String>path("apiKey.id")));
        assertThat(listed.extract().asString()).doesNotContain(secret.substring(secret.length() - 43));
        var row =
                row(
                        "select k::text || encode(k.hash, 'escape') from parley.api_key k where id = '%s'"
                                .formatted(made.<String>path("apiKey.id")));
        assertThat(row).doesNotContain(secret.substring(secret.length() - 43));
        assertThat(
                        row(
                                "select count(*)::text from parley.audit_entry where action = 'API_KEY_CREATED' and subject_id = '%s'"
                                        .formatted(made.<String>path("apiKey.id"))))
                .isEqualTo("1");
    }

    @Test
    void a_name_when_asked_for_many_times_at_once_is_one_keys_only() throws Exception {
        var name = "Coral " + UUID.randomUUID();

        var answers = AtOnce.times(8, () -> Fixtures.apiKey("gazette", Map.of("name", name)).statusCode());

        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void a_key_when_used_says_on_which_day_and_when_revoked_works_no_more() {
        var made = Fixtures.apiKey("gazette", Map.of()).then().statusCode(201).extract();
        String id = made.path("apiKey.id");
        String secret = made.path("key");
        score(secret, CALM).then().statusCode(200);
        var admin = tokens.adminOf("gazette");
        given().auth()
                .oauth2(admin)
                .get(KEYS, "gazette")
                .then()
                .body("items.find { it.id == '" + id + "' }.lastUsedOn", matchesPattern("\\d{4}-\\d\\d-\\d\\d"));

        for (int i = 0; i < 2; i++) {
            given().auth().oauth2(admin).delete(KEYS + "/{id}", "gazette", id).then().statusCode(204);
        }

        score(secret, CALM).then().statusCode(401).body("type", is("/problems/not-signed-in"));
        analyze(secret, body(CALM, "TOXICITY"))
                .then()
                .statusCode(400)
                .body("error.details[0].reason", is("API_KEY_INVALID"));
        given().auth()
                .oauth2(admin)
                .get(KEYS, "gazette")
                .then()
                .body("items.find { it.id == '" + id + "' }.revokedAt", notNullValue());
    }

    @Test
    void a_key_that_cannot_be_is_refused() {
        var name = "Twice " + UUID.randomUUID();
        Fixtures.apiKey("gazette", Map.of("name", name)).then().statusCode(201);
        Fixtures.apiKey("gazette", Map.of("name", name)).then().statusCode(409);
        Fixtures.apiKey("gazette", Map.of("name", " ")).then().statusCode(400);
        Fixtures.apiKey("gazette", Map.of("perMinute", 0)).then().statusCode(400);
        Fixtures.apiKey("gazette", Map.of("perMinute", 6001))
                .then()
                .statusCode(400)
                .body("errors[0].field", is("perMinute"));
        Fixtures.apiKey("gazette", Map.of("expiresAt", "2020-01-01T00:00:00Z"))
                .then()
                .statusCode(400)
                .body("errors[0].field", is("expiresAt"));
    }

    @Test
    void an_expired_key_works_no_more() throws SQLException {
        var made =
                Fixtures.apiKey("gazette", Map.of("expiresAt", "2099-01-01T00:00:00Z"))
                        .then()
                        .statusCode(201)
                        .extract();
        score(made.path("key"), CALM).then().statusCode(200);

        change(
                "update parley.api_key set expires_at = now() - interval '1 second' where id = '%s'"
                        .formatted(made.<String>path("apiKey.id")));

        score(made.path("key"), CALM).then().statusCode(401);
    }

    @Test
    void a_key_of_another_tenant_finds_nothing_and_none_at_all_must_sign_in() {
        String foreign = Fixtures.apiKey("herald", Map.of()).then().statusCode(201).extract().path("key");

        score(foreign, CALM).then().statusCode(404);
        given().contentType(JSON).body(texts(CALM)).post(SCORES, "gazette").then().statusCode(401);
        for (var wrong : List.of("", "parley_", key.substring(0, key.length() - 1) + "!", flipped(key))) {
            score(wrong, CALM).then().statusCode(401);
        }
        given().header("X-Api-Key", key)
                .header("Authorization", "Bearer " + key)
                .contentType(JSON)
                .body(texts(CALM))
                .post(SCORES, "gazette")
                .then()
                .statusCode(400);
        given().auth().oauth2(key).get("/api/v1/tenants/gazette/queue").then().statusCode(401);
    }

    @Test
    void a_key_of_a_suspended_tenant_does_not_work_until_the_tenant_is_back() {
        var tenant = "press-" + UUID.randomUUID().toString().substring(0, 8);
        Fixtures.tenant(tenant, DemoUsers.NEWCOMER);
        String secret =
                given().auth()
                        .oauth2(tokens.of(DemoUsers.NEWCOMER))
                        .contentType(JSON)
                        .body(Map.of("name", "Coral"))
                        .post(KEYS, tenant)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("key");
        analyze(secret, body(CALM, "TOXICITY")).then().statusCode(200);

        status(tenant, "SUSPENDED");

        analyze(secret, body(CALM, "TOXICITY"))
                .then()
                .statusCode(400)
                .body("error.message", containsString("API key not valid"));
        given().header("X-Api-Key", secret)
                .contentType(JSON)
                .body(texts(CALM))
                .post(SCORES, tenant)
                .then()
                .statusCode(401);
        status(tenant, "ACTIVE");
        analyze(secret, body(CALM, "TOXICITY")).then().statusCode(200);
    }

    @Test
    void a_key_has_as_many_texts_a_minute_as_it_says() {
        String small = Fixtures.apiKey("gazette", Map.of("perMinute", 3)).then().statusCode(201).extract().path("key");

        score(small, CALM, CALM, CALM, CALM).then().statusCode(400).body("errors[0].field", is("texts"));
        score(small, CALM, CALM).then().statusCode(200);
        analyze(small, body(CALM, "TOXICITY")).then().statusCode(200);

        int seconds = Integer.parseInt(score(small, CALM).then().statusCode(429).extract().header("Retry-After"));
        assertThat(seconds).isBetween(1, 20);
        analyze(small, body(CALM, "TOXICITY"))
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("error.status", is("RESOURCE_EXHAUSTED"))
                .body("error.code", is(429));
        score(key, CALM).then().statusCode(200);
    }

    // --- Parley's own shape ---

    @Test
    void texts_are_scored_in_their_order_with_what_was_asked() {
        var request = texts(CALM, Fixtures.INSULT);
        request.put("attributes", List.of("toxicity", "insult"));
        request.put("explain", true);

        given().auth()
                .oauth2(key)
                .contentType(JSON)
                .body(request)
                .post(SCORES, "gazette")
                .then()
                .statusCode(200)
                .body("items.id", is(List.of("0", "1")))
                .body("items.language", everyItem(is("en")))
                .body("items.scored", everyItem(is(true)))
                .body("items[0].scores.keySet().sort()", is(List.of("insult", "toxicity")))
                .body("items[0].scores.toxicity.value", lessThan(0.1f))
                .body("items[1].scores.toxicity.value", greaterThan(0.8f))
                .body("items[1].scores.toxicity.modelVersion", notNullValue())
                .body("items[1].scores.toxicity.confidence", is("normal"))
                .body("items[1].scores.toxicity.spans.size()", greaterThan(0));
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(texts(Fixtures.INSULT))
                .post(SCORES, "gazette")
                .then()
                .statusCode(200)
                .body("items[0].scores.toxicity.spans", nullValue())
                .body("items[0].scores", hasKey("spam"));
    }

    @Test
    void spans_are_of_the_text_as_it_was_sent() {
        var sent = Normalizer.normalize("Ein schöner Gruß. ", Normalizer.Form.NFD) + Fixtures.INSULT;
        var request = texts(sent);
        request.put("explain", true);

        List<Map<String, Object>> spans =
                given().header("X-Api-Key", key)
                        .contentType(JSON)
                        .body(request)
                        .post(SCORES, "gazette")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items[0].scores.toxicity.spans");

        assertThat(spans)
                .extracting(span -> sent.substring((int) span.get("start"), (int) span.get("end")))
                .anyMatch(word -> word.contains("idiot"));
    }

    @Test
    void a_text_in_a_language_without_a_model_is_not_scored() {
        score(
                        key,
                        "Дякую за цей докладний звіт про міст і за чудові фотографії.",
                        "مرحبا شكرا على هذا التقرير الرائع عن الجسر",
                        "この橋についての詳しい報告をありがとうございます。")
                .then()
                .statusCode(200)
                .body("items.language", is(List.of("uk", "ar", "ja")))
                .body("items.scored", everyItem(is(false)))
                .body("items[0].scores.size()", is(0));
    }

    @Test
    void what_cannot_be_scored_is_refused_with_all_that_is_wrong() {
        var wrong = texts(CALM, "a".repeat(10_001));
        wrong.put("attributes", List.of("toxicity", "flirtation"));

        given().header("X-Api-Key", key)
                .contentType(JSON)
                .body(wrong)
                .post(SCORES, "gazette")
                .then()
                .statusCode(400)
                .body("errors.field", is(List.of("attributes", "texts[1].text")))
                .body("detail", containsString("insult, profanity"));
        score(key).then().statusCode(400);
        score(key, java.util.Collections.nCopies(101, "a").toArray(String[]::new)).then().statusCode(400);
        var foreign = texts(CALM);
        foreign.put("texts", List.of(Map.of("text", CALM, "language", "english")));
        given().header("X-Api-Key", key).contentType(JSON).body(foreign).post(SCORES, "gazette").then().statusCode(400);
    }

    // --- Perspective's shape ---

    @Test
    void a_comment_is_answered_as_that_service_does() {
        var request = body(Fixtures.INSULT, "TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT", "SPAM");
        request.put("languages", List.of("en"));
        request.put("clientToken", "comment:17");
        request.put("sessionId", "s");
        request.put("communityId", "c");
        request.put("doNotStore", true);
        request.put("context", Map.of("entries", List.of(Map.of("text", "{\"url\": \"https://news.example\"}"))));

        analyze(key, request)
                .then()
                .statusCode(200)
                .contentType(JSON)
                .body("attributeScores.size()", is(6))
                .body("attributeScores.TOXICITY.summaryScore.value", greaterThan(0.8f))
                .body("attributeScores.TOXICITY.summaryScore.type", is("PROBABILITY"))
                .body("attributeScores.TOXICITY.spanScores.size()", is(1))
                .body("attributeScores.TOXICITY.spanScores[0].begin", is(0))
                .body("attributeScores.TOXICITY.spanScores[0].end", is(Fixtures.INSULT.length()))
                .body("languages", is(List.of("en")))
                .body("detectedLanguages", is(List.of("en")))
                .body("clientToken", is("comment:17"));
    }

    @Test
    void each_sentence_has_a_score_of_its_own_if_spans_are_asked_for() {
        var text = "Thanks for the report. You are a stupid idiot! 👍 See you on Monday.";
        var request = body(text, "TOXICITY");
        request.put("spanAnnotations", true);

        List<Map<String, Object>> spans =
                analyze(key, request).then().statusCode(200).extract().path("attributeScores.TOXICITY.spanScores");

        assertThat(spans)
                .extracting(span -> text.substring((int) span.get("begin"), (int) span.get("end")))
                .startsWith("Thanks for the report.", "You are a stupid idiot!");
        assertThat(value(spans.get(0))).isLessThan(0.3);
        assertThat(value(spans.get(1))).isGreaterThan(0.8);
    }

    @Test
    void attributes_below_their_threshold_are_left_out() {
        var request = body(CALM, "TOXICITY", "INSULT");
        request.put(
                "requestedAttributes",
                Map.of("TOXICITY", Map.of("scoreThreshold", 0.9), "INSULT", Map.of("scoreThreshold", 0)));

        analyze(key, request).then().statusCode(200).body("attributeScores.keySet()", is(java.util.Set.of("INSULT")));
        request.put(
                "requestedAttributes", Map.of("TOXICITY", Map.of("scoreType", "PROBABILITY", "scoreThreshold", 0.9)));
        analyze(key, request).then().statusCode(200).body("$", not(hasKey("attributeScores")));
    }

    @Test
    void html_is_read_as_a_person_would() {
        var request = body("", "TOXICITY");
        request.put(
                "comment",
                Map.of("text", "<p>You are a <b>stu</b>pid <i>idiot</i></p><script>x()</script>", "type", "HTML"));

        analyze(key, request)
                .then()
                .statusCode(200)
                .body("attributeScores.TOXICITY.summaryScore.value", greaterThan(0.8f))
                .body("attributeScores.TOXICITY.spanScores[0].end", is("You are a stupid idiot".length()));
        request.put("comment", Map.of("text", "<p> </p>", "type", "HTML"));
        analyze(key, request).then().statusCode(400).body("error.details[0].errorType", is("COMMENT_EMPTY"));
    }

    @ParameterizedTest
    @CsvSource({
        "uk, Дякую за цей докладний звіт про міст і за чудові фотографії.",
        "ar, مرحبا شكرا على هذا التقرير الرائع عن الجسر الجديد في المدينة",
        "ja, この橋についての詳しい報告をありがとうございます。"
    })
    void a_comment_in_a_language_without_a_model_is_no_english_one(String language, String text) {
        for (var said : List.of(List.<String>of(), List.of("en"), List.of("en-US"))) {
            var request = body(text, "TOXICITY");
            request.put("languages", said);
            analyze(key, request)
                    .then()
                    .statusCode(400)
                    .body("error.status", is("INVALID_ARGUMENT"))
                    .body("error.message", is("Attribute TOXICITY does not support request languages: " + language))
                    .body("error.details[0].'@type'", is("type.googleapis.com/google.commentanalyzer.v1alpha1.Error"))
                    .body("error.details[0].errorType", is("LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"))
                    .body("error.details[0].languageNotSupportedByAttributeError.attribute", is("TOXICITY"))
                    .body(
                            "error.details[0].languageNotSupportedByAttributeError.detectedLanguages",
                            is(List.of(language)));
            request.put("dropUnsupportedAttributes", true);
            analyze(key, request).then().statusCode(200).body("$", not(hasKey("attributeScores")));
        }
        var request = body(text, "TOXICITY");
        request.put("languages", List.of("en", language));
        analyze(key, request)
                .then()
                .statusCode(400)
                .body(
                        "error.details[0].languageNotSupportedByAttributeError.requestedLanguages",
                        is(List.of(language)));
    }

    @Test
    void a_short_text_is_taken_for_the_language_that_the_request_or_the_sites_name() {
        var request = body("zzz qqq", "TOXICITY");
        analyze(key, request)
                .then()
                .statusCode(200)
                .body("languages", is(List.of("en")))
                .body("detectedLanguages", is(List.of("und")));
        request.put("languages", List.of("en"));
        analyze(key, request).then().statusCode(200).body("languages", is(List.of("en")));
        request.put("comment", Map.of("text", "чш"));
        analyze(key, request)
                .then()
                .statusCode(400)
                .body("error.message", containsString("does not support request languages"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEXUALLY_EXPLICIT",
                "FLIRTATION",
                "TOXICITY_EXPERIMENTAL",
                "TOXICITY@6",
                "toxicity",
                "UNSUBSTANTIAL"
            })
    void an_attribute_that_is_not_offered_is_unknown(String name) {
        analyze(key, body(CALM, name))
                .then()
                .statusCode(400)
                .body("error.message", containsString("Unknown requested attribute"))
                .body("error.details[0].errorType", is("INVALID_REQUEST"));
    }

    @Test
    void what_is_wrong_is_told_in_the_form_of_that_service() {
        refused(
                "{\"comment\": {\"text\": \"\"}, \"requestedAttributes\": {\"TOXICITY\": {}}}",
                "Comment must be non-empty.",
                "COMMENT_EMPTY");
        refused("{\"requestedAttributes\": {\"TOXICITY\": {}}}", "Comment must be non-empty.", "COMMENT_EMPTY");
        refused(
                "{\"comment\": {\"text\": \""
                        + "é".repeat(10_241)
                        + "\"}, \"requestedAttributes\": {\"TOXICITY\": {}}}",
                "Comment text too long.",
                "COMMENT_TOO_LONG");
        refused("{\"comment\": {\"text\": \"a\"}}", "Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES");
        refused(
                "{\"comment\": {\"text\": \"a\"}, \"requestedAttributes\": {\"TOXICITY\": {\"scoreType\": \"STD_DEV_SCORE\"}}}",
                "Requested score type is not supported",
                "INVALID_REQUEST");
        refused(
                "{\"comment\": {\"text\": \"a\", \"type\": \"PDF\"}, \"requestedAttributes\": {\"TOXICITY\": {}}}",
                "Unknown text type",
                "INVALID_REQUEST");
        refused(
                "{\"comment\": {\"text\": \"a\"}, \"foo\": 1}",
                "Invalid JSON payload received. Unknown name \"foo\": Cannot find field.",
                null);
        refused(
                "{\"comment\": {\"text\": \"a\", \"a b\": 1}}",
                "Invalid JSON payload received. Unknown name of another form at 'comment': Cannot find field.",
                null);
        refused(
                "{\"comment\": {\"text\": 5}}",
                "Invalid JSON payload received. Invalid value at 'comment.text' (TYPE_STRING)",
                null);
        refused(
                "{\"comment\": {\"text\": \"a\\u0000\"}}",
                "Invalid JSON payload received. Invalid value at 'comment.text' (TYPE_STRING)",
                null);
        refused("{\"comment\": ", "Invalid JSON payload received. Unexpected token.", null);
        refused("{} {}", "Invalid JSON payload received. Unexpected token.", null);
        refused("[]", "Invalid JSON payload received. Root element must be a message.", null);
        refused("", "Invalid JSON payload received. Unexpected end of string.", null);
        there().queryParam("key", key)
                .contentType(JSON)
                .body(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'})
                .post("/v1alpha1/comments:analyze")
                .then()
                .statusCode(400)
                .body("error.message", containsString("UTF-8"));
        there().get("/v1alpha1/comments:analyze").then().statusCode(405).body("error.status", is("UNIMPLEMENTED"));
    }

    @Test
    void names_with_underscores_and_bodies_of_whatever_kind_are_taken_as_there() throws IOException {
        var json =
                "{\"comment\": {\"text\": \""
                        + Fixtures.INSULT
                        + "\"}, \"requested_attributes\": {\"TOXICITY\": null}, \"client_token\": \"t\"}";
        for (var type : List.of("text/plain", "application/json", "application/octet-stream")) {
            there().queryParam("key", key)
                    .contentType(type)
                    .body(json.getBytes(StandardCharsets.UTF_8))
                    .post("/v1alpha1/comments:analyze")
                    .then()
                    .statusCode(200)
                    .body("clientToken", is("t"));
        }
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        }
        zipped(zipped.toByteArray())
                .then()
                .statusCode(200)
                .body("attributeScores.TOXICITY.summaryScore.value", greaterThan(0.8f));
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10_000_000]);
        }
        zipped(bomb.toByteArray()).then().statusCode(400).body("error.details[0].errorType", is("COMMENT_TOO_LONG"));
        zipped(new byte[] {1, 2, 3}).then().statusCode(400).body("error.message", containsString("decompressed"));
    }

    @Test
    void the_key_is_taken_from_the_query_or_from_a_header() {
        for (var header : List.of("X-Goog-Api-Key", "X-Api-Key")) {
            there().header(header, key)
                    .contentType(JSON)
                    .body(body(CALM, "TOXICITY"))
                    .post("/v1alpha1/comments:analyze")
                    .then()
                    .statusCode(200);
        }
        there().auth()
                .oauth2(key)
                .contentType(JSON)
                .body(body(CALM, "TOXICITY"))
                .post("/v1alpha1/comments:analyze")
                .then()
                .statusCode(200);
        there().contentType(JSON)
                .body(body(CALM, "TOXICITY"))
                .post("/v1alpha1/comments:analyze")
                .then()
                .statusCode(403)
                .body("error.status", is("PERMISSION_DENIED"));
        analyze("AIza" + "x".repeat(35), body(CALM, "TOXICITY"))
                .then()
                .statusCode(400)
                .body("error.status", is("INVALID_ARGUMENT"))
                .body("error.message", is("API key not valid. Please pass a valid API key."))
                .body("error.details[0].reason", is("API_KEY_INVALID"));
    }

    @Test
    void nothing_that_is_analyzed_is_stored() throws SQLException {
        var text = "Kingfishers over the old weir, number " + UUID.randomUUID();
        analyze(key, body(text, "TOXICITY")).then().statusCode(200);
        score(key, text).then().statusCode(200);

        try (var backup = PostgresResource.asBackup();
                var statement = backup.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var names = statement.executeQuery("select tablename from pg_tables where schemaname = 'parley'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).hasSizeGreaterThan(20);
            for (var table : tables) {
                try (var found =
                        statement.executeQuery(
                                "select count(*) from parley.\"" + table + "\" t where t::text like '%old weir%'")) {
                    found.next();
                    assertThat(found.getInt(1)).as(table).isZero();
                }
            }
        }
    }

    // --- Labels ---

    @Test
    void a_suggested_score_becomes_a_label_that_can_be_taken_along_and_deleted(@TempDir Path folder)
            throws IOException {
        String herald = Fixtures.apiKey("herald", Map.of()).then().statusCode(201).extract().path("key");
        var admin = tokens.adminOf("herald");
        given().auth().oauth2(admin).delete(LABELS, "herald").then().statusCode(204);
        var text = "He is an old crank, write to crank@mail.example";

        suggest(herald, text, Map.of("TOXICITY", 1), "comment:1")
                .then()
                .statusCode(200)
                .body("clientToken", is("comment:1"));
        suggest(herald, text, Map.of("PROFANITY", 0.2, "TOXICITY", 0.9), null).then().statusCode(200);
        suggest(herald, CALM, Map.of("TOXICITY", 0), "of ann@mail.example").then().statusCode(200);

        var listed = given().auth().oauth2(admin).get(LABELS, "herald").then().statusCode(200);
        listed.body("items.size()", is(2))
                .body("items[0].text", is("He is an old crank, write to [email removed]"))
                .body("items[0].scores.toxicity", is(0.9f))
                .body("items[0].scores.profanity", is(0.2f))
                .body("items[0].clientToken", is("comment:1"))
                .body("items[1].clientToken", nullValue());
        var exported = given().auth().oauth2(admin).get(LABELS + "/export", "herald").then().statusCode(200).extract();
        assertThat(exported.contentType()).startsWith("application/jsonl");
        var file = Files.writeString(folder.resolve("labels.jsonl"), exported.asString());
        assertThat(LabelledFiles.read(file))
                .satisfiesExactly(
                        comment -> {
                            assertThat(comment.text()).isEqualTo("He is an old crank, write to [email removed]");
                            assertThat(comment.language()).isEqualTo("en");
                            assertThat(comment.labels()).isEqualTo(Map.of("toxic", true, "obscene", false));
                        },
                        comment -> assertThat(comment.labels()).isEqualTo(Map.of("toxic", false)));
        var page = given().auth().oauth2(admin).queryParam("limit", 1).get(LABELS, "herald").then().extract();
        given().auth()
                .oauth2(admin)
                .queryParam("limit", 1)
                .queryParam("cursor", page.<String>path("cursor"))
                .get(LABELS, "herald")
                .then()
                .body("items.text", is(List.of(CALM)))
                .body("cursor", nullValue());

        given().auth()
                .oauth2(admin)
                .delete(LABELS + "/{id}", "herald", page.<String>path("items[0].id"))
                .then()
                .statusCode(204);
        given().auth()
                .oauth2(admin)
                .delete(LABELS + "/{id}", "herald", page.<String>path("items[0].id"))
                .then()
                .statusCode(404);
        given().auth().oauth2(admin).get(LABELS, "herald").then().body("items.text", is(List.of(CALM)));
        given().auth().oauth2(tokens.moderatorOf("herald")).get(LABELS, "herald").then().statusCode(403);
    }

    @Test
    void suggestions_when_a_tenant_has_as_many_as_it_may_are_refused_and_nothing_is_kept() throws SQLException {
        String herald = Fixtures.apiKey("herald", Map.of()).then().statusCode(201).extract().path("key");
        var admin = tokens.adminOf("herald");
        change(
                "insert into label (tenant_id, id, text_hash, text, language, scores, created_at, changed_at)"
                        + " select 'herald', gen_random_uuid(), sha256(n::text::bytea), 'text ' || n, 'en', '{}', now(), now()"
                        + " from generate_series(1, 100000) n");

        suggest(herald, "One too many", Map.of("TOXICITY", 1), null)
                .then()
                .statusCode(429)
                .body("error.status", is("RESOURCE_EXHAUSTED"));
        assertThat(row("select count(*) from label where tenant_id = 'herald' and text = 'One too many'"))
                .isEqualTo("0");

        given().auth().oauth2(admin).delete(LABELS, "herald").then().statusCode(204);
        suggest(herald, "One too many", Map.of("TOXICITY", 1), null).then().statusCode(200);
        given().auth().oauth2(admin).delete(LABELS, "herald").then().statusCode(204);
    }

    @Test
    void a_suggestion_that_can_teach_nothing_is_refused() {
        var request = new HashMap<String, Object>();
        request.put("comment", Map.of("text", CALM));
        request.put("attributeScores", Map.of("TOXICITY", Map.of("summaryScore", Map.of("value", 0))));
        request.put("doNotStore", true);
        post("suggestscore", request)
                .then()
                .statusCode(400)
                .body("error.message", containsString("kept to train with"));
        request.remove("doNotStore");
        request.put("attributeScores", Map.of("FLIRTATION", Map.of("summaryScore", Map.of("value", 0))));
        post("suggestscore", request).then().statusCode(400).body("error.message", containsString("FLIRTATION"));
        request.put("attributeScores", Map.of("TOXICITY", Map.of("summaryScore", Map.of("value", 1.5))));
        post("suggestscore", request).then().statusCode(400);
        request.put("attributeScores", Map.of("TOXICITY", Map.of("spanScores", List.of())));
        post("suggestscore", request).then().statusCode(400);
        request.put("attributeScores", Map.of());
        post("suggestscore", request)
                .then()
                .statusCode(400)
                .body("error.details[0].errorType", is("NO_REQUESTED_ATTRIBUTES"));
    }

    @Test
    void clients_can_discover_the_service() throws IOException {
        var document =
                given().urlEncodingEnabled(false)
                        .get("/$discovery/rest?version=v1alpha1")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        var service = MAPPER.readTree(document);

        assertThat(document).doesNotContain("@ORIGIN@");
        assertThat(service.at("/rootUrl").asText()).startsWith("http").endsWith("/");
        assertThat(service.at("/resources/comments/methods/analyze/path").asText())
                .isEqualTo("v1alpha1/comments:analyze");
        given().urlEncodingEnabled(false).get("/$discovery/rest?version=v2").then().statusCode(404);
    }

    // --- Small things ---

    /** The colon of the methods' paths stays one: clients of that service send it so. */
    private static RequestSpecification there() {
        return given().urlEncodingEnabled(false);
    }

    private static void refused(String json, String message, String errorType) {
        var answer =
                there().queryParam("key", key)
                        .contentType(JSON)
                        .body(json.getBytes(StandardCharsets.UTF_8))
                        .post("/v1alpha1/comments:analyze");
        answer.then()
                .statusCode(400)
                .body("error.code", is(400))
                .body("error.status", is("INVALID_ARGUMENT"))
                .body("error.message", is(message));
        if (errorType == null) {
            answer.then().body("error.details[0].fieldViolations[0].description", is(message));
        } else {
            answer.then().body("error.details[0].errorType", is(errorType));
        }
    }

    private static Response zipped(byte[] body) {
        return there().config(
                        io.restassured.config.RestAssuredConfig.config()
                                .encoderConfig(
                                        io.restassured.config.EncoderConfig.encoderConfig()
                                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .queryParam("key", key)
                .header("Content-Encoding", "gzip")
                .contentType(JSON)
                .body(body)
                .post("/v1alpha1/comments:analyze");
    }

    private static double value(Map<String, Object> span) {
        return ((Number) ((Map<?, ?>) span.get("score")).get("value")).doubleValue();
    }

    private static Map<String, Object> body(String text, String... attributes) {
        var body = new HashMap<String, Object>();
        body.put("comment", Map.of("text", text));
        var requested = new HashMap<String, Object>();
        for (var attribute : attributes) {
            requested.put(attribute, Map.of());
        }
        body.put("requestedAttributes", requested);
        return body;
    }

    private static Response analyze(String key, Map<String, Object> body) {
        return there().queryParam("key", key).contentType(JSON).body(body).post("/v1alpha1/comments:analyze");
    }

    private static Response post(String method, Map<String, Object> body) {
        return there().queryParam("key", key).contentType(JSON).body(body).post("/v1alpha1/comments:" + method);
    }

    private static Response suggest(String key, String text, Map<String, Number> scores, String clientToken) {
        var body = new HashMap<String, Object>();
        body.put("comment", Map.of("text", text));
        body.put("languages", List.of("en"));
        var suggested = new HashMap<String, Object>();
        scores.forEach((name, value) -> suggested.put(name, Map.of("summaryScore", Map.of("value", value))));
        body.put("attributeScores", suggested);
        if (clientToken != null) {
            body.put("clientToken", clientToken);
        }
        return there().queryParam("key", key).contentType(JSON).body(body).post("/v1alpha1/comments:suggestscore");
    }

    private static Map<String, Object> texts(String... texts) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (var text : texts) {
            items.add(Map.of("id", String.valueOf(items.size()), "text", text));
        }
        var request = new HashMap<String, Object>();
        request.put("texts", items);
        return request;
    }

    private static Response score(String key, String... texts) {
        return given().header("X-Api-Key", key).contentType(JSON).body(texts(texts)).post(SCORES, "gazette");
    }

    private static String flipped(String key) {
        var last = key.charAt(key.length() - 2);
        return key.substring(0, key.length() - 2) + (last == 'A' ? 'B' : 'A') + key.charAt(key.length() - 1);
    }

    private void status(String tenant, String status) {
        given().auth()
                .oauth2(tokens.operator())
                .contentType(JSON)
                .body(Map.of("status", status))
                .patch("/api/v1/operator/tenants/{id}", tenant)
                .then()
                .statusCode(200);
    }

    private static String row(String sql) throws SQLException {
        try (var backup = PostgresResource.asBackup();
                var statement = backup.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void change(String sql) throws SQLException {
        try (var backup = PostgresResource.asBackup();
                var statement = backup.createStatement()) {
            statement.execute(sql);
        }
    }
}
