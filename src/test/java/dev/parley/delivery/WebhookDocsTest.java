package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the documentation as they stand there. */
class WebhookDocsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET =
            "whsec_"
                    + Base64.getEncoder()
                            .encodeToString("a key of the tests, 32 bytes long".getBytes(StandardCharsets.UTF_8));
    private static final String OTHER =
            "whsec_"
                    + Base64.getEncoder()
                            .encodeToString("another key of them, 32 bytes too".getBytes(StandardCharsets.UTF_8));
    private static final String BODY = "{\"type\":\"webhook.test\",\"data\":{\"x\":\"ä ✓\"}}";

    /** A message, and whether it is to be taken. */
    private record Case(String secret, Map<String, String> headers, String body, boolean good) {}

    @TempDir Path folder;

    @Test
    void the_example_for_node_tells_good_from_bad() throws Exception {
        assumeTrue(isThere("node"), "No Node.js here: its example is not run");
        run(
                List.of("node"),
                "verify.js",
                example("js")
                        + """

                        const cases = JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'));
                        console.log(cases.map((c) => verify(c.secret, c.headers, c.body)).join(' '));
                        """);
    }

    @Test
    void the_example_for_python_tells_good_from_bad() throws Exception {
        assumeTrue(isThere("python3"), "No Python here: its example is not run");
        run(
                List.of("python3"),
                "verify.py",
                example("python")
                        + """

                        import json, sys
                        cases = json.load(open(sys.argv[1], encoding="utf-8"))
                        print(" ".join(str(verify(c["secret"], c["headers"], c["body"])).lower() for c in cases))
                        """);
    }

    @Test
    void the_example_for_java_tells_good_from_bad() throws Exception {
        var library = Path.of(Webhook.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var jackson =
                List.of(
                                ObjectMapper.class,
                                com.fasterxml.jackson.core.JsonParser.class,
                                com.fasterxml.jackson.annotation.JsonProperty.class)
                        .stream()
                        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                        .toList();
        run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        library + ":" + String.join(":", jackson)),
                "Verify.java",
                "class Verify {\n"
                        + example("java")
                        + """

                        public static void main(String[] args) throws Exception {
                            var out = new java.util.StringJoiner(" ");
                            for (var c : new com.fasterxml.jackson.databind.ObjectMapper().readTree(new java.io.File(args[0]))) {
                                var headers = new java.util.HashMap<String, java.util.List<String>>();
                                c.get("headers").properties().forEach(h -> headers.put(h.getKey(), java.util.List.of(h.getValue().asText())));
                                out.add("" + verify(c.get("secret").asText(), java.net.http.HttpHeaders.of(headers, (a, b) -> true), c.get("body").asText()));
                            }
                            System.out.println(out);
                        }
                        }
                        """);
    }

    private static List<Case> cases() throws Exception {
        var id = "0198c2f4-6d7e-7c3a-9a51-0f3f5a1c2b3d";
        var now = Instant.now().getEpochSecond();
        var signature = new Webhook(SECRET).sign(id, now, BODY);
        var other = new Webhook(OTHER).sign(id, now, BODY);
        var old = now - 600;
        return List.of(
                new Case(SECRET, headers(id, now, signature), BODY, true),
                new Case(SECRET, headers(id, now, other + " " + signature), BODY, true),
                new Case(OTHER, headers(id, now, other + " " + signature), BODY, true),
                new Case(OTHER, headers(id, now, signature), BODY, false),
                new Case(SECRET, headers(id, now, signature), BODY.replace("test", "tset"), false),
                new Case(SECRET, headers("other", now, signature), BODY, false),
                new Case(SECRET, headers(id, now + 1, signature), BODY, false),
                new Case(SECRET, headers(id, now, "v2" + signature.substring(2)), BODY, false),
                new Case(SECRET, headers(id, old, new Webhook(SECRET).sign(id, old, BODY)), BODY, false));
    }

    private static Map<String, String> headers(String id, long at, String signature) {
        return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(at), "webhook-signature", signature);
    }

    private void run(List<String> program, String name, String code) throws Exception {
        var source = Files.writeString(folder.resolve(name), code);
        var cases = cases();
        var input = Files.writeString(folder.resolve("cases.json"), JSON.writeValueAsString(cases));
        var command = new ArrayList<>(program);
        command.add(source.toString());
        command.add(input.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines().toList().getLast().split(" "))
                .containsExactly(cases.stream().map(c -> Boolean.toString(c.good())).toArray(String[]::new));
    }

    private static String example(String language) throws IOException {
        var page = Files.readString(Path.of("docs", "webhooks.md"));
        var block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).as("an example in " + language).isTrue();
        return block.group(1);
    }

    private static boolean isThere(String program) {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
