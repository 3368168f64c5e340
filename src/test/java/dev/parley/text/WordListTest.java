package dev.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordListTest {
    private final WordList list =
            WordList.of(List.of("Idiot", "free money", "ass", "spam.example", "加微信", "дурак", "  "));

    private List<String> found(String text) {
        return list.find(Normaliser.normalise(text)).stream().map(WordList.Match::entry).toList();
    }

    @Test
    void a_word_when_disguised_is_found_where_it_stands() {
        var text = "What an i.d.1.o.t you are";
        var match = list.find(Normaliser.normalise(text)).getFirst();

        assertEquals("Idiot", match.entry());
        assertEquals("i.d.1.o.t", text.substring(match.start(), match.end()));
    }

    @Test
    void a_phrase_when_parted_by_punctuation_is_found() {
        assertEquals(List.of("free money"), found("FREE\n- money!"));
    }

    @Test
    void a_word_inside_another_when_searched_is_not_found() {
        assertEquals(List.of(), found("The class passed, idiotic as it sounds"));
    }

    @Test
    void a_host_when_inside_a_link_is_found() {
        assertEquals(List.of("spam.example"), found("look at https://spam.example/x"));
    }

    @Test
    void words_of_other_scripts_when_searched_are_found() {
        assertEquals(List.of("加微信", "дурак"), found("请加微信吧 Дурак"));
    }

    @Test
    void overlapping_entries_when_searched_are_all_found() {
        var overlapping = WordList.of(List.of("a b", "b c", "b"));

        assertEquals(
                List.of("a b", "b", "b c"),
                overlapping.find(Normaliser.normalise("xx a, b c, xx")).stream().map(WordList.Match::entry).toList());
    }

    @Test
    void an_empty_list_when_searched_finds_nothing() {
        assertEquals(List.of(), WordList.of(List.of()).find(Normaliser.normalise("anything")));
    }

    @Test
    void a_long_list_and_a_long_text_when_searched_take_bounded_time() {
        var many = WordList.of(IntStream.range(0, 20_000).mapToObj(i -> "aa ".repeat(i % 20) + "word" + i).toList());
        var text = Normaliser.normalise("aa ".repeat(20_000));

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> many.find(text));
    }
}
