package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.DemoUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens of the demo users, from the real Keycloak; one is asked for again before it expires. */
public final class Tokens {

    private static final Duration SPARE = Duration.ofMinutes(1);
    private static final Map<String, Token> CACHE = new ConcurrentHashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Token(String value, Instant expires) {
        boolean lastsLong() {
            return Instant.now().plus(SPARE).isBefore(expires);
        }
    }

    /** The token of the user with this name. */
    public String of(String username) {
        return CACHE.compute(username, (name, old) -> old != null && old.lastsLong() ? old : fetch(name)).value();
    }

    public String of(DemoUsers user) {
        return of(user.username());
    }

    public String moderatorOf(String tenant) {
        return of(tenant + "-moderator");
    }

    public String adminOf(String tenant) {
        return of(tenant + "-admin");
    }

    public String operator() {
        return of(DemoUsers.OPERATOR);
    }

    private static Token fetch(String username) {
        var form =
                "grant_type=password&client_id=parley-demo&username=%s&password=%s"
                        .formatted(URLEncoder.encode(username, UTF_8), URLEncoder.encode(DemoUsers.PASSWORD, UTF_8));
        var request =
                HttpRequest.newBuilder(URI.create(KeycloakResource.issuer() + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        try {
            var asked = Instant.now();
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("No token for " + username + ": " + response.body());
            }
            var answer = JSON.readTree(response.body());
            return new Token(
                    answer.required("access_token").asText(),
                    asked.plusSeconds(answer.required("expires_in").asLong()));
        } catch (IOException e) {
            throw new UncheckedIOException("Keycloak did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
