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
        // Keycloak makes the secret of the one client that has one, and a service account that can only make accounts.
        assertFalse(base.toString().contains("\"secret\""));
        assertEquals(1, base.required("users").size());
        var service = base.required("users").get(0);
        assertEquals("parley-invitations", service.required("serviceAccountClientId").asText());
        assertFalse(service.has("credentials") || service.has("realmRoles"));
        assertEquals(
                "{\"realm-management\":[\"manage-users\",\"view-users\"]}", service.required("clientRoles").toString());
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
        var realm = JSON.readTree(DemoRealm.json("http://localhost:9000", "not-told"));

        assertEquals(
                "[\"http://localhost:9000/console/signed-in\"]",
                client(realm, "parley-console").required("redirectUris").toString());
        assertEquals("S256", client(realm, "parley-console").at("/attributes/pkce.code.challenge.method").asText());
        assertTrue(client(realm, "parley-demo").required("directAccessGrantsEnabled").asBoolean());
        assertEquals("not-told", client(realm, "parley-invitations").required("secret").asText());
        assertEquals(4, realm.required("clients").size());
        assertEquals(DemoUsers.values().length + 1, realm.required("users").size());
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
