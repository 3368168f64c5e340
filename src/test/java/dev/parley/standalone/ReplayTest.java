package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.Replay.Standing;
import dev.parley.standalone.ReplayOutcome.Fate;
import dev.parley.standalone.ReplayTable.Row;
import dev.parley.training.LabelledComment;
import dev.parley.training.LabelledFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();

    @Test
    void a_label_that_is_missing_or_null_is_unknown_and_not_0(@TempDir Path folder) throws IOException {
        var file = folder.resolve("some.jsonl.gz");
        try (var out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write(
                    """
                    {"id": "a", "src": "civil", "lang": "en", "text": "one", "toxic": 1, "insult": 0}

                    {"src": "sms", "text": "two", "spam": 0, "toxic": null}
                    """);
        }

        var comments = LabelledFiles.read(file);

        assertThat(comments).extracting(LabelledComment::text).containsExactly("one", "two");
        assertThat(comments.get(0).label("toxic")).contains(true);
        assertThat(comments.get(0).label("insult")).contains(false);
        assertThat(comments.get(0).label("spam")).isEmpty();
        assertThat(comments.get(1).label("spam")).contains(false);
        assertThat(comments.get(1).label("toxic")).isEmpty();
    }

    @Test
    void held_and_rejected_count_as_found_and_each_source_has_its_row() {
        var outcomes =
                List.of(
                        outcome("civil", "toxic", true, Fate.HELD),
                        outcome("civil", "toxic", true, Fate.REJECTED),
                        outcome("civil", "toxic", true, Fate.PUBLISHED),
                        outcome("civil", "toxic", false, Fate.HELD),
                        outcome("cat", "toxic", false, Fate.PUBLISHED),
                        outcome("cat", "toxic", false, Fate.PUBLISHED),
                        outcome("sms", "spam", true, Fate.PUBLISHED));

        assertThat(ReplayTable.rows(outcomes))
                .containsExactly(
                        new Row("toxic", "all", 2, 1, 1, 2),
                        new Row("toxic", "cat", 0, 0, 0, 2),
                        new Row("toxic", "civil", 2, 1, 1, 0),
                        new Row("spam", "all", 0, 0, 1, 0),
                        new Row("spam", "sms", 0, 0, 1, 0));
    }

    @Test
    void shares_are_of_the_right_whole_and_of_nothing_are_no_number() {
        var row = new Row("toxic", "all", 6, 2, 4, 8);

        assertThat(row.precision()).isEqualTo(.75);
        assertThat(row.recall()).isEqualTo(.6);
        assertThat(row.falseAlarms()).isEqualTo(.2);
        assertThat(row.texts()).isEqualTo(20);
        assertThat(new Row("spam", "all", 0, 0, 1, 0).precision()).isNaN();
        assertThat(ReplayTable.text(List.of(outcome("sms", "spam", true, Fate.PUBLISHED)))).contains(" - ");
    }

    @Test
    void what_was_refused_or_never_answered_is_in_no_row() {
        assertThat(
                        ReplayTable.rows(
                                List.of(
                                        outcome("civil", "toxic", true, Fate.REFUSED),
                                        outcome("civil", "toxic", true, Fate.UNKNOWN))))
                .isEmpty();
    }

    @Test
    void a_percentile_is_a_time_that_was_measured() {
        var times = new Latencies(IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList());

        assertThat(times.percentile(50)).isEqualTo(Duration.ofMillis(100));
        assertThat(times.percentile(95)).isEqualTo(Duration.ofMillis(190));
        assertThat(times.percentile(99)).isEqualTo(Duration.ofMillis(198));
        assertThat(new Latencies(List.of()).percentile(99)).isZero();
        assertThat(new Latencies(List.of(Duration.ofMillis(7))).percentile(1)).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void what_is_in_the_threads_as_answered_is_well_whatever_was_there_before() {
        var earlier = UUID.randomUUID();

        assertThat(Standing.of(List.of(FIRST, SECOND), List.of(), List.of(earlier), List.of(earlier, FIRST, SECOND)))
                .isEqualTo(new Standing(2, 2, 0, 0, 0))
                .matches(Standing::isWell);
    }

    @Test
    void a_published_comment_that_is_in_no_thread_is_lost() {
        assertThat(Standing.of(List.of(FIRST, SECOND), List.of(), List.of(), List.of(SECOND)))
                .isEqualTo(new Standing(2, 1, 1, 0, 0));
    }

    @Test
    void a_comment_that_is_there_twice_or_under_a_second_id_is_doubled() {
        assertThat(Standing.of(List.of(FIRST), List.of(), List.of(), List.of(FIRST, FIRST)))
                .isEqualTo(new Standing(1, 2, 0, 0, 1));
        assertThat(Standing.of(List.of(FIRST), List.of(), List.of(), List.of(FIRST, SECOND)))
                .isEqualTo(new Standing(1, 2, 0, 0, 1));
    }

    @Test
    void a_comment_that_waited_for_its_score_and_is_shown_is_neither_and_twice_it_is_doubled() {
        assertThat(Standing.of(List.of(FIRST), List.of(SECOND), List.of(), List.of(FIRST, SECOND)))
                .isEqualTo(new Standing(1, 2, 0, 1, 0))
                .matches(Standing::isWell);
        assertThat(Standing.of(List.of(FIRST), List.of(SECOND), List.of(), List.of(FIRST, SECOND, SECOND)))
                .isEqualTo(new Standing(1, 3, 0, 1, 1));
        assertThat(Standing.of(List.of(FIRST), List.of(SECOND), List.of(), List.of(FIRST)))
                .isEqualTo(new Standing(1, 1, 0, 0, 0));
    }

    private static ReplayOutcome outcome(String source, String label, boolean value, Fate fate) {
        var comment = new LabelledComment("id", source, "en", "text", Map.of(label, value), Double.NaN);
        return new ReplayOutcome(comment, fate, null, List.of());
    }
}
