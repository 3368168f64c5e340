package dev.parley.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Parley relies on in a token, seen in tokens of a real Keycloak with our realm. */
class KeycloakServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tokens tokens = new Tokens();

    @Test
    void a_token_when_fetched_names_the_issuer_the_audience_and_the_seeded_subject() throws Exception {
        for (var user : DemoUsers.values()) {
            var claims = claims(tokens.of(user));

            assertEquals(KeycloakResource.issuer(), claims.required("iss").asText());
            assertEquals(user.subject().toString(), claims.required("sub").asText());
            assertEquals("parley", claims.required("aud").asText());
            assertEquals("Bearer", claims.required("typ").asText());
            assertEquals(300, claims.required("exp").asLong() - claims.required("iat").asLong());
        }
    }

    @Test
    void the_role_operator_when_read_from_tokens_stands_in_the_operators_only() throws Exception {
        for (var user : DemoUsers.values()) {
            var roles = claims(tokens.of(user)).path("realm_access").path("roles").toString();

            assertEquals(user == DemoUsers.OPERATOR ? "[\"operator\"]" : "", roles, user.username());
        }
    }

    @Test
    void a_token_when_read_holds_no_address() throws Exception {
        assertFalse(claims(tokens.moderatorOf("gazette")).toString().contains("@"));
    }

    @Test
    void the_issuer_when_called_by_another_name_stays_the_same() throws Exception {
        var address =
                URI.create(
                        KeycloakResource.issuer().replace("localhost", "127.0.0.1")
                                + "/.well-known/openid-configuration");
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(KeycloakResource.issuer(), JSON.readTree(answer.body()).required("issuer").asText());
        }
    }

    @Test
    void every_other_client_of_the_realm_when_asked_for_a_token_by_password_refuses() throws Exception {
        for (var client :
                List.of(
                        "parley-console",
                        "admin-cli",
                        "account",
                        "account-console",
                        "broker",
                        "realm-management",
                        "security-admin-console")) {
            var body = post("grant_type=password&client_id=" + client + "&username=operator&password=parley-demo");

            assertTrue(body.contains("\"error\""), client + ": " + body);
            assertFalse(body.contains("access_token"), client);
        }
    }

    private static String post(String form) throws Exception {
        var address = URI.create(KeycloakResource.issuer() + "/protocol/openid-connect/token");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(address)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(form))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static JsonNode claims(String token) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }
}
