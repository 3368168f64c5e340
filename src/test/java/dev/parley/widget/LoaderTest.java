package dev.parley.widget;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.DemoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the loader's addresses answer. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class LoaderTest {

    private static final int BUDGET = 5_000;

    @Test
    void the_loader_is_kept_shortly_and_names_a_file_that_is_kept_for_ever() {
        var loader = given().get("/embed.js");
        assertThat(loader.statusCode()).isEqualTo(200);
        assertThat(loader.contentType()).startsWith("text/javascript");
        assertThat(loader.header("Cache-Control")).isEqualTo("public, max-age=300, stale-while-revalidate=86400");
        assertRunsAnywhere(loader);

        var file = given().get(versioned(loader));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.contentType()).contains("javascript");
        assertThat(file.headers().getValues("Cache-Control")).containsExactly("public, max-age=31536000, immutable");
        assertRunsAnywhere(file);
    }

    @Test
    void the_loader_when_unchanged_is_not_sent_again() {
        var tag = given().get("/embed.js").header("ETag");

        var again = given().header("If-None-Match", tag).get("/embed.js");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body().asString()).isEmpty();
    }

    @Test
    void a_version_of_another_release_when_asked_for_is_answered_with_ours() {
        var another = given().redirects().follow(false).get("/static/bundle/embed-ZZZZZZZZ.js");

        assertThat(another.statusCode()).isEqualTo(307);
        assertThat(another.header("Location")).endsWith(versioned(given().get("/embed.js")));
        assertThat(another.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertRunsAnywhere(another);
    }

    @Test
    void what_is_not_the_loader_is_not_for_other_origins() {
        var stylesheet = given().get("/static/bundle/nothing-ZZZZZZZZ.css");

        assertThat(stylesheet.statusCode()).isEqualTo(404);
        assertThat(stylesheet.header("Access-Control-Allow-Origin")).isNull();
        assertThat(stylesheet.header("Cache-Control")).isNull();
    }

    @Test
    void the_loader_and_its_file_when_compressed_are_within_the_budget() throws IOException {
        var loader = given().get("/embed.js");
        var file = given().get(versioned(loader));

        int together = gzipped(loader.asByteArray()) + gzipped(file.asByteArray());

        System.out.printf("Loader, gzipped: %d bytes of %d%n", together, BUDGET);
        assertThat(together).isLessThan(BUDGET);
        assertThat(given().header("Accept-Encoding", "gzip").get(versioned(loader)).header("Content-Encoding"))
                .isEqualTo("gzip");
    }

    private static void assertRunsAnywhere(Response answer) {
        assertThat(answer.headers().getValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(answer.headers().getValues("Cross-Origin-Resource-Policy")).containsExactly("cross-origin");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private static String versioned(Response loader) {
        var matcher = Pattern.compile("\"(/static/bundle/embed-\\w{8}\\.js)\"").matcher(loader.asString());
        assertThat(matcher.find()).as(loader.asString()).isTrue();
        return matcher.group(1);
    }

    private static int gzipped(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }
}
