package dev.parley.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoRealmTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BASE = Path.of("src/main/resources/keycloak/parley-realm.json");

    @Test
    void the_base_realm_when_read_has_no_client_that_gives_a_token_for_a_password_and_no_user() throws Exception {
        var base = JSON.readTree(Files.readString(BASE));

        for (var client : base.required("clients")) {
            var id = client.required("clientId").asText();
            assertFalse(client.required("directAccessGrantsEnabled").asBoolean(), id);
            assertFalse(client.required("implicitFlowEnabled").asBoolean(), id);
            assertFalse(client.required("fullScopeAllowed").asBoolean(), id);
            if (client.required("standardFlowEnabled").asBoolean()) {
                assertEquals("S256", client.at("/attributes/pkce.code.challenge.method").asText(), id);
            }
            client.required("redirectUris").forEach(uri -> assertFalse(uri.asText().contains("*"), uri::asText));
        }
        // Keycloak adds this one itself, with the password grant, unless the file names it.
        assertFalse(client(base, "admin-cli").required("enabled").asBoolean());
        assertFalse(base.has("users"));
        assertFalse(base.toString().contains("parley-demo"));
    }

    @Test
    void the_base_realm_when_read_guards_passwords_and_sessions_as_promised() throws Exception {
        var base = JSON.readTree(Files.readString(BASE));

        assertTrue(base.required("passwordPolicy").asText().startsWith("length(15)"));
        assertTrue(base.required("bruteForceProtected").asBoolean());
        assertEquals(3600, base.required("ssoSessionIdleTimeout").asInt());
        assertEquals(12 * 3600, base.required("ssoSessionMaxLifespan").asInt());
        assertEquals(300, base.required("accessTokenLifespan").asInt());
    }

    @Test
    void the_demo_realm_when_merged_keeps_the_base_and_adds_the_demo_client() throws Exception {
        var realm = JSON.readTree(DemoRealm.json("http://localhost:9000"));

        assertEquals(
                "[\"http://localhost:9000/console/signed-in\"]",
                client(realm, "parley-console").required("redirectUris").toString());
        assertEquals("S256", client(realm, "parley-console").at("/attributes/pkce.code.challenge.method").asText());
        assertTrue(client(realm, "parley-demo").required("directAccessGrantsEnabled").asBoolean());
        assertEquals(3, realm.required("clients").size());
        assertEquals(DemoUsers.values().length, realm.required("users").size());
        assertTrue(realm.required("bruteForceProtected").asBoolean());
    }

    @Test
    void the_version_of_keycloak_is_the_one_that_maven_fetches() throws Exception {
        assertTrue(
                Files.readString(Path.of("pom.xml"))
                        .contains("<keycloak.version>" + KeycloakDistribution.VERSION + "</keycloak.version>"));
    }

    private static JsonNode client(JsonNode realm, String id) {
        return realm.required("clients")
                .valueStream()
                .filter(client -> client.required("clientId").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
