package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OF_A_KIND = 12;

    @TempDir Path folder;

    private Path file;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void comments() throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < OF_A_KIND; i++) {
            lines.add(line("ours", 1, "You stupid German idiot, shut up, number " + i));
            lines.add(line("ours", 0, "Thank you for the German report on the bridge, part " + i));
            lines.add(line("ours", 1, "What a pathetic moron you are " + i));
            lines.add(line("ours", 0, "The troops left the town in May " + i));
            lines.add(line("elsewhere", i % 2, i % 2 == 0 ? "A fine day " + i : "Fuck off, you scum " + i));
            lines.add(line("hatecheck", i % 2, i % 2 == 0 ? "I like my neighbours " + i : "You stupid idiots " + i));
        }
        file = folder.resolve("comments.jsonl");
        Files.write(file, lines);
    }

    private static String line(String source, int toxic, String text) throws IOException {
        return JSON.writeValueAsString(
                JSON.createObjectNode().put("src", source).put("toxicity", toxic).put("text", text));
    }

    private int run(String... args) throws IOException {
        out.reset();
        err.reset();
        return Evaluate.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private JsonNode json(Path path) throws IOException {
        return JSON.readTree(Files.readString(path));
    }

    @Test
    void comments_when_judged_give_figures_slices_and_verdicts() throws IOException {
        var json = folder.resolve("figures.json");

        assertThat(run("--unseen", "elsewhere", "--json", json.toString(), file.toString())).isZero();

        var toxicity = json(json).path("models").get(0);
        assertThat(json(json).path("models")).hasSize(1);
        assertThat(toxicity.path("attribute").asText()).isEqualTo("toxicity");
        assertThat(toxicity.path("slices"))
                .extracting(
                        slice -> slice.path("name").asText() + " " + slice.path("n") + " " + slice.path("positives"))
                .containsExactly(
                        "all 48 24",
                        "never-seen sources 12 6",
                        "functional suite 12 6",
                        "`elsewhere` 12 6",
                        "`hatecheck` 12 6",
                        "`ours` 48 24");
        assertThat(toxicity.path("slices").get(0).path("measures").path("auc").asDouble()).isGreaterThan(.99);
        assertThat(toxicity.path("identities"))
                .extracting(
                        group -> group.path("group").asText() + " " + group.path("n") + " " + group.path("positives"))
                .containsExactly("German 24 12");
        assertThat(toxicity.path("falseAlarms"))
                .extracting(alarm -> alarm.path("name").asText() + " " + alarm.path("n"))
                .contains("that name a group of people 12", "about a war 12", "all 24");
        assertThat(toxicity.path("disguises")).hasSize(Disguise.values().length);
        assertThat(toxicity.path("disguises").get(0).path("recall").asDouble()).isBetween(.8, 1.0);
        assertThat(json(json).path("targets"))
                .filteredOn(row -> row.path("name").asText().equals("toxicity AUC, never-seen sources"))
                .extracting(row -> row.path("verdict").asText())
                .containsExactly("STRETCH");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("## toxicity (en)", "| all | 48 | 24 | ", "## Figures to reach", "| German | 24 | 12 |");
    }

    @Test
    void a_card_when_written_twice_is_the_same_shows_what_was_written_by_hand_and_no_comment() throws IOException {
        var cards = folder.resolve("cards");
        Files.createDirectories(cards.resolve("errors"));
        Files.writeString(cards.resolve("errors/en-toxicity.md"), "1. A calm remark on a name that looks rude.\n");
        var args = new String[] {"--cards", cards.toString(), "--data", folder.toString(), file.toString()};

        assertThat(run(args)).isZero();
        var said = out.toString(StandardCharsets.UTF_8);
        var page = Files.readString(cards.resolve("en-toxicity.md"));
        var picture = Files.readAllBytes(cards.resolve("img/en-toxicity.png"));
        assertThat(run(args)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(said);
        assertThat(cards.resolve("en-toxicity.md")).hasContent(page);
        assertThat(cards.resolve("img/en-toxicity.png")).hasBinaryContent(picture);
        assertThat(picture).hasSizeLessThan(40_000).startsWith(0x89, 'P', 'N', 'G');
        assertThat(page)
                .contains(
                        "## Three telling errors\n1. A calm remark on a name that looks rude.",
                        "](img/en-toxicity.png)",
                        "| command | `./parley train",
                        "| version | `",
                        "| threshold | precision | recall | false alarms |")
                .doesNotContain("pathetic moron", "bridge");
        assertThat(said).doesNotContain("pathetic moron", "bridge");
    }

    @Test
    void the_worst_errors_when_asked_for_are_printed_and_kept_nowhere() throws IOException {
        var json = folder.resolve("figures.json");

        assertThat(run("--errors", "1", "--json", json.toString(), file.toString())).isZero();

        var printed = out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("comments.jsonl:"));
        assertThat(printed).hasSize(2).allMatch(line -> line.contains("{toxic="));
        assertThat(Files.readString(json)).doesNotContain("moron", "bridge", "idiot");
    }

    @Test
    void a_file_when_it_cannot_be_judged_is_refused_with_the_reason() throws IOException {
        refused("Cannot read", folder.resolve("none.jsonl"));
        refused("Cannot read", folder);
        refused("holds no comment", written(""));
        refused("holds no label", written("{\"text\":\"Hello there\",\"rudeness\":1}"));
        refused("is not gzip", Files.writeString(folder.resolve("bad.jsonl.gz"), "{\"text\":\"a\",\"toxic\":1}"));
        refused(":2 is not JSON", written("{\"text\":\"a\",\"toxic\":1}\n{\"text\":"));
        refused(":1 is no JSON object with a text", written("{\"toxic\":1}"));
        refused("is neither a number nor true or false", written("{\"text\":\"a\",\"toxic\":\"yes\"}"));
        var japanese = written("{\"text\":\"a\",\"toxic\":1,\"lang\":\"ja\"}");
        assertThat(run(japanese.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("No model judges");
    }

    private Path written(String content) throws IOException {
        return Files.writeString(folder.resolve("bad.jsonl"), content);
    }

    private void refused(String reason, Path bad) throws IOException {
        assertThat(run(file.toString(), bad.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(reason);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--modles,x", "--errors,many", "--cards,"})
    void an_option_when_it_is_wrong_is_answered_with_the_usage(String option, String value) throws IOException {
        var args = value == null ? List.of(option) : List.of(option, value);

        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Usage: ./parley evaluate");
    }

    @Test
    void a_folder_when_it_has_no_model_is_refused() throws IOException {
        assertThat(run("--models", folder.toString(), file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no model in");
    }

    @Test
    void labels_when_they_are_shares_or_truths_count_from_a_half() throws IOException {
        var read =
                LabelledFiles.read(
                        written(
                                """
                                {"text":"a","toxic":0.5,"insult":0.49,"identity_hate":true,"threat":-1,"spam":null,"severe_toxic":"1"}
                                """));

        var labels = read.getFirst().labels();
        assertThat(labels).hasSize(4);
        assertThat(labels).containsEntry("toxic", true).containsEntry("insult", false);
        assertThat(labels).containsEntry("identity", true).containsEntry("severe", true);
    }
}
