package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.RequestOptions;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.Browser;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way in and out of the console, with a real browser and the real Keycloak, and what its session is good for. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class SignInTest {

    private static final String NOTES = "/api/v1/tenants/gazette/rescorings";

    private final Tokens tokens = new Tokens();

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
    }

    @Test
    void a_deep_link_when_opened_by_a_stranger_leads_through_the_sign_in_and_back() {
        try (var visitor = ConsoleVisitor.stranger()) {
            var page = visitor.open("/console/gazette/queue?order=oldest");
            assertThat(page.getByText("Sign in to moderate")).isVisible();

            page.locator("main")
                    .getByText("Sign in", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                    .click();
            visitor.type(DemoUsers.GAZETTE_MODERATOR.username(), DemoUsers.PASSWORD);

            // Where something waits, the first of it is opened.
            assertThat(page)
                    .hasURL(
                            Pattern.compile(
                                    ConsoleVisitor.ORIGIN + "/console/gazette/queue(/[0-9a-f-]{36})?\\?order=oldest$"));
            assertThat(page.locator("h1").first()).hasText("Queue");
        }
    }

    @Test
    void a_session_when_kept_by_the_browser_is_read_by_no_script_and_holds_no_token_in_the_clear() {
        try (var visitor = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = visitor.open("/console/gazette/queue");
            assertThat(page.locator("h1").first()).hasText("Queue");

            var session = sessionOf(visitor);
            assertThat(session)
                    .hasSize(3)
                    .allSatisfy(cookie -> {
                        assertThat(cookie.httpOnly).isTrue();
                        assertThat(cookie.sameSite).isEqualTo(com.microsoft.playwright.options.SameSiteAttribute.LAX);
                        // Of an encrypted token; a signed one alone would begin with eyJhbGciOiJSUzI1NiIs.
                        assertThat(cookie.value).doesNotStartWith("eyJhbGciOiJSUzI1NiIs");
                    });
            assertThat(page.evaluate("document.cookie")).asString().doesNotContain("q_session");
            assertThat(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
                    .asString()
                    .doesNotContain("eyJ");
        }
    }

    @Test
    void the_api_when_called_without_a_good_session_answers_401_and_never_redirects() {
        for (var cookie : List.of("none=x", "q_session_console=forged", "q_session_console=eyJhbGciOiJub25lIn0.e30.")) {
            given().redirects()
                    .follow(false)
                    .header("Cookie", cookie)
                    .get("/api/v1/tenants/gazette/queue")
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .body("type", is("/problems/not-signed-in"))
                    .header("Location", nullValue());
        }
        // The name of the session's configuration in a path makes no difference.
        given().redirects().follow(false).get("/api/v1/tenants/console/queue").then().statusCode(401);
        given().auth().oauth2(tokens.adminOf("gazette")).get("/api/v1/tenants/console/queue").then().statusCode(404);
    }

    @Test
    void a_write_with_the_session_when_it_comes_from_another_page_is_refused() {
        try (var visitor = ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN)) {
            var cookies = cookies(visitor);
            for (var origin :
                    List.of(
                            "https://evil.example",
                            "null",
                            ConsoleVisitor.ORIGIN + ".evil.example",
                            ConsoleVisitor.ORIGIN.replace("localhost", "127.0.0.1"))) {
                given().header("Cookie", cookies)
                        .header("Origin", origin)
                        .contentType(JSON)
                        .body(Map.of("scope", "PENDING"))
                        .post(NOTES)
                        .then()
                        .statusCode(403)
                        .body("type", is("/problems/origin-not-allowed"));
            }
            given().header("Cookie", cookies).contentType(JSON).body("{}").post(NOTES).then().statusCode(403);
            given().header("Cookie", cookies)
                    .header("Origin", ConsoleVisitor.ORIGIN)
                    .contentType("text/plain")
                    .body("{\"scope\":\"PENDING\"}")
                    .post(NOTES)
                    .then()
                    .statusCode(415);
            given().header("Cookie", cookies)
                    .header("Origin", ConsoleVisitor.ORIGIN)
                    .contentType(JSON)
                    .body(Map.of("scope", "PENDING"))
                    .post(NOTES)
                    .then()
                    .statusCode(202);
            // Reading needs no origin; a token counts as one, whatever cookies come along.
            given().header("Cookie", cookies).get(NOTES).then().statusCode(200);
            given().header("Cookie", cookies)
                    .auth()
                    .oauth2(tokens.moderatorOf("herald"))
                    .get("/api/v1/tenants/gazette/queue")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void signing_out_when_done_ends_the_session_here_and_at_the_sign_in_server() {
        try (var visitor = ConsoleVisitor.stranger()) {
            visitor.signIn(DemoUsers.HERALD_MODERATOR.username(), DemoUsers.PASSWORD, "/console/herald/queue");
            var page = visitor.page();
            assertThat(page.locator("h1").first()).hasText("Queue");

            page.getByText("Sign out").click();

            assertThat(page.getByText("You are signed out")).isVisible();
            assertThat(sessionOf(visitor)).isEmpty();
            page.navigate(ConsoleVisitor.ORIGIN + "/console/sign-in");
            assertThat(page.locator("#password")).isVisible(); // Keycloak asks again
        }
    }

    @Test
    void signing_out_elsewhere_when_done_ends_the_session_here_at_the_next_call() {
        try (var visitor = ConsoleVisitor.stranger();
                var elsewhere = Browser.open()) {
            visitor.signIn(DemoUsers.HERALD_ADMIN.username(), DemoUsers.PASSWORD, "/console/herald/queue");
            assertThat(visitor.page().locator("h1").first()).hasText("Queue");
            // The same person in another program of the publisher: it knows Keycloak's session, not ours.
            elsewhere.addCookies(
                    visitor.context().cookies().stream().filter(cookie -> cookie.path.startsWith("/realms")).toList());

            var other = elsewhere.newPage();
            other.navigate(KeycloakResource.issuer() + "/protocol/openid-connect/logout");
            other.locator("#kc-logout").click();
            assertThat(other.locator("#kc-logout")).hasCount(0);

            var answer = visitor.context().request().get(ConsoleVisitor.ORIGIN + "/api/v1/me");
            assertThat(answer.status()).isEqualTo(401);
            visitor.page().reload();
            assertThat(visitor.page().getByText("Sign in to moderate")).isVisible();
        }
    }

    @Test
    void the_way_back_when_it_leads_out_of_the_console_leads_to_its_start() {
        try (var visitor = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            for (var to :
                    List.of(
                            "//evil.example",
                            "https://evil.example/console",
                            "/console\\@evil.example",
                            "/api/v1/me",
                            "/console//evil")) {
                var answer =
                        visitor.context()
                                .request()
                                .get(
                                        ConsoleVisitor.ORIGIN + "/console/sign-in",
                                        RequestOptions.create().setQueryParam("to", to).setMaxRedirects(0));
                assertThat(answer.status()).as(to).isEqualTo(303);
                assertThat(answer.headers().get("location")).as(to).startsWith(ConsoleVisitor.ORIGIN + "/console");
            }
        }
    }

    @Test
    void the_page_when_served_can_be_framed_by_nobody_and_runs_nothing_foreign() {
        given().redirects()
                .follow(false)
                .header("Host", "localhost:" + RestAssured.port)
                .get("/console/gazette/queue")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Content-Security-Policy", containsString("require-trusted-types-for 'script'"))
                .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self';"))
                .header("Cross-Origin-Opener-Policy", is("same-origin"))
                .header("Cache-Control", is("private, no-store"));
        given().redirects()
                .follow(false)
                .header("Host", "127.0.0.1:" + RestAssured.port)
                .get("/console/gazette/queue?order=oldest")
                .then()
                .statusCode(307)
                .header("Location", is(ConsoleVisitor.ORIGIN + "/console/gazette/queue?order=oldest"));
    }

    private static List<Cookie> sessionOf(ConsoleVisitor visitor) {
        return visitor.context().cookies().stream().filter(cookie -> cookie.name.startsWith("q_session")).toList();
    }

    private static String cookies(ConsoleVisitor visitor) {
        return sessionOf(visitor).stream()
                .map(cookie -> cookie.name + "=" + cookie.value)
                .collect(Collectors.joining("; "));
    }
}
