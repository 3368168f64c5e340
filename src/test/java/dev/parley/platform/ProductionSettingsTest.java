package dev.parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionSettingsTest {

    @TempDir Path folder;

    private final Map<String, String> complete = new HashMap<>();

    @BeforeEach
    void aCompleteConfiguration() throws Exception {
        var key = Files.writeString(folder.resolve("key"), "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n");
        complete.put(ProductionSettings.DATABASE_URL, "jdbc:postgresql://db.example/parley");
        complete.put(ProductionSettings.APP_PASSWORD, "app secret");
        complete.put(ProductionSettings.OWNER_PASSWORD, "owner secret");
        complete.put(ProductionSettings.OIDC_URL, "https://login.example/realms/parley");
        complete.put(ProductionSettings.MASTER_KEY_FILE, key.toString());
        complete.put(ProductionSettings.PUBLIC_ORIGIN, "https://comments.example");
        complete.put(ProductionSettings.SESSION_SECRET, "a session secret that is long enough");
        complete.put(ProductionSettings.MAIL_FROM, "comments@news.example");
        complete.put(ProductionSettings.MAIL_HOST, "smtp.news.example");
    }

    @Test
    void a_complete_configuration_when_checked_has_no_fault() {
        assertEquals(List.of(), of(complete).faults());
        assertFalse(of(complete).isEmpty());
    }

    @Test
    void a_console_when_reached_by_https_has_sessions_that_travel_over_that_alone() {
        assertEquals("true", of(complete).derived().get("quarkus.oidc.console.authentication.cookie-force-secure"));

        complete.put(ProductionSettings.PUBLIC_ORIGIN, "http://127.0.0.1:8080");
        assertEquals(Map.of(), of(complete).derived());
    }

    @Test
    void a_client_that_makes_accounts_is_told_as_a_whole_and_reached_safely() {
        complete.put(ProductionSettings.KEYCLOAK_URL, "https://login.example");
        assertTrue(of(complete).faults().getFirst().startsWith(ProductionSettings.KEYCLOAK_SECRET));

        complete.put(ProductionSettings.KEYCLOAK_SECRET, "its secret");
        assertEquals(List.of(), of(complete).faults());

        complete.put(ProductionSettings.KEYCLOAK_URL, "http://login.example");
        assertTrue(of(complete).faults().getFirst().startsWith(ProductionSettings.KEYCLOAK_URL));
    }

    @Test
    void traces_when_there_is_somewhere_to_send_them_are_made() {
        assertEquals(Map.of("quarkus.otel.sdk.disabled", "true"), of(complete).traces());

        complete.put(ProductionSettings.TRACES_ENDPOINT, "http://collector.example:4318/v1/traces");
        assertEquals(List.of(), of(complete).faults());
        assertEquals(Map.of("quarkus.otel.sdk.disabled", "false"), of(complete).traces());

        for (var wrong :
                List.of(
                        "collector:4318",
                        "ftp://collector.example/",
                        "https://user:word@collector.example/v1/traces")) {
            complete.put(ProductionSettings.TRACES_ENDPOINT, wrong);
            assertTrue(of(complete).faults().getFirst().startsWith(ProductionSettings.TRACES_ENDPOINT), wrong);
        }
    }

    @Test
    void no_configuration_when_checked_is_told_apart_from_a_begun_one() {
        assertTrue(of(Map.of()).isEmpty());
        assertTrue(of(Map.of(ProductionSettings.DATABASE_URL, " ")).isEmpty());
        assertFalse(of(Map.of(ProductionSettings.PUBLIC_ORIGIN, "https://comments.example")).isEmpty());
    }

    @Test
    void each_setting_when_left_out_is_named_and_it_alone() {
        for (var name : complete.keySet()) {
            var rest = new HashMap<>(complete);
            rest.remove(name);

            var faults = of(rest).faults();

            assertEquals(1, faults.size(), faults::toString);
            assertTrue(faults.getFirst().startsWith(name + ": missing"), faults::toString);
        }
    }

    @Test
    void the_owners_password_when_migrations_run_elsewhere_is_not_asked_for() {
        complete.remove(ProductionSettings.OWNER_PASSWORD);
        complete.put(ProductionSettings.MIGRATE_AT_START, "false");

        assertEquals(List.of(), of(complete).faults());
        assertEquals("parley_app", of(complete).derived().get("quarkus.flyway.username"));
        assertFalse(of(complete).derived().containsValue("app secret"));
    }

    @Test
    void everything_that_is_missing_when_told_is_told_at_once_and_without_a_secret() {
        var faults = of(Map.of(ProductionSettings.APP_PASSWORD, "app secret")).faults();
        var message = ProductionSettings.message(faults, false);

        assertEquals(8, faults.size(), message);
        assertFalse(message.contains("app secret"), message);
        assertTrue(message.contains("PARLEY_DATABASE_URL"), message);
    }

    @Test
    void an_unsafe_setting_when_checked_is_a_fault() {
        assertFault(ProductionSettings.DATABASE_URL, "jdbc:postgresql://db.example/parley?ssl=true&user=postgres");
        assertFault(ProductionSettings.SESSION_SECRET, "too short");
        assertFault(ProductionSettings.CONSOLE_ORIGIN, "http://console.example");
        assertFault(ProductionSettings.CONSOLE_ORIGIN, "https://console.example/console");
        assertFault(ProductionSettings.DATABASE_URL, "jdbc:h2:mem:parley");
        assertFault(ProductionSettings.OIDC_URL, "http://login.example/realms/parley");
        assertFault(ProductionSettings.PUBLIC_ORIGIN, "http://comments.example");
        assertFault(ProductionSettings.PUBLIC_ORIGIN, "https://comments.example/path");
        assertFault(ProductionSettings.PUBLIC_ORIGIN, "https://comments.example@evil.example");
        assertFault(ProductionSettings.MASTER_KEY_FILE, folder.resolve("absent").toString());
        assertFault(ProductionSettings.MASTER_KEY, "c2hvcnQ=");
        assertFault(ProductionSettings.STANDALONE, "true");
        assertFault(ProductionSettings.MAIL_FROM, "comments");
        assertFault(ProductionSettings.MAIL_FROM, "a@news.example, b@news.example");
        assertFault(ProductionSettings.MAIL_FROM, "News <a@news.example>\r\nBcc: b@news.example");
        assertFault(ProductionSettings.MAIL_START_TLS, "OPTIONAL");
    }

    @Test
    void plain_http_on_this_machine_when_checked_is_fine() {
        complete.put(ProductionSettings.PUBLIC_ORIGIN, "http://127.0.0.1:8080");
        complete.put(ProductionSettings.OIDC_URL, "http://localhost:8081/realms/parley");

        assertEquals(List.of(), of(complete).faults());
    }

    @Test
    void mails_when_switched_off_need_no_server() {
        complete.remove(ProductionSettings.MAIL_FROM);
        complete.remove(ProductionSettings.MAIL_HOST);
        complete.put(ProductionSettings.MAIL_ENABLED, "false");

        assertEquals(List.of(), of(complete).faults());
    }

    @Test
    void a_mail_server_when_on_this_machine_or_spoken_to_in_tls_needs_no_start_of_it() {
        complete.put(ProductionSettings.MAIL_FROM, "News comments <comments@news.example>");
        complete.put(ProductionSettings.MAIL_START_TLS, "DISABLED");
        complete.put(ProductionSettings.MAIL_HOST, "localhost");
        assertEquals(List.of(), of(complete).faults());

        complete.put(ProductionSettings.MAIL_HOST, "smtp.news.example");
        complete.put(ProductionSettings.MAIL_TLS, "true");
        assertEquals(List.of(), of(complete).faults());
    }

    private void assertFault(String name, String value) {
        var changed = new HashMap<>(complete);
        changed.put(name, value);

        var faults = of(changed).faults();

        assertEquals(1, faults.size(), () -> value + ": " + faults);
        assertTrue(faults.getFirst().startsWith(name + ":"), faults::toString);
    }

    private static ProductionSettings of(Map<String, String> values) {
        return new ProductionSettings(
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(values, "test", 100))
                        .build());
    }
}
