package dev.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {
    private static String normalised(String text) {
        return Normaliser.normalise(text).text().strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "You are an IDIOT!|you are an idiot",
                "don't|dont",
                "Yоu аre an іdіоt|you are an idiot",
                "ⓨⓞⓤ 𝐢𝐝𝐢𝐨𝐭 ｉｄｉｏｔ|you idiot idiot",
                "i&#100;iot|idiot",
                "st\u200bup\u00adid|stupid",
                "s.t.u.p.i.d man|stupid man",
                "s t u p i d man|stupid man",
                "1d10t st0p y0u|idiot stop you",
                "a$$hole @sshole|asshole asshole",
                "f*ck this sh*t|fuck this shit",
                "*not* **bold**|not bold",
                "stuuuupid cooool|stupid cool",
                "fcuk idoit|fuck idiot",
                "i\u0301d\u0301i\u0301ot naïve|idiot naive",
                "100kg of lead, 2nd, mp3, covid19, $500|100kg of lead 2nd mp3 covid19 500",
                "the lair of the carp|the lair of the carp",
                "Ти хороша їжа й ёлка|ти хороша їжа й ёлка",
                "AT&T and R&D|at t and r d",
                "加微信|加 微 信",
                "see https://Example.com/a?b=c now|see urlx example com now"
            })
    void a_disguise_when_normalised_is_taken_off(String disguised, String plain) {
        assertEquals(plain, normalised(disguised));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You are an idiot",
                "  s.t.u.p.i.d  m4n",
                "Yоu аre ⓐ 1d10t 👩🏽‍🚒",
                "stuuuupid &#100;one",
                "go https://a.invalid/x (b) now"
            })
    void every_character_when_normalised_knows_its_place_in_the_original(String text) {
        var folded = Normaliser.normalise(text);

        int last = 0;
        for (int i = 1; i < folded.text().length(); i++) {
            assertTrue(folded.originalStart(i) <= folded.originalEnd(i));
            assertTrue(folded.originalEnd(i) <= text.length());
            if (folded.text().charAt(i) == ' ') continue;
            assertTrue(folded.originalStart(i) < folded.originalEnd(i));
            last = Math.max(last, folded.originalEnd(i));
        }
        assertTrue(last > 0);
    }

    @Test
    void a_hidden_word_when_found_is_shown_where_it_stands() {
        var text = "Well, f.u.c.k that";
        var folded = Normaliser.normalise(text);
        int at = folded.text().indexOf("fuck");

        assertEquals("f.u.c.k", text.substring(folded.originalStart(at), folded.originalEnd(at + 3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\u0301",
                "\u200b",
                "*",
                "&#",
                "[",
                "a.",
                "http://",
                "a@a.",
                "1a",
                "\ud83c\uddfa",
                "\udb40\udc41",
                "(.)",
                "аa",
                "\ufdfa",
                "f*",
                "a b ",
                "ﷺ",
                "\ud800",
                "$a",
                "www.",
                "x.com "
            })
    void sixty_four_thousand_of_anything_when_normalised_take_bounded_time(String piece) {
        var text = piece.repeat(64_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> Normaliser.normalise(text));
    }

    @Test
    void random_characters_when_normalised_never_fail() {
        var random = new Random(7);
        var pool = "aA1.*@$!'& \n#;[]()://wxhtp\u0301\u200b\u202eаіτ👍\ud800\udc00ßĲﬁ①🇺🇸한か漢ก加\u00adÅ½";
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) text.append(pool.charAt(random.nextInt(pool.length())));
            var folded = Normaliser.normalise(text.toString());
            assertEquals(' ', folded.text().charAt(0));
            assertEquals(' ', folded.text().charAt(folded.text().length() - 1));
            assertEquals(-1, folded.text().indexOf("  "));
        }
    }
}
