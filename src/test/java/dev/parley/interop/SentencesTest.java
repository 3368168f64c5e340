package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private static List<String> of(String text) {
        return Sentences.of(text, "en").stream().map(part -> text.substring(part.begin(), part.end())).toList();
    }

    /** The example of that service's own documentation, with its offsets. */
    @Test
    void the_documented_example_is_split_as_there() {
        var text = "What kind of idiot name is foo? Sorry, I like your name.";

        assertThat(Sentences.of(text, "en"))
                .containsExactly(new Sentences.Part(0, 31), new Sentences.Part(32, text.length()));
    }

    @Test
    void of_more_sentences_than_are_wanted_the_last_part_is_the_rest() {
        var text = "Ab. ".repeat(Sentences.MOST + 50).strip();
        var parts = Sentences.of(text, "en");

        assertThat(parts).hasSize(Sentences.MOST);
        assertThat(parts.getFirst()).isEqualTo(new Sentences.Part(0, 3));
        assertThat(parts.getLast()).isEqualTo(new Sentences.Part(4 * (Sentences.MOST - 1), text.length()));
    }

    @Test
    void white_space_and_emoji_around_sentences_belong_where_they_stand() {
        assertThat(of("  One 👍.\n\nTwo!  ")).containsExactly("One 👍.", "Two!");
        assertThat(of("no end")).containsExactly("no end");
        assertThat(of(" \n ")).isEmpty();
    }
}
