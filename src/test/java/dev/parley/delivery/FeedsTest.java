package dev.parley.delivery;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.Attacks;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.ShownHtml;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Comments as other programs get them: Atom feeds and oEmbed, with a second tenant beside. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class FeedsTest {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String FEED = "/api/v1/sites/{s}/articles/{a}/feed.atom";
    private static final String OEMBED = "/api/v1/oembed";

    private final Tokens tokens = new Tokens();
    private String article;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
    }

    @Test
    void the_feed_of_an_article_holds_its_visible_comments_newest_first() throws Exception {
        var first = Fixtures.published("gazette", article, "A *calm* word & more, number " + UUID.randomUUID());
        var reply = Fixtures.comment(Fixtures.calm());
        reply.put("parentId", first);
        String second = Fixtures.submit("gazette", article, reply).then().statusCode(201).extract().path("id");
        var held = Fixtures.held("gazette", article);

        var feed = atom(given().get(FEED, "gazette", article));

        assertThat(text(feed.getDocumentElement(), "id")).startsWith("urn:uuid:");
        assertThat(text(feed.getDocumentElement(), "title")).isEqualTo("Comments on About " + article);
        assertThat(links(feed.getDocumentElement()).get("self")).endsWith("/articles/" + article + "/feed.atom");
        assertThat(links(feed.getDocumentElement()).get("alternate")).isEqualTo("https://gazette.example/" + article);
        var entries = entries(feed);
        assertThat(entries).extracting(e -> text(e, "id")).containsExactly("urn:uuid:" + second, "urn:uuid:" + first);
        assertThat(feed.getDocumentElement().getTextContent()).doesNotContain(held);
        var entry = entries.getLast();
        assertThat(Instant.parse(text(entry, "updated"))).isBeforeOrEqualTo(Instant.now());
        assertThat(links(entry).get("alternate")).isEqualTo("https://gazette.example/" + article + "#comment-" + first);
        assertThat(text(entry, "content")).startsWith("<p>A <em>calm</em> word &amp; more");
        var author = (Element) entry.getElementsByTagNameNS(ATOM, "author").item(0);
        assertThat(author.getElementsByTagName("*").getLength()).isEqualTo(1);
        var answers =
                (Element)
                        entries.getFirst()
                                .getElementsByTagNameNS("http://purl.org/syndication/thread/1.0", "in-reply-to")
                                .item(0);
        assertThat(answers.getAttribute("ref")).isEqualTo("urn:uuid:" + first);
    }

    @Test
    void the_feed_of_a_site_holds_its_articles_and_nothing_of_another_site() throws Exception {
        var own = Fixtures.published("gazette", article, Fixtures.calm());
        var sport = Fixtures.published("gazette-sport", "cup-final", Fixtures.calm());
        var foreign = Fixtures.published("herald", "harbour-bridge", Fixtures.calm());

        var feed = given().get("/api/v1/sites/gazette/feed.atom");

        assertThat(entries(atom(feed)).getFirst().getTextContent()).contains(own);
        assertThat(feed.asString()).doesNotContain(sport).doesNotContain(foreign);
        given().get(FEED, "herald", article).then().statusCode(404);
        given().get("/api/v1/sites/nowhere/feed.atom").then().statusCode(404);
    }

    @Test
    void an_unchanged_feed_is_not_sent_again_and_a_removal_changes_it() {
        Fixtures.published("gazette", article, Fixtures.calm());
        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201).extract();
        var answer = given().get(FEED, "gazette", article);
        answer.then()
                .statusCode(200)
                .header("Cache-Control", containsString("max-age=60"))
                .header("Last-Modified", notNullValue());
        given().header("If-None-Match", answer.header("ETag")).get(FEED, "gazette", article).then().statusCode(304);

        given().header("Edit-Token", receipt.<String>path("editToken"))
                .delete("/api/v1/sites/gazette/comments/{id}", receipt.<String>path("id"))
                .then()
                .statusCode(204);

        given().header("If-None-Match", answer.header("ETag"))
                .header("If-Modified-Since", answer.header("Last-Modified"))
                .get(FEED, "gazette", article)
                .then()
                .statusCode(200);
    }

    @Test
    void an_empty_feed_is_valid_too() throws Exception {
        var feed = atom(given().get(FEED, "gazette", article));
        assertThat(entries(feed)).isEmpty();
        assertThat(text(feed.getDocumentElement(), "updated")).isNotEmpty();
    }

    @Test
    void one_comment_is_quoted_by_both_its_addresses() throws Exception {
        var words = Fixtures.calm();
        var id = Fixtures.published("gazette", article, words);
        var page = "https://gazette.example/" + article + "#comment-" + id;

        var quoted = oembed(page);

        assertThat(quoted)
                .containsEntry("version", "1.0")
                .containsEntry("type", "rich")
                .containsEntry("title", "About " + article)
                .containsEntry("provider_name", "Site gazette");
        assertThat((String) quoted.get("html")).contains(words).contains("href=\"" + page + "\"");
        ShownHtml.assertHarmless((String) quoted.get("html"));
        assertThat(oembed("http://127.0.0.1:8080/embed/gazette/" + article + "?sort=top&comment=" + id))
                .isEqualTo(quoted);
        given().queryParam("url", page)
                .queryParam("maxwidth", 320)
                .get(OEMBED)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "*")
                .body("width", is(320));
    }

    @Test
    void only_what_readers_see_at_that_very_address_is_quoted() {
        var id = Fixtures.published("gazette", article, Fixtures.calm());
        var held = Fixtures.held("gazette", article);
        var own = "https://gazette.example/" + article + "#comment-";
        var frame = "http://127.0.0.1:8080/embed/";
        for (var url :
                List.of(
                        own + held,
                        own + UUID.randomUUID(),
                        own + "x",
                        own,
                        "https://gazette.example/" + article,
                        "https://gazette.example/elsewhere#comment-" + id,
                        "https://gazette-sport.example/" + article + "#comment-" + id,
                        "https://herald.example/" + article + "#comment-" + id,
                        "https://evil.example/" + article + "#comment-" + id,
                        "https://gazette.example@evil.example/" + article + "#comment-" + id,
                        "ftp://gazette.example/" + article + "#comment-" + id,
                        "javascript:alert(1)#comment-" + id,
                        "not a url",
                        frame + "herald/" + article + "?comment=" + id,
                        frame + "gazette/harbour-bridge?comment=" + id,
                        frame + "gazette/" + article,
                        frame + "gazette/" + article + "?comment=" + held,
                        frame + "nowhere/" + article + "?comment=" + id,
                        "http://127.0.0.1:9999/embed/gazette/" + article + "?comment=" + id)) {
            given().queryParam("url", url)
                    .get(OEMBED)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .header("Access-Control-Allow-Origin", "*");
        }
        given().get(OEMBED).then().statusCode(400);
        given().queryParam("url", "x".repeat(2501)).get(OEMBED).then().statusCode(400);
        given().queryParam("url", own + id)
                .queryParam("format", "xml")
                .get(OEMBED)
                .then()
                .statusCode(501)
                .body("type", is("/problems/not-implemented"));
    }

    @Test
    void hostile_comments_come_out_harmless_in_feed_and_quotation() throws Exception {
        int shown = 0;
        int sent = 0;
        List<String> ids = new ArrayList<>();
        for (var row : Attacks.rows("a-xss.jsonl")) {
            for (var field : List.of("body", "name")) {
                var fields = Fixtures.comment(Fixtures.calm());
                fields.put(field, row.payload());
                var answer = Fixtures.submit("gazette", article, fields);
                sent++;
                assertThat(answer.statusCode()).as("%s as %s", row.id(), field).isIn(201, 400);
                if (answer.statusCode() == 201 && visible(answer)) {
                    ids.add(answer.path("id"));
                }
            }
            if (ids.size() >= 40) {
                shown += look(ids);
                ids.clear();
                article = Fixtures.newArticle("gazette", "gazette");
            }
        }
        shown += look(ids);
        System.out.printf("Hostile comments: %d sent, %d shown in feed and quotation%n", sent, shown);
        assertThat(shown).isGreaterThan(100);
    }

    /** Reads each of them in the feed and as a quotation. */
    private int look(List<String> ids) throws Exception {
        var feed = atom(given().get(FEED, "gazette", article));
        var inFeed = new HashMap<String, Element>();
        entries(feed).forEach(entry -> inFeed.put(text(entry, "id"), entry));
        for (var id : ids) {
            var entry = inFeed.get("urn:uuid:" + id);
            assertThat(entry).as(id).isNotNull();
            ShownHtml.assertHarmless(text(entry, "content"));
            assertThat(entry.getElementsByTagNameNS(ATOM, "content").item(0).getChildNodes().getLength())
                    .isLessThanOrEqualTo(1);
            var quoted = oembed("https://gazette.example/" + article + "#comment-" + id);
            ShownHtml.assertHarmless((String) quoted.get("html"));
        }
        return ids.size();
    }

    private boolean visible(Response receipt) {
        if (receipt.path("status").equals("PUBLISHED")) {
            return true;
        }
        return given().auth()
                        .oauth2(tokens.moderatorOf("gazette"))
                        .contentType(JSON)
                        .body(Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE"))
                        .post("/api/v1/tenants/gazette/comments/{id}/decisions", receipt.<String>path("id"))
                        .statusCode()
                == 200;
    }

    private static Document atom(Response answer) throws Exception {
        answer.then().statusCode(200);
        assertThat(answer.contentType()).startsWith("application/atom+xml");
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.asByteArray()));
        assertThat(document.getDocumentElement().getNamespaceURI()).isEqualTo(ATOM);
        return document;
    }

    private static List<Element> entries(Document feed) {
        var nodes = feed.getElementsByTagNameNS(ATOM, "entry");
        List<Element> entries = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            entries.add((Element) nodes.item(i));
        }
        return entries;
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagNameNS(ATOM, name).item(0).getTextContent();
    }

    private static Map<String, String> links(Element parent) {
        Map<String, String> links = new HashMap<>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getLocalName().equals("link")) {
                links.put(element.getAttribute("rel"), element.getAttribute("href"));
            }
        }
        return links;
    }

    private static Map<String, Object> oembed(String url) throws Exception {
        var answer = given().queryParam("url", url).get(OEMBED);
        answer.then().statusCode(200);
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValue(
                        answer.asByteArray(),
                        new com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>>() {});
    }
}
