package dev.parley.simulation;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DemoUsers;
import dev.parley.testing.Fixtures;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * A tenant with two sites and policies of every scope, for trials that must see nobody else's comments. Its admin is
 * gazette's; gazette's moderator is an admin of its second site alone.
 */
final class TrialTenant {

    static final String ID = "trials";
    static final String T = "/api/v1/tenants/" + ID;
    static final String TRIALS = T + "/policies/simulations";
    static final String FIRST = "trials-first";
    static final String SECOND = "trials-second";

    /** Articles by the site that they are of. */
    static final Map<String, List<String>> ARTICLES =
            Map.of(FIRST, List.of("harbour", "cup", "quiz"), SECOND, List.of("opera", "derby"));

    private static final Tokens TOKENS = new Tokens();

    /** What applies at first: with lists and rules of its own, and other ones for a site, a category, an article. */
    private static final Map<String, Object> TODAY =
            Map.of(
                    "preset",
                    "BALANCED",
                    "bannedWords",
                    List.of("kingfisher", "black tulip"),
                    "suspectWords",
                    List.of("ferry", "toll booth"),
                    "rules",
                    List.of(
                            rule("Long ones", "comment.length > 420", "HOLD"),
                            rule("A source", "signals.links == 1 && scores.spam < 0.5", "PUBLISH")));

    /** What is tried in its place. */
    static final Map<String, Object> DRAFT =
            Map.of(
                    "preset",
                    "STRICT",
                    "thresholds",
                    Map.of("toxicity", Map.of("hold", .35, "reject", .97), "profanity", Map.of("hold", .4)),
                    "maxLinks",
                    1,
                    "bannedWords",
                    List.of("kingfisher", "toll booth", "casino"),
                    "suspectWords",
                    List.of("bridge", "стыд", "straßenbahn"),
                    "requireProof",
                    false,
                    "rules",
                    List.of(
                            rule(
                                    "Lures",
                                    "size(signals.linkHosts) > 1 && 'lure.example' in signals.linkHosts",
                                    "REJECT"),
                            rule("Hot", "scored && scores.insult > 0.6 && 'sport' in article.categories", "REJECT"),
                            rule("Regulars", "commenter.approvedCount >= 1 && scores.toxicity < 0.5", "PUBLISH"),
                            rule(
                                    "Short",
                                    "comment.length < 60 && scores.toxicity < 0.3 && !signals.staffLikeName",
                                    "PUBLISH"),
                            rule("Host", "signals.links > 0 && signals.linkHosts[0].matches('^news[0-4]')", "HOLD"),
                            rule(
                                    "Unknown",
                                    "scores.threat > 0.8 || (language == 'de' && scores.insult > 0.5)",
                                    "HOLD")));

    private TrialTenant() {}

    static Map<String, Object> rule(String name, String when, String then) {
        return Map.of("name", name, "when", when, "then", then);
    }

    /** Makes it unless it is there. */
    static void ensure() {
        Fixtures.ensure();
        if (admin().get(T + "/sites").statusCode() != 404) {
            return;
        }
        Fixtures.tenant(ID, DemoUsers.GAZETTE_ADMIN);
        for (var site : List.of(FIRST, SECOND)) {
            admin().body(Map.of("key", site, "name", site, "language", "en", "origins", List.of("https://t.example")))
                    .post(T + "/sites")
                    .then()
                    .statusCode(201);
        }
        admin().body(
                        Map.of(
                                "subject",
                                DemoUsers.GAZETTE_MODERATOR.subject(),
                                "name",
                                "Sid Second",
                                "role",
                                "ADMIN",
                                "sites",
                                List.of(site(SECOND))))
                .post(T + "/members")
                .then()
                .statusCode(201);
        admin().body(
                        Map.of(
                                "replyDepth",
                                3,
                                "editWindowSeconds",
                                300,
                                "hideWhileEditIsHeld",
                                false,
                                "personalData",
                                "HOLD"))
                .put(T + "/settings")
                .then()
                .statusCode(200);
        article(FIRST, "harbour", "local");
        article(FIRST, "cup", "sport");
        var quiz = article(FIRST, "quiz", "local");
        article(SECOND, "opera", "local");
        article(SECOND, "derby", "sport");
        inForce("SITE", site(SECOND), Map.of("maxLinks", 2, "suspectWords", List.of("tenor", "ferry")));
        inForce(
                "CATEGORY",
                "sport",
                Map.of("mode", "HOLD_FIRST", "thresholds", Map.of("insult", Map.of("hold", .5, "reject", .9))));
        inForce("ARTICLE", quiz, Map.of("preset", "LENIENT", "holdUnscoredLanguages", false));
    }

