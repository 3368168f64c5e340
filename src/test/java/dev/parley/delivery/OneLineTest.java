package dev.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void what_breaks_a_line_is_a_space() {
        assertEquals("Ann Bcc: x@y.example", OneLine.of("Ann\r\nBcc: x@y.example", 80));
        assertEquals("a b c d", OneLine.of(" a\u2028b\u2029c\u0085\u0000d\t", 80));
    }

    @Test
    void what_turns_the_writing_around_or_is_invisible_goes() {
        assertEquals("evilexe.txt", OneLine.of("evil\u202eexe.txt\u200b\u2066", 80));
        assertEquals("نام\u200cها", OneLine.of("نام\u200cها", 80));
    }

    @Test
    void what_is_too_long_ends_in_an_ellipsis_and_no_character_is_halved() {
        assertEquals("abc…", OneLine.of("abcdefgh", 4));
        assertEquals("😀😀😀…", OneLine.of("😀".repeat(10), 4));
        assertEquals("abcd", OneLine.of("abcd", 4));
    }

    @Test
    void words_of_the_other_direction_are_kept_apart() {
        assertEquals("Ann", OneLine.isolated("Ann", false));
        assertEquals("\u2068ليلى\u2069", OneLine.isolated("ليلى", false));
        assertEquals("\u2068Ann\u2069", OneLine.isolated("Ann", true));
        assertEquals("ليلى", OneLine.isolated("ليلى", true));
    }
}
