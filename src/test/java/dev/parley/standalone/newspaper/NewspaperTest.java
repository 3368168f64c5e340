package dev.parley.standalone.newspaper;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.DemoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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

        assertThat(page.select(".teaser")).hasSize(stories.gazette().size());
        assertThat(page.select("#categories + ul a").eachText()).containsExactly("Local", "Food", "Sport", "World");
        assertThat(page.select(".recent li")).hasSize(5);
    }

    @Test
    void every_article_is_framed_from_the_other_origin_and_known_to_parley() {
        for (var story : stories.all()) {
            var page = read(story.href());

            var frame = page.select("iframe").attr("src");
            assertThat(frame).isEqualTo("http://127.0.0.1:%d/embed/%s/%s", port, story.site(), story.key());
            assertThat(given().get(frame).statusCode()).isEqualTo(200);
            assertThat(page.select(".text p")).hasSizeBetween(4, 7);
            assertThat(page.select("h1").text()).isEqualTo(story.title());
        }
        assertThat(
                        Jsoup.parse(given().get("http://127.0.0.1:" + port + "/articles/sourdough").asString())
                                .select("iframe")
                                .attr("src"))
                .startsWith("http://localhost:" + port);
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
                    "/herald"
                }) {
            for (var link : read(path).select("a[href^=/], link[href^=/]").eachAttr("href")) {
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
        assertThat(Jsoup.parse(given().get("/embed/herald/market-square").asString()).select(".comment")).hasSize(1);
        assertThat(given().get("/embed/gazette/market-square").asString()).contains("No comments to show.");
        assertThat(read("/").text()).doesNotContain("number twelve");
    }

    private Document read(String path) {
        var answer = given().get("http://localhost:" + port + path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().getValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("frame-src http://127.0.0.1:" + port);
        return Jsoup.parse(answer.asString());
    }
}