    /** Today's policy of the tenant. */
    static void today() {
        inForce("TENANT", "", TODAY);
    }

    static RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.adminOf("gazette")).contentType(JSON);
    }

    /** The admin of the second site. */
    static RequestSpecification limited() {
        return given().auth().oauth2(TOKENS.moderatorOf("gazette")).contentType(JSON);
    }

    static String site(String key) {
        return admin().get(T + "/sites")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.key == '" + key + "' }.id");
    }

    /** Id of an article. */
    static String article(String site, String key, String category) {
        return admin().body(Map.of("open", true, "metadata", Map.of("title", key, "categories", List.of(category))))
                .put(T + "/sites/{s}/articles/{a}", site(site), key)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    static void inForce(String scope, String ref, Map<String, Object> document) {
        var present =
                admin().queryParam("scope", scope)
                        .queryParam("scopeRef", ref)
                        .get(T + "/policies/history")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("items.version", Integer.class);
        admin().body(
                        Map.of(
                                "scope",
                                scope,
                                "scopeRef",
                                ref,
                                "basedOn",
                                present.isEmpty() ? 0 : present.getFirst(),
                                "reason",
                                "for a test",
                                "document",
                                document))
                .put(T + "/policies")
                .then()
                .statusCode(200);
    }

    // --- Trials ---

    static Response ask(RequestSpecification who, String scope, String ref, Map<String, Object> draft) {
        return who.body(Map.of("scope", scope, "scopeRef", ref, "document", draft, "last", 100_000)).post(TRIALS);
    }

    static JsonPath trial(String id) {
        return admin().get(TRIALS + "/{id}", id).then().statusCode(200).extract().jsonPath();
    }

    /** A trial at its end, within a minute. */
    static JsonPath ended(String id) {
        var until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            var trial = trial(id);
            if (!"RUNNING".equals(trial.getString("state"))) {
                return trial;
            }
            assertThat(System.nanoTime()).as("waited for a trial to end").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    // --- Comments of all kinds ---

    private static final List<String> OPENINGS =
            List.of(
                    "Thank you for the careful report about the bridge.",
                    "I read this twice and still wonder who pays for it.",
                    "The ferry was late again and nobody said why.",
                    "What a beautiful evening at the opera it was.",
                    "The second half was far better than the first.",
                    "Nobody asked those who live beside the toll booth.",
                    "My neighbours and I have waited for this for years.",
                    "Could the paper please tell where these figures come from?");

    private static final List<String> HEATED =
            List.of(
                    "You are a stupid idiot and a pathetic liar.",
                    "Shut up, you moron.",
                    "This is complete crap and you know it.",
                    "What the hell were they thinking?",
                    "I will find you and break your legs.",
                    "Only a fool believes the mayor.",
                    "Those people should go back to where they came from.",
                    "Such damn nonsense, written by clowns.");

    private static final List<String> MORE =
            List.of(
                    "They saw a k1ngf1sher by the river.",
                    "A b.l.a.c.k t-u-l-i-p stood in the window.",
                    "Win at our c a s i n o tonight, free bonus!",
                    "Buy cheap pills now, limited offer, click here!",
                    "Read it at https://news%d.example/story",
                    "See https://lure.example/a and https://lure.example/b",
                    "Sources: http://one.example http://two.example http://three.example",
                    "Die Straßenbahn kommt heute wieder nicht, und niemand entschuldigt sich.",
                    "Це просто стыд і ганьба, більше нічого сказати не можу.",
                    "Write to me at somebody%d@mail.example if you saw it.",
                    "Call 030 1234567 for more about it.",
                    "😀 👍🏽 Bravo!",
                    "It took an hour, then another one, and in the end we walked home along the river in the rain, all"
                            + " four of us, past the closed kiosk and the school and the empty market, and not one bus"
                            + " came by in all that time, which I would not have believed had I not been there myself.");

    /** Texts from mild to rude, in several languages, with and without links, words of the lists, personal data. */
    static List<String> texts(int count, Random random) {
        var texts = new ArrayList<String>();
        while (texts.size() < count) {
            if (texts.size() > 10 && random.nextInt(25) == 0) {
                texts.add(texts.get(random.nextInt(texts.size()))); // sent again
                continue;
            }
            var text = new StringBuilder();
            if (random.nextInt(8) > 0) {
                text.append(pick(OPENINGS, random)).append(' ');
            }
            if (random.nextInt(3) == 0) {
                text.append(pick(HEATED, random)).append(' ');
            }
            for (int more = random.nextInt(3); more > 0; more--) {
                text.append(pick(MORE, random).replace("%d", "" + random.nextInt(10))).append(' ');
            }
            text.append("No. ").append(texts.size()).append(random.nextInt(100_000));
            texts.add(text.toString());
        }
        return texts;
    }

    /** Ids of new comments with such texts, on all articles, by readers of whom some call themselves staff. */
    static List<UUID> write(int count, Random random) throws InterruptedException, ExecutionException {
        var articles = new ArrayList<Map.Entry<String, String>>();
        ARTICLES.forEach((site, keys) -> keys.forEach(key -> articles.add(Map.entry(site, key))));
        articles.sort(Map.Entry.comparingByValue());
        var ids = new ArrayList<UUID>();
        try (var four = Executors.newFixedThreadPool(4)) {
            var sent = new ArrayList<Future<UUID>>();
            for (var text : texts(count, random)) {
                var fields = Fixtures.comment(text);
                if (random.nextInt(20) == 0) {
                    fields.put("name", "Administrator");
                }
                var where = pick(articles, random);
                sent.add(
                        four.submit(() ->
                                UUID.fromString(
                                        Fixtures.submit(where.getKey(), where.getValue(), fields)
                                                .then()
                                                .statusCode(201)
                                                .extract()
                                                .path("id"))));
            }
            for (var one : sent) {
                ids.add(one.get());
            }
        }
        return ids;
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    // --- Deciding again ---

    /** A comment's status, and what its policy said of its present revision, as JSON. */
    record Decided(String status, String judgement) {}

    static Map<UUID, Decided> decided(Collection<UUID> comments) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var sql =
                        connection.prepareStatement(
                                "select c.id, c.status, r.decision::text from parley.comment c join parley.revision r"
                                        + " on r.tenant_id = c.tenant_id and r.comment_id = c.id"
                                        + " and r.number = c.revision where c.tenant_id = ? and c.id = any (?)")) {
            sql.setString(1, ID);
            sql.setArray(2, connection.createArrayOf("uuid", comments.toArray()));
            try (var rows = sql.executeQuery()) {
                var found = new HashMap<UUID, Decided>();
                while (rows.next()) {
                    found.put(rows.getObject(1, UUID.class), new Decided(rows.getString(2), rows.getString(3)));
                }
                return found;
            }
        }
    }

    /** Makes comments what they would be had the scorer failed when they came: held, without a score. */
    static void unscore(Collection<UUID> comments) throws SQLException {
        try (var connection = PostgresResource.asBackup()) {
            connection.setAutoCommit(false);
            var ids = connection.createArrayOf("uuid", comments.toArray());
            for (var change :
                    List.of(
                            "insert into parley.statement (tenant_id, id, comment_id, revision, restriction, reasons,"
                                    + " automated, created_at) select tenant_id, md5(id || now()::text)::uuid, id,"
                                    + " revision, 'HELD', '[]', true, now() from parley.comment"
                                    + " where tenant_id = 'trials' and id = any (?)",
                            "update parley.comment set status = 'HELD', visible_revision = null, spam = false,"
                                    + " statement_id = md5(id || now()::text)::uuid"
                                    + " where tenant_id = 'trials' and id = any (?)",
                            "update parley.revision r set scores = 'null', models = null from parley.comment c"
                                    + " where r.tenant_id = 'trials' and c.tenant_id = 'trials' and r.comment_id = c.id"
                                    + " and r.number = c.revision and c.id = any (?)",
                            "delete from parley.queue_item where tenant_id = 'trials' and comment_id = any (?)",
                            "insert into parley.queue_item (tenant_id, comment_id, site_id, article_id, revision, reasons,"
                                    + " language, risk, entered_at) select tenant_id, id, site_id, article_id, revision,"
                                    + " '{UNSCORED}', 'und', .5, now() from parley.comment"
                                    + " where tenant_id = 'trials' and id = any (?)")) {
                try (var sql = connection.prepareStatement(change)) {
                    sql.setArray(1, ids);
                    sql.executeUpdate();
                }
            }
            connection.commit();
        }
    }
}
