package dev.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterRulesTest {
    private static final List<String> STAFF =
            List.of("admin", "administrator", "moderator", "mod", "editor", "staff", "system");

    static Stream<Rows.Row> rows() {
        return Rows.in("/text/characters.jsonl").stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_row_of_hostile_or_benign_input_gets_what_it_must(Rows.Row row) {
        var problem =
                row.field().equals("author")
                        ? CharacterRules.problemInName(row.payload())
                        : CharacterRules.problemInBody(row.payload());
        switch (row.expectation()) {
            case "refuse", "refuse-or-clean" -> assertTrue(problem.isPresent());
            case "roundtrip" -> assertEquals("", problem.orElse(""));
            case "not-look-alike" -> assertTrue(problem.isPresent() || LookAlikes.looksLike(row.payload(), STAFF));
            case "roundtrip-or-refuse" -> {}
            default -> throw new AssertionError("unknown expectation " + row.expectation());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tiếng Việt có nhiều dấu: ế, ữ, ặ",
                "ที่นี่มีผู้คนมากมาย กี่ครั้งแล้ว น้ำใจ",
                "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
                "السَّلَامُ عَلَيْكُمْ وَرَحْمَةُ اللَّهِ ﷺ",
                "क्षत्रिय स्त्री को धन्यवाद",
                "မြန်မာစာ ကျွန်ုပ်တို့",
                "👩🏽‍🚒 👨‍👩‍👧‍👦 🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣ ❤️‍🔥 🇺🇦",
                "한국어 댓글입니다",
                "日本語のコメント、がんばれ!",
                "\u2067עברית\u2069 and English",
                "tab\tand\r\nline\nbreaks"
            })
    void a_text_in_a_real_language_when_checked_is_fine(String text) {
        assertEquals("", CharacterRules.problemInBody(text).orElse(""));
        assertEquals("", CharacterRules.problemInBody(CharacterRules.toNfc(text)).orElse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b", "a\u0007", "\ud800 alone", "alone \udc00", "\u202eleft open", "\u202c never opened",
                "\u2066across\nlines\u2069", "\uffff", "\u0378", "a\u0301\u0301\u0301\u0301\u0301", " \u200b\u2060 ", ""
            })
    void a_text_with_forbidden_characters_when_checked_is_refused_without_repeating_it(String text) {
        var problem = CharacterRules.problemInBody(text);

        assertTrue(problem.isPresent());
        assertTrue(problem.get().chars().allMatch(c -> c >= 0x20 && c < 0x7F));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Anna\nBauer", "Anna\tBauer", "\ue000", "\u3164", "\u200b", "  ", "\u202aAnna\u202c"})
    void a_name_with_layout_or_nothing_visible_when_checked_is_refused(String name) {
        assertTrue(CharacterRules.problemInName(name).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Anna Bauer", "Zoë O'Neill", "李小龍", "Олена", "מרים", "J. R. 🌻", "Nguyễn Thị Ánh"})
    void an_ordinary_name_when_checked_is_fine(String name) {
        assertFalse(CharacterRules.problemInName(name).isPresent());
    }

    @Test
    void a_decomposed_text_when_normalised_is_composed() {
        assertEquals("\u00e9", CharacterRules.toNfc("e\u0301"));
    }

    @Test
    void a_tower_of_marks_when_checked_is_refused_at_once() {
        var tower = "e" + "\u0301\u0323".repeat(30_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(2), () -> assertTrue(CharacterRules.problemInBody(tower).isPresent()));
    }
}
