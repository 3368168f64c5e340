package dev.parley.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the Dockerfile, since nothing here can build it. */
class DockerfileTest {

    private record Instruction(int stage, String name, String arguments) {}

    private static final List<Instruction> INSTRUCTIONS = new ArrayList<>();
    private static int last;

    @BeforeAll
    static void read() throws IOException {
        int stage = -1;
        for (var line : Files.readString(Path.of("Dockerfile")).replace("\\\n", " ").split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var parts = line.split(" ", 2);
            if (parts[0].equals("FROM")) {
                stage++;
            }
            INSTRUCTIONS.add(new Instruction(stage, parts[0], parts[1].strip()));
        }
        last = stage;
        assertThat(INSTRUCTIONS).as("read").hasSizeGreaterThan(10);
    }

    @Test
    void each_base_image_is_of_one_version_of_java_and_the_cache_is_made_in_the_one_that_runs() {
        var bases = all("FROM").stream().map(from -> from.arguments().split(" ")[0]).toList();

        assertThat(bases).allMatch(base -> base.matches("[a-z/-]+:.*25.*"));
        assertThat(bases.getLast()).isEqualTo(bases.get(last - 1));
    }

    @Test
    void what_runs_is_nobodys_own_and_runs_as_a_user_by_number_that_is_not_root() {
        var users = all("USER").stream().filter(user -> user.stage() == last).toList();

        assertThat(users).singleElement().matches(user -> user.arguments().matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}"));
        assertThat(all("COPY").stream().filter(copy -> copy.stage() == last && copy.arguments().contains("--chown")))
                .allMatch(copy -> copy.arguments().contains("--chown=0:0"));
        assertThat(all("RUN").stream().filter(run -> run.stage() == last)).isEmpty();
    }

    @Test
    void what_is_copied_is_there_or_made_by_an_earlier_stage() throws IOException {
        var names = all("FROM").stream().map(from -> from.arguments().replaceFirst(".* AS ", "")).toList();
        for (var copy : all("COPY")) {
            var words = Arrays.stream(copy.arguments().split(" ")).filter(word -> !word.startsWith("--chown")).toList();
            if (words.getFirst().startsWith("--from=")) {
                assertThat(names.subList(0, copy.stage())).contains(words.getFirst().substring("--from=".length()));
            } else {
                for (var source : words.subList(0, words.size() - 1)) {
                    assertThat(Path.of(source)).exists();
                    assertThat(source.equals(".") || isSent(source)).as(source).isTrue();
                }
            }
        }
        // What Maven reads must not be kept back, and what nobody reads need not be sent.
        for (var needed :
                List.of(
                        "pom.xml",
                        ".mvn/jvm.config",
                        "src/main/java/dev/parley/Parley.java",
                        "docs/models/en-spam.md")) {
            assertThat(isSent(needed)).as(needed).isTrue();
            assertThat(Path.of(needed)).exists();
        }
        for (var kept :
                List.of("target/x", "data/pg/x", ".git/config", "src/test/java/x", "src/bench/java/x", "k8s/x")) {
            assertThat(isSent(kept)).as(kept).isFalse();
        }
    }

    @Test
    void the_cache_is_made_with_the_options_that_it_is_used_with() throws IOException {
        var training = words(all("RUN").stream().filter(run -> run.stage() == last - 1).toList().getLast());
        var trained = training.subList(training.lastIndexOf("java"), training.size());
        var used = words(all("ENTRYPOINT").getLast());

        assertThat(training).contains("dev.parley.standalone.Rehearsal");
        assertThat(trained.get(1).replace("AOTCacheOutput", "AOTCache")).isEqualTo(used.get(1));
        // Those about memory and its end alone are the image's own.
        assertThat(
                        used.stream()
                                .filter(option -> !option.matches("-XX:(MaxRAMPercentage=.*|.ExitOnOutOfMemoryError)"))
                                .skip(2))
                .containsExactlyElementsOf(trained.subList(2, trained.size()));
        assertThat(used.getFirst()).as("no shell, which would keep signals to itself").isEqualTo("java");
    }

    private static List<Instruction> all(String name) {
        return INSTRUCTIONS.stream().filter(instruction -> instruction.name().equals(name)).toList();
    }

    private static List<String> words(Instruction instruction) throws IOException {
        return Arrays.asList(new ObjectMapper().readValue(instruction.arguments(), String[].class));
    }

    /** Whether .dockerignore lets a file through: the last line that fits it or a folder above it says so. */
    private static boolean isSent(String file) throws IOException {
        boolean sent = true;
        for (var line : Files.readAllLines(Path.of(".dockerignore"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var pattern = FileSystems.getDefault().getPathMatcher("glob:" + line.replaceFirst("^!", ""));
            for (var path = Path.of(file); path != null; path = path.getParent()) {
                if (pattern.matches(path)) {
                    sent = line.startsWith("!");
                }
            }
        }
        return sent;
    }
}
