package dev.parley.standalone.newspaper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the publisher's guide, taken from it as they stand there. */
class SignedMetadataTest {

    /** Computed once with OpenSSL's HMAC over the JSON in the guide. */
    private static final String SIGNATURE = "vybuLsD0I3kh_wowrgc60oG1XKCj1rgC20pWgLIXvVw";

    private static final String SECRET = "not-a-secret-but-long-enough-for-one";

    /** A language, how it is started, and what makes its example a program. */
    private record Program(String language, String command, String suffix, String before, String after) {}

    private static final List<Program> PROGRAMS =
            List.of(
                    new Program(
                            "js",
                            "node",
                            ".mjs",
                            "",
                            "import { readFileSync } from \"node:fs\";\nprocess.stdout.write(sign(JSON.parse(readFileSync(0, \"utf8\")), process.argv[2]));"),
                    new Program(
                            "python",
                            "python3",
                            ".py",
                            "",
                            "import sys\nsys.stdout.write(sign(json.loads(sys.stdin.buffer.read()), sys.argv[1]))"),
                    new Program(
                            "php",
                            "php",
                            ".php",
                            "<?php\n",
                            "echo sign(json_decode(stream_get_contents(STDIN), true), $argv[1]);"));

    @TempDir Path folder;

    @Test
    void the_newspaper_signs_as_the_guide_says() throws IOException {
        var signed = SignedMetadata.sign(json(), SECRET);

        assertThat(signed).endsWith("." + SIGNATURE);
        assertThat(guide()).contains("\n" + signed + "\n").contains(SECRET);
    }

    @Test
    void the_example_in_java_is_what_the_newspaper_does() throws IOException {
        var source =
                Files.readString(Path.of("src/standalone/java/dev/parley/standalone/newspaper/SignedMetadata.java"));

        assertThat(
                        block("java")
                                .lines()
                                .map(String::strip)
                                .filter(line ->
                                        line.startsWith("var") || line.startsWith("mac") || line.startsWith("return")))
                .hasSize(5)
                .allSatisfy(line -> assertThat(source).contains(line));
    }

    @TestFactory
    Stream<DynamicTest> the_examples_in_other_languages_give_the_same_bytes() {
        return PROGRAMS.stream()
                .map(program ->
                        DynamicTest.dynamicTest(
                                program.language(),
                                () -> {
                                    var example = block(program.language());
                                    assertThat(example).contains("sign(");
                                    if (!isThere(program.command())) {
                                        System.out.println(
                                                "SKIPPED: no "
                                                        + program.command()
                                                        + " to run the guide's example with.");
                                        return;
                                    }
                                    assertThat(run(program, example)).isEqualTo(SignedMetadata.sign(json(), SECRET));
                                }));
    }

    private String run(Program program, String example) throws Exception {
        var file = folder.resolve("example" + program.suffix());
        Files.writeString(file, program.before() + example + "\n" + program.after() + "\n");
        var builder = new ProcessBuilder(program.command(), file.toString(), SECRET).redirectErrorStream(true);
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(json().getBytes(StandardCharsets.UTF_8));
        }
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("the example ends").isTrue();
        return printed;
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
                .map(folder -> Path.of(folder, command))
                .anyMatch(Files::isExecutable);
    }

    /** Given to the programs by their input: arguments depend on the machine's language. */
    private static String json() throws IOException {
        return block("json").strip();
    }

    /** The first block of that language after the heading "Signing". */
    private static String block(String language) throws IOException {
        var guide = guide();
        var matcher =
                Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                        .matcher(guide.substring(guide.indexOf("## Signing")));
        assertThat(matcher.find()).as("an example in " + language).isTrue();
        return matcher.group(1);
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("docs/widget.md"));
    }
}
