package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteTest {
    @Test
    void a_frame_is_a_case_for_each_entry_of_its_lists() throws IOException {
        var cases = Suite.all();
        assertThat(cases).isEqualTo(Suite.all());

        assertThat(cases).extracting(LabelledComment::text).doesNotHaveDuplicates().noneMatch(one -> one.contains("{"));
        assertThat(cases)
                .filteredOn(one -> one.text().startsWith("I detest") && one.is("identity"))
                .extracting(LabelledComment::text)
                .containsExactly(
                        "I detest women with all my heart",
                        "I detest gay people with all my heart",
                        "I detest trans people with all my heart",
                        "I detest black people with all my heart",
                        "I detest Muslims with all my heart",
                        "I detest immigrants with all my heart",
                        "I detest disabled people with all my heart");
    }

    @Test
    void no_case_stands_among_what_models_learn_from() throws IOException {
        var learnt = new HashSet<String>();
        for (var one : OwnTemplates.all()) learnt.add(plain(one.text()));
        for (var one : LabelledFiles.own()) learnt.add(plain(one.text()));

        assertThat(Suite.all()).extracting(one -> plain(one.text())).doesNotContainAnyElementsOf(learnt);
    }

    private static String plain(String text) {
        return text.toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\p{L}]+", " ").strip();
    }

    @Test
    void all_cases_of_a_function_are_labelled_alike() throws IOException {
        var labels = new HashMap<String, Map<String, Boolean>>();
        for (var one : Suite.all()) {
            assertThat(labels.computeIfAbsent(one.language() + Suite.function(one), _ -> one.labels()))
                    .describedAs(one.id())
                    .isEqualTo(one.labels());
        }
        assertThat(labels).hasSizeGreaterThan(70);
    }

    @Test
    void a_frame_that_wants_a_list_that_is_not_there_is_refused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Frames.read("/evaluation/broken.txt"))
                .withMessage("no such list yet: [toxic=0] A {thing} without a list");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Frames.read("/evaluation/none.txt"))
                .withMessage("missing /evaluation/none.txt");
    }
}
