package dev.parley;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.comment.Avatars;
import dev.parley.testing.Canary;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nobody learns about an address by asking: whoever guesses one gets the answer that every other address gets, whether
 * somebody wrote at it before, was banned at it, or not.
 */
@QuarkusTest
@TestProfile(EmailOracleTest.SmallAllowances.class)
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class EmailOracleTest {

    private static final int AT_ONE_ADDRESS = 6;
    private static final int BY_ONE_SENDER = 12;
    private static final int LINKS_TO_ONE_ADDRESS = 2;

    /** Limits that a test can reach, and senders that it can choose. */
    public static final class SmallAllowances implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.trusted-proxies", "127.0.0.1",
                    "parley.intake.address-burst", Integer.toString(AT_ONE_ADDRESS),
                    "parley.intake.link-burst", Integer.toString(LINKS_TO_ONE_ADDRESS),
                    "parley.intake.sender-burst", Integer.toString(BY_ONE_SENDER));
        }
    }

    /** Each question of the list {@code d-email.jsonl}, with the test that asks it or the reason why nobody can. */
    private static final Map<String, String> ROWS =
            Map.ofEntries(
                    Map.entry("D-email-oracle-001", "an_order_by_address_is_refused_like_any_unknown_order"),
                    Map.entry("D-email-oracle-002", "nothing_can_be_asked_by_address"),
                    Map.entry("D-email-oracle-003", "a_banned_address_is_answered_as_a_comment_that_is_read_first"),
                    Map.entry("D-email-oracle-004", "the_tag_of_a_thread_does_not_depend_on_the_address"),
                    Map.entry("D-email-oracle-005", "every_limit_is_told_in_the_same_way"),
                    Map.entry("D-email-oracle-006", "a_known_address_is_answered_as_an_unknown_one"),
                    Map.entry("D-email-oracle-007", "nothing_can_be_asked_by_address"),
                    Map.entry("D-email-oracle-008", "authors_of_one_address_look_different"),
                    Map.entry("D-email-oracle-009", "authors_of_one_address_look_different"),
                    Map.entry("D-email-oracle-010", "not built: there are no votes"),
                    Map.entry("D-email-oracle-011", "authors_of_one_address_look_different"),
                    Map.entry("D-email-oracle-012", "a_link_is_asked_for_alike_at_every_address"));

    private static final Tokens TOKENS = new Tokens();
    private static final AtomicInteger NUMBER = new AtomicInteger(1000);

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
    }

    @Test
    void every_question_of_the_list_is_asked_or_cannot_be() {
        var methods =
                Arrays.stream(EmailOracleTest.class.getDeclaredMethods())
                        .map(m -> m.getName())
                        .collect(Collectors.toSet());

        assertThat(ROWS.keySet())
                .isEqualTo(Canary.rows("email-oracle").stream().map(Canary.Row::id).collect(Collectors.toSet()));
        assertThat(ROWS.values())
                .allSatisfy(how -> assertThat(how.startsWith("not built: ") || methods.contains(how)).as(how).isTrue());
        ROWS.forEach((row, how) -> System.out.printf("Email oracle: %s: %s%n", row, how.replace('_', ' ')));
    }

    @Test
    void a_known_address_is_answered_as_an_unknown_one() {
        var open = Fixtures.newArticle("gazette", "gazette");
        var known = known();
        var unknown = address();

        var toKnown = send(open, known, calm());
        var toUnknown = send(open, unknown, calm());

        toKnown.then().statusCode(201).body("status", is("PUBLISHED"));
        assertThat(shape(toKnown)).isEqualTo(shape(toUnknown));
        assertThat(shape(send("ceasefire-talks", known, calm())))
                .isEqualTo(shape(send("ceasefire-talks", unknown, calm())));
        assertThat(shape(send(open, known, ""))).isEqualTo(shape(send(open, unknown, "")));
        assertThat(shape(edit(toKnown))).isEqualTo(shape(edit(toUnknown)));
        assertThat(shape(withdraw(toKnown))).isEqualTo(shape(withdraw(toUnknown)));
    }

    @Test
    void a_banned_address_is_answered_as_a_comment_that_is_read_first() {
        var open = Fixtures.newArticle("gazette", "gazette");
        var banned = banned();

        var toBanned = send(open, banned, calm());

        toBanned.then().statusCode(201).body("status", is("HELD"));
        var readFirst = send("ceasefire-talks", address(), calm());
        assertThat(shape(toBanned)).isEqualTo(shape(readFirst));
        assertThat(shape(send("ceasefire-talks", banned, calm()))).isEqualTo(shape(readFirst));
        assertThat(shape(send(open, banned, ""))).isEqualTo(shape(send(open, address(), "")));
        assertThat(shape(edit(toBanned))).isEqualTo(shape(edit(readFirst)));
        // A word that is looked at first has a reason of its own, told to its writer; status and head are the same.
        var article = Fixtures.newArticle("gazette", "gazette");
        suspect(article, "zeppelin");
        var word = send(article, address(), calm() + " Zeppelin.");
        word.then().statusCode(201).body("status", is("HELD"));
        assertThat(heads(word)).isEqualTo(heads(toBanned));
        assertThat(word.jsonPath().getMap("").keySet()).isEqualTo(toBanned.jsonPath().getMap("").keySet());
    }

    @Test
    void whether_a_reader_is_asked_first_depends_on_the_text_alone() {
        var open = Fixtures.newArticle("gazette", "gazette");
        var answers = new TreeSet<String>();
        nudges(true);
        try {
            for (var address : List.of(banned(), known(), address())) {
                for (var article : List.of(open, "ceasefire-talks")) {
                    answers.add(shape(nudged(article, address, hostile(), sender())));
                }
                // A calm text of somebody banned is held without a question, like any that is read first.
                nudged(open, address, calm(), sender()).then().statusCode(201);
            }
            assertThat(answers).hasSize(1).first().asString().startsWith("422 ").contains("/problems/reconsider");

            // It counts as a submission, at the address and from the sender.
            var address = address();
            for (int i = 0; i < AT_ONE_ADDRESS; i++) {
                nudged(open, address, hostile(), sender()).then().statusCode(422);
            }
            var perAddress = nudged(open, address, hostile(), sender());
            perAddress.then().statusCode(429);
            var sender = sender();
            for (int i = 0; i < BY_ONE_SENDER; i++) {
                nudged(open, address(), hostile(), sender).then().statusCode(422);
            }
            assertThat(shape(nudged(open, address(), hostile(), sender))).isEqualTo(shape(perAddress));
        } finally {
            nudges(false);
        }
    }

    private static String hostile() {
        return Fixtures.INSULT + " of lighthouse number " + NUMBER.incrementAndGet() + ".";
    }

    private static Response nudged(String article, String address, String body, String sender) {
        return given().header("X-Forwarded-For", sender)
                .contentType(JSON)
                .body(Map.of("name", "Reader", "email", address, "body", body, "nudge", true))
                .post("/api/v1/sites/gazette/articles/{a}/comments", article);
    }

    private static void nudges(boolean on) {
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("replyDepth", 3, "editWindowSeconds", 300, "hideWhileEditIsHeld", false, "nudges", on))
                .put("/api/v1/tenants/gazette/settings")
                .then()
                .statusCode(200);
    }

    @Test
    void every_limit_is_told_in_the_same_way() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var address = address();
        for (int i = 0; i < AT_ONE_ADDRESS; i++) {
            send(article, address, calm()).then().statusCode(201);
        }
        var perAddress = send(article, address, calm());
        var sender = sender();
        for (int i = 0; i < BY_ONE_SENDER; i++) {
            send(article, address(), calm(), sender).then().statusCode(201);
        }
        var perSender = send(article, address(), calm(), sender);

        perAddress.then().statusCode(429);
        assertThat(shape(perAddress)).isEqualTo(shape(perSender));
        assertThat(perAddress.header("Retry-After")).isEqualTo(perSender.header("Retry-After"));
    }

    @Test
    void a_link_is_asked_for_alike_at_every_address() {
        var known = known();
        var unknown = address();
        var answers = new TreeSet<String>();
        for (int i = 0; i < LINKS_TO_ONE_ADDRESS; i++) {
            answers.add(shape(ask(known, sender())));
            answers.add(shape(ask(unknown, sender())));
        }
        assertThat(answers).hasSize(1).first().asString().startsWith("202 ");

        // What is too much is too much at every address, and reads as too much from one sender.
        var refusals = new TreeSet<String>();
        var refused = ask(known, sender());
        refused.then().statusCode(429);
        refusals.add(shape(refused));
        refusals.add(shape(ask(unknown, sender())));
        var sender = sender();
        for (int i = 0; i < BY_ONE_SENDER; i++) {
            ask(address(), sender).then().statusCode(202);
        }
        refusals.add(shape(ask(address(), sender)));
        assertThat(refusals).hasSize(1);
        assertThat(shape(ask("no address", sender()))).isEqualTo(shape(ask("nothing", sender())));
    }

    private static Response ask(String address, String sender) {
        return given().header("X-Forwarded-For", sender)
                .contentType(JSON)
                .body(Map.of("site", "gazette", "email", address))
                .post("/api/v1/me/link");
    }

    /** It is the digest of what is answered, and so can't tell more; what is held or refused does not change it. */
    @Test
    void the_tag_of_a_thread_does_not_depend_on_the_address() throws NoSuchAlgorithmException {
        for (var address : List.of(known(), address())) {
            var article = Fixtures.newArticle("gazette", "gazette");
            send(article, address, calm()).then().statusCode(201);
            var before = thread(article);
            send(article, banned(), calm()).then().statusCode(201);
            var after = thread(article);

            byte[] digest = MessageDigest.getInstance("SHA-256").digest(after.asByteArray());
            assertThat(after.header("ETag"))
                    .isEqualTo(before.header("ETag"))
                    .isEqualTo("W/\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"");
        }
    }

    private static Response thread(String article) {
        return given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(200)
                .extract()
                .response();
    }

    @Test
    void authors_of_one_address_look_different() {
        var known = known();
        var article = Fixtures.newArticle("gazette", "gazette");
        var ids = new TreeSet<String>();
        for (int i = 0; i < 2; i++) {
            ids.add(send(article, known, calm()).then().statusCode(201).extract().path("comment.author.id"));
        }
        ids.add(
                submit("herald", "harbour-bridge", known, calm(), sender())
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("comment.author.id"));

        assertThat(ids).hasSize(3);
        var thread = given().get("/api/v1/sites/gazette/articles/{a}/comments", article).jsonPath();
        assertThat(thread.<String, Object>getMap("items[0].author").keySet()).containsExactlyInAnyOrder("id", "name");
        // Nothing is loaded or looked up per author, and their pictures are made from the random ids.
        var page = Jsoup.parse(given().get("/embed/gazette/{a}", article).asString());
        assertThat(page.select("img, picture, iframe, link:not([rel=stylesheet]), [style], [srcset]")).isEmpty();
        assertThat(page.select("script[src]")).hasSize(1);
        var drawn = thread.<String>getList("items.author.id").stream().map(EmailOracleTest::picture).toList();
        assertThat(page.select("svg").stream().map(svg -> svg.outerHtml()).toList()).isEqualTo(drawn);
    }

    private static String picture(String author) {
        return Jsoup.parseBodyFragment(Avatars.svg(UUID.fromString(author))).select("svg").outerHtml();
    }

    @Test
    void an_order_by_address_is_refused_like_any_unknown_order() {
        var article = Fixtures.newArticle("gazette", "gazette");
        for (var order : List.of("email", "address", "lookup", "nonsense")) {
            given().queryParam("sort", order)
                    .get("/api/v1/sites/gazette/articles/{a}/comments", article)
                    .then()
                    .statusCode(400)
                    .body("detail", is("sort must be newest, oldest or top"));
            given().auth()
                    .oauth2(TOKENS.moderatorOf("gazette"))
                    .queryParam("order", order)
                    .get("/api/v1/tenants/gazette/queue")
                    .then()
                    .statusCode(400)
                    .body("detail", is("order must be risk or oldest"));
        }
    }

    @Test
    void nothing_can_be_asked_by_address() {
        var known = known();
        var article = Fixtures.newArticle("gazette", "gazette");
        send(article, known, calm()).then().statusCode(201);
        var all = given().get("/api/v1/sites/gazette/articles/{a}/comments", article).asString();
        for (var name : List.of("email", "q", "search", "author", "filter", "lookup")) {
            for (var value : List.of(known, known.substring(0, 4), address(), "%")) {
                assertThat(
                                given().queryParam(name, value)
                                        .get("/api/v1/sites/gazette/articles/{a}/comments", article)
                                        .asString())
                        .isEqualTo(all);
            }
        }
        // A new parameter that asks for text must be thought about here.
        var described = given().accept(JSON).queryParam("format", "json").get("/q/openapi").jsonPath();
        Set<String> names = new TreeSet<>();
        described.<String, Map<String, Map<String, Object>>>getMap("paths").values().stream()
                .flatMap(path -> path.values().stream())
                .filter(operation -> operation instanceof Map)
                .forEach(operation -> parameters(operation, names));
        assertThat(names)
                .isSubsetOf(
                        "action",
                        "actor", // of the trail, by id, as are subject and its kind
                        "article",
                        "category",
                        "commenter",
                        "cursor",
                        "format", // of oEmbed, as are maxwidth and url
                        "days", // a number, of the distribution of scores
                        "escalated", // yes or no
                        "from", // a moment, as is to
                        "key", // of the API
                        "language",
                        "limit",
                        "maxwidth",
                        "open", // yes or no
                        "order",
                        "parent",
                        "q", // words of texts, names, titles and keys: SearchTest shows that no address is found
                        "reason",
                        "scope",
                        "scopeRef",
                        "site",
                        "sort",
                        "spam",
                        "state", // of deliveries to webhooks
                        "status",
                        "subject",
                        "subjectKind",
                        "to",
                        "url");
    }

    /** Printed only: on a shared machine a bound on times would say nothing. */
    @Test
    void how_long_it_takes_is_printed() {
        var article = Fixtures.newArticle("gazette", "gazette");
        List<String> known = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            known.add(known());
        }
        List<Long> toKnown = new ArrayList<>();
        List<Long> toUnknown = new ArrayList<>();
        for (var address : known) {
            toKnown.add(timed(article, address));
            toUnknown.add(timed(article, address()));
        }
        System.out.printf(
                "Email oracle: median for a known address %.1f ms, for an unknown one %.1f ms, ratio %.2f%n",
                median(toKnown) / 1e6, median(toUnknown) / 1e6, (double) median(toKnown) / median(toUnknown));
    }

    // --- Who asks ---

    private static String address() {
        return "guess-" + NUMBER.incrementAndGet() + "@guessed.example";
    }

    /** An address at which somebody was published. */
    private static String known() {
        var address = address();
        send(Fixtures.newArticle("gazette", "gazette"), address, calm())
                .then()
                .statusCode(201)
                .body("status", is("PUBLISHED"));
        return address;
    }

    private static String banned() {
        var address = address();
        var sent = send(Fixtures.newArticle("gazette", "gazette"), address, calm()).then().statusCode(201).extract();
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("kind", "BAN", "reason", "a test"))
                .post("/api/v1/tenants/gazette/commenters/{c}/sanctions", sent.<String>path("comment.author.id"))
                .then()
                .statusCode(201);
        return address;
    }

    /** All of one length, and no two the same. */
    private static String calm() {
        return "Thank you for this careful report about lighthouse number " + NUMBER.incrementAndGet() + ".";
    }

    private static String sender() {
        int n = NUMBER.incrementAndGet();
        return "10." + n / 250 + "." + n % 250 + ".7";
    }

    private static Response send(String article, String address, String body) {
        return send(article, address, body, sender());
    }

    private static Response send(String article, String address, String body, String sender) {
        return submit("gazette", article, address, body, sender);
    }

    private static Response submit(String site, String article, String address, String body, String sender) {
        var fields = new HashMap<String, Object>();
        fields.put("name", "Reader");
        fields.put("email", address);
        fields.put("body", body);
        return given().header("X-Forwarded-For", sender)
                .contentType(JSON)
                .body(fields)
                .post("/api/v1/sites/{s}/articles/{a}/comments", site, article);
    }

    private static Response edit(Response sent) {
        return given().header("X-Forwarded-For", sender())
                .header("Edit-Token", sent.<String>path("editToken"))
                .contentType(JSON)
                .body(Map.of("body", calm()))
                .patch("/api/v1/sites/gazette/comments/{id}", sent.<String>path("id"));
    }

    private static Response withdraw(Response sent) {
        return given().header("X-Forwarded-For", sender())
                .header("Edit-Token", sent.<String>path("editToken"))
                .delete("/api/v1/sites/gazette/comments/{id}", sent.<String>path("id"));
    }

    private static void suspect(String article, String word) {
        var id = Fixtures.article("gazette", "gazette", article, List.of("local"));
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(
                        Map.of(
                                "scope",
                                "ARTICLE",
                                "scopeRef",
                                id,
                                "basedOn",
                                0,
                                "reason",
                                "a test",
                                "document",
                                Map.of("suspectWords", List.of(word))))
                .put("/api/v1/tenants/gazette/policies")
                .then()
                .statusCode(200);
    }

    // --- What is compared ---

    /** An answer with ids, times, tokens and the number in our texts struck out; what is left says its length too. */
    private static String shape(Response answer) {
        var body =
                answer.asString()
                        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                        .replaceAll("(\"(?:edit|reader)Token\":\")[A-Za-z0-9_-]+", "$1<token>")
                        .replaceAll("lighthouse number \\d+", "lighthouse number <n>")
                        .replaceAll("/articles/[a-z0-9-]+/", "/articles/<article>/");
        return answer.statusCode() + " " + heads(answer) + " " + body;
    }

    private static Map<String, String> heads(Response answer) {
        var heads = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        answer.getHeaders().forEach(header -> heads.put(header.getName(), header.getValue()));
        heads.remove("Date");
        // Times are written with as many digits as they have; bodies are compared whole instead.
        heads.remove("Content-Length");
        return heads;
    }

    private static void parameters(Map<String, Object> operation, Set<String> names) {
        if (operation.get("parameters") instanceof List<?> parameters) {
            for (var parameter : parameters) {
                if (parameter instanceof Map<?, ?> told && "query".equals(told.get("in"))) {
                    names.add(String.valueOf(told.get("name")));
                }
            }
        }
    }

    private static long timed(String article, String address) {
        var body = calm();
        var sender = sender();
        long start = System.nanoTime();
        send(article, address, body, sender).then().statusCode(201);
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
