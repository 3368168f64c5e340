package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Real clients of Perspective from npm, unchanged but for the host: {@code perspective-api-client}, and the core of
 * Google's own {@code googleapis}, which learns the service from its discovery document. Where there is no npm, or
 * nothing can be fetched, the test is skipped and says so; the packages' versions and digests are in the lock file.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class PerspectiveClientsTest {

    private static final Path SOURCE = Path.of("src/test/clients/perspective");
    private static final Path FOLDER = Path.of("target/perspective-clients");
    private static final String CALM = "Thank you for this careful report about the bridge.";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void clients_of_perspective_find_what_they_look_for() throws Exception {
        install();
        Fixtures.ensure();
        String key = Fixtures.apiKey("gazette", Map.of()).then().statusCode(201).extract().path("key");
        var origin = RestAssured.baseURI + ":" + RestAssured.port;
        var client =
                new ProcessBuilder("node", "client.mjs", origin).directory(FOLDER.toFile()).redirectErrorStream(true);
        client.environment().put("API_KEY", key);
        client.environment().put("TEXTS", JSON.writeValueAsString(Map.of("text", Fixtures.INSULT, "calm", CALM)));
        var said = run(client, 60);

        System.out.printf("Clients of Perspective: %s%n", said);
        var answers = JSON.readTree(said);
        simple(answers.get("perspectiveApiClient"));
        google(answers.get("googleapis"));
    }

    private static void simple(JsonNode answers) {
        assertThat(answers.at("/plain/data/attributeScores/TOXICITY/summaryScore/value").asDouble()).isGreaterThan(0.8);
        assertThat(answers.at("/chosen/data/attributeScores/TOXICITY/summaryScore/type").asText())
                .isEqualTo("PROBABILITY");
        assertThat(answers.at("/chosen/data/attributeScores/INSULT/spanScores/0/end").asInt())
                .isEqualTo(Fixtures.INSULT.length());
        assertThat(answers.at("/whole/data").has("attributeScores")).isFalse();
        assertThat(answers.at("/whole/data/languages/0").asText()).isEqualTo("en");
        assertThat(answers.at("/language/name").asText()).isEqualTo("ResponseError");
        assertThat(answers.at("/language/message").asText())
                .isEqualTo("Attribute TOXICITY does not support request languages: uk");
        assertThat(answers.at("/attribute/message").asText()).isEqualTo("Unknown requested attribute: FLIRTATION");
        assertThat(answers.at("/key/message").asText()).isEqualTo("API key not valid. Please pass a valid API key.");
    }

    private static void google(JsonNode answers) {
        assertThat(answers.at("/analyze/data/attributeScores/TOXICITY/summaryScore/value").asDouble())
                .isGreaterThan(0.5);
        assertThat(answers.at("/analyze/data/attributeScores/TOXICITY/spanScores")).hasSize(2);
        assertThat(answers.at("/analyze/data/attributeScores/TOXICITY/spanScores/1/begin").asInt())
                .isEqualTo(CALM.length() + 1);
        assertThat(answers.at("/analyze/data/clientToken").asText()).isEqualTo("c1");
        assertThat(answers.at("/empty/status").asInt()).isEqualTo(400);
        assertThat(answers.at("/empty/message").asText()).contains("Comment must be non-empty.");
        assertThat(answers.at("/key/message").asText()).contains("API key not valid. Please pass a valid API key.");
        assertThat(answers.at("/suggest/data/clientToken").asText()).isEqualTo("comment:1");
    }

    private static void install() throws Exception {
        Files.createDirectories(FOLDER);
        for (var file : List.of("package.json", "package-lock.json", "client.mjs")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.isDirectory(FOLDER.resolve("node_modules/googleapis-common"))) {
            return;
        }
        boolean installed = false;
        try {
            var npm =
                    new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .directory(FOLDER.toFile())
                            .redirectErrorStream(true);
            run(npm, 180);
            installed = true;
        } catch (IOException | IllegalStateException e) {
            System.out.printf("Clients of Perspective: not installed, so not tested: %s%n", e.getMessage());
        }
        assumeTrue(installed, "npm and its registry");
    }

    private static String run(ProcessBuilder command, int seconds) throws IOException, InterruptedException {
        var process = command.start();
        var output = new StringBuilder();
        try (var lines = process.inputReader()) {
            lines.lines().forEach(line -> output.append(line).append('\n'));
        }
        if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command.command() + ": " + output);
        }
        return output.toString();
    }
}
