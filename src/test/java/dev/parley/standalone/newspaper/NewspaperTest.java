package dev.parley.standalone.newspaper;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.DemoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The newspaper and the demonstration data, as a standalone run has them. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class NewspaperTest {

    @Inject Stories stories;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void the_front_page_shows_articles_categories_and_recent_comments() {
        var page = read("/");

        assertThat(page.select(".teaser")).hasSize(stories.in(Edition.ENGLISH).size());
        assertThat(page.select("#categories + ul a").eachText()).containsExactly("Local", "Food", "Sport", "World");
        assertThat(page.select("parley-recent[site=gazette] li")).hasSize(5);
        assertThat(page.select("parley-count[article=sourdough]").text()).isEqualTo("2 comments");
        assertThat(page.select("parley-count[article=harbour-bridge]").text()).isEqualTo("No comments");
    }

    @Test
    void every_edition_is_in_its_language_and_direction() {
        for (var edition : Edition.values()) {
            var page = read(edition.home());

            assertThat(page.select("html").attr("lang")).isEqualTo(edition.language());
            assertThat(page.select("html").attr("dir")).isEqualTo(edition.direction());
            assertThat(page.select(".teaser")).hasSize(stories.in(edition).size()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(page.select("parley-recent li")).hasSizeGreaterThanOrEqualTo(3);
            assertThat(page.select(".tools a").eachAttr("href")).containsExactly("/", "/de", "/ar");
            assertThat(page.select(".tools [aria-current]").text()).isEqualTo(edition.label());
        }
        assertThat(read("/de").select(".sections a").eachText()).containsExactly("Titelseite", "Lokales", "Essen");
        assertThat(read("/de").select("parley-count[article=zollhausuhr]").text()).isEqualTo("3 Kommentare");
        assertThat(read("/ar").select("parley-count[article=furn-alhara]").text()).isEqualTo("تعليقان");
        assertThat(read("/ar/articles/furn-alhara").select(".byline time").text()).isEqualTo("الأحد، 22 نوفمبر 2026");
        assertThat(read("/de/articles/zollhausuhr").select(".byline time").text())
                .isEqualTo("Samstag, 21. November 2026");
    }

    @Test
    void an_article_of_one_edition_is_no_page_of_another() {
        assertThat(given().get("/de/articles/sourdough").statusCode()).isEqualTo(404);
        assertThat(given().get("/articles/zollhausuhr").statusCode()).isEqualTo(404);
        assertThat(given().get("/de/category/world").statusCode()).isEqualTo(404);
        assertThat(given().get("/fr").statusCode()).isEqualTo(404);
    }

    @Test
    void every_article_embeds_its_comments_from_the_other_origin_and_is_known_to_parley() {
        for (var story : stories.all()) {
            var page = read(story.href());

            var comments = page.select("parley-comments");
            assertThat(comments.attr("site")).isEqualTo(story.site());
            assertThat(comments.attr("article")).isEqualTo(story.key());
            assertThat(comments.attr("title")).isEqualTo(story.title());
            assertThat(comments.attr("url")).isEqualTo("http://localhost:%d%s", port, story.href());
            assertThat(page.select("link[rel=canonical]").attr("href")).isEqualTo(comments.attr("url"));
            assertThat(page.select("script[async]").attr("src")).isEqualTo("http://127.0.0.1:%d/embed.js", port);

            var without = comments.select("a").attr("href");
            assertThat(without)
                    .startsWith("http://127.0.0.1:%d/embed/%s/%s?".formatted(port, story.site(), story.key()));
            assertThat(given().urlEncodingEnabled(false).get(without).statusCode()).isEqualTo(200);
            assertThat(page.select(".text p")).hasSizeBetween(4, 7);
            assertThat(page.select("h1").text()).isEqualTo(story.title());
        }
        assertThat(
                        Jsoup.parse(given().get("http://127.0.0.1:" + port + "/articles/sourdough").asString())
                                .select("script[async]")
                                .attr("src"))
                .startsWith("http://localhost:" + port);
    }

    @Test
    void what_the_newspaper_signs_is_believed_and_nothing_else() {
        for (var story : stories.all()) {
            var signed = read(story.href()).select("parley-comments").attr("metadata");

            assertThat(sent(story, signed).statusCode()).as(story.key()).isEqualTo(201);
        }
        var story = stories.find("night-bus").orElseThrow();
        var other = read("/articles/library-roof").select("parley-comments").attr("metadata");
        var refused = sent(story, other);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("signedArticle").contains("another article");
        var signed = read(story.href()).select("parley-comments").attr("metadata");
        var forged = signed.replaceAll("..$", signed.endsWith("AA") ? "QQ" : "AA");
        assertThat(sent(story, forged).asString()).contains("not signed with this site's secret");
    }

    /** Held, so that it changes no count. */
    private static Response sent(Story story, String signed) {
        return given().contentType("application/json")
                .body(
                        Map.of(
                                "name",
                                "Ann",
                                "email",
                                "ann-%s@readers.example".formatted(story.key()),
                                "body",
                                "Cheap pills at https://pills.example, for all readers of " + story.key(),
                                "signedArticle",
                                signed))
                .post("/api/v1/sites/{s}/articles/{a}/comments", story.site(), story.key());
    }

    @Test
    void every_link_of_the_newspaper_leads_somewhere() {
        for (var path :
                new String[] {
                    "/",
                    "/category/local",
                    "/category/food",
                    "/category/sport",
                    "/category/world",
                    "/articles/harbour-bridge",
                    "/de",
                    "/de/category/local",
                    "/de/articles/zollhausuhr",
                    "/ar",
                    "/ar/category/local",
                    "/ar/articles/furn-alhara",
                    "/herald"
                }) {
            for (var link :
                    read(path).select("a[href^=/], link[href^=/], script[src^=/]").stream()
                            .map(element -> element.attr("href") + element.attr("src"))
                            .toList()) {
                assertThat(given().get("http://localhost:" + port + link.replaceAll("#.*", "")).statusCode())
                        .as(link)
                        .isEqualTo(200);
            }
        }
        assertThat(given().get("/articles/nothing").statusCode()).isEqualTo(404);
        assertThat(given().get("/articles/market-square").statusCode()).isEqualTo(404);
    }

    @Test
    void the_bridge_stays_without_comments_and_the_war_is_premoderated() {
        given().get("/api/v1/sites/gazette/articles/harbour-bridge/comments")
                .then()
                .statusCode(200)
                .body("count", org.hamcrest.Matchers.is(0));
        given().contentType("application/json")
                .body(
                        "{\"name\":\"Ann\",\"email\":\"ann@readers.example\",\"body\":\"I hope the road opens soon for everybody.\"}")
                .post("/api/v1/sites/gazette/articles/ceasefire-talks/comments")
                .then()
                .statusCode(201)
                .body("status", org.hamcrest.Matchers.is("HELD"));
    }

    @Test
    void the_herald_is_a_tenant_of_its_own() {
        assertThat(Jsoup.parse(given().get("/embed/herald/market-square").asString()).select(".comments .comment"))
                .hasSize(1);
        assertThat(given().get("/embed/gazette/market-square").asString()).contains("No comments to show.");
        assertThat(read("/").text()).doesNotContain("number twelve");
    }

    private Document read(String path) {
        var answer = given().get("http://localhost:" + port + path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().getValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("script-src 'self' http://127.0.0.1:%d;".formatted(port))
                .contains("frame-src http://127.0.0.1:" + port)
                .doesNotContain("unsafe");
        return Jsoup.parse(answer.asString());
    }
}
