package dev.parley.standalone.mailbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.parley.delivery.Post;
import dev.parley.testing.DemoResource;
import dev.parley.testing.Fixtures;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The mails of a standalone run on their page. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class MailboxTest {

    @Inject Post post;

    @Test
    void a_proof_mail_of_a_standalone_run_is_shown_with_a_link_that_opens_and_without_the_address() {
        var fields = Fixtures.comment(Fixtures.calm());
        fields.put("notify", true);
        fields.put("name", "<b>Ann</b>");
        Fixtures.submit("gazette", "allotment-soup", fields).then().statusCode(201);
        post.deliver("gazette");

        var answer =
                given().get("/mailbox")
                        .then()
                        .statusCode(200)
                        .header("Content-Security-Policy", containsString("default-src 'none'"))
                        .header("Cache-Control", is("no-store"))
                        .extract();
        var page = Jsoup.parse(answer.asString());
        assertThat(page.select("article h2").first().text()).startsWith("Confirm your address for");
        assertThat(page.select("article pre").first().text()).contains("as <b>Ann</b> on");
        assertThat(page.select("article b")).isEmpty();
        assertThat(page.select("meta[http-equiv=refresh]")).hasSize(1);
        assertThat(answer.asString()).doesNotContain((String) fields.get("email"));
        var link = page.select("article a[href*=/me/]").first().attr("href");
        given().get(link.substring(link.indexOf("/me/"))).then().statusCode(200);
        given().get("/mailbox/style.css").then().statusCode(200).contentType("text/css");
    }

    @Test
    void a_page_of_another_name_that_leads_here_sees_no_mailbox() {
        given().header("Host", "evil.example").get("/mailbox").then().statusCode(404);
    }
}
