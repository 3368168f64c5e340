package dev.parley.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.parley.testing.Attacks;
import dev.parley.testing.Attacks.Row;
import dev.parley.testing.ShownHtml;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommentHtmlTest {

    private static final String REL = " rel=\"nofollow ugc noopener\"";

    @Test
    void the_subset_of_markdown_when_written_is_drawn() {
        assertThat(html("A *calm* and **firm** word."))
                .isEqualTo("<p>A <em>calm</em> and <strong>firm</strong> word.</p>");
        assertThat(html("> quoted\n\nanswered")).isEqualTo("<blockquote><p>quoted</p></blockquote><p>answered</p>");
        assertThat(html("- one\n- two")).isEqualTo("<ul><li>one</li><li>two</li></ul>");
        assertThat(html("Use `ls -l`:\n\n```\na < b\n```"))
                .isEqualTo("<p>Use <code>ls -l</code>:</p><pre><code>a &lt; b\n</code></pre>");
        assertThat(html("# Loud")).isEqualTo("<p><strong>Loud</strong></p>");
        assertThat(html("one line\nand the next")).isEqualTo("<p>one line<br />\nand the next</p>");
    }

    @Test
    void a_year_at_the_start_of_a_line_keeps_its_number() {
        assertThat(html("1986. That was the year.")).isEqualTo("<ol start=\"1986\"><li>That was the year.</li></ol>");
    }

    @Test
    void raw_html_when_written_is_shown_as_text() {
        var html = html("<b onclick=\"x()\">bold</b> &amp; <!-- hidden -->\n\n<div>block</div>");

        assertThat(Jsoup.parse(html).text())
                .isEqualTo("<b onclick=\"x()\">bold</b> & <!-- hidden --> <div>block</div>");
        ShownHtml.assertHarmless(html);
    }

    @Test
    void a_link_when_its_text_hides_the_host_is_followed_by_it() {
        assertThat(html("[the report](https://council.example/bridge?a=1&b=2)"))
                .isEqualTo(
                        "<p><a href=\"https://council.example/bridge?a&#61;1&amp;b&#61;2\""
                                + REL
                                + ">the report</a> (council.example)</p>");
        assertThat(text("[https://gazette.example](https://evil.example/x)"))
                .isEqualTo("https://gazette.example (evil.example)");
        assertThat(text("[council.example](https://council.example/)")).isEqualTo("council.example");
    }

    @Test
    void an_image_when_written_becomes_a_link_with_its_description() {
        assertThat(html("![a pier](https://pictures.example/p.gif)"))
                .isEqualTo(
                        "<p><a href=\"https://pictures.example/p.gif\"" + REL + ">a pier</a> (pictures.example)</p>");
        assertThat(text("![a pier](data:image/png;base64,AA)")).isEqualTo("a pier");
    }

    @Test
    void a_bare_address_when_written_becomes_a_link_without_the_sentence_around_it() {
        assertThat(
                        Jsoup.parse(html("See (https://a.example/x_y_(z)), then https://b.example."))
                                .select("a")
                                .eachAttr("href"))
                .containsExactly("https://a.example/x_y_%28z%29", "https://b.example");
        assertThat(Jsoup.parse(html("xhttps://a.example, ftp://b.example, www.c.example")).select("a")).isEmpty();
    }

    /** Cyrillic letters that look Latin, beside honest names. */
    @ParameterizedTest
    @CsvSource({
        "https://пример.рф/, пример.рф",
        "https://bücher.example/, bücher.example",
        "https://gаzette.example/, xn--gzette-3nf.example",
        "https://аррӏе.example/, xn--80ak6aa92e.example",
        "https://ɡazette.example/, xn--azette-h0c.example",
        "https://xn--gzette-3nf.example/, xn--gzette-3nf.example",
    })
    void a_host_when_its_scripts_mix_is_shown_in_punycode(String address, String shown) {
        assertThat(text("[x](" + address + ")")).isEqualTo("x (" + shown + ")");
        assertThat(text(address)).isEqualTo("https://" + shown + "/");
        assertThat(Jsoup.parse(html(address)).select("a").attr("href")).matches("[!-~]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "https:a.example",
                "//a.example",
                "https://",
                "https://a.example@b.example/",
                "https://a.example:99999/",
                "https://a%2eexample/",
                "https://a.example\\@b.example/",
                "https://a\u200b.example/",
                "mailto:a@b.example"
            })
    void an_address_with_a_trick_when_written_is_no_link(String address) {
        assertThat(Jsoup.parse(html("[x](<" + address + ">)")).select("a")).isEmpty();
    }

    @Test
    void a_reference_definition_when_written_does_not_hide_its_words() {
        assertThat(text("[r]: https://a.example/ \"aside\"\n\n[see][r]"))
                .isEqualTo("[r]: https://a.example/ \"aside\" see (a.example)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", ">", "```", "-", "***"})
    void signs_without_content_when_written_are_shown_as_written(String signs) {
        assertThat(text(signs)).isEqualTo(signs);
    }

    static Stream<String> bombs() {
        return Stream.concat(
                Stream.of(
                                ">",
                                "> ",
                                "[",
                                "![",
                                "*",
                                "**a ",
                                "*a_ ",
                                "- ",
                                "1. ",
                                "`",
                                "<",
                                "<a ",
                                "<!--",
                                "[a](",
                                "[a](b",
                                "a*a_",
                                "](",
                                "\\",
                                "&amp;",
                                "&#",
                                "https://",
                                "https://a.",
                                "http://a.example ",
                                "(",
                                "[a]:",
                                "<https://a",
                                "```\n",
                                "- - ",
                                "\t",
                                "> - ",
                                "a\n> ",
                                "[a][",
                                "!",
                                "~~~",
                                "#",
                                "# ",
                                "[\\",
                                "\"",
                                "x\n===\n",
                                "*a **b ",
                                "[x](y 'z",
                                "<?",
                                "<![CDATA[",
                                "<A\n",
                                "[[]",
                                "\u202e",
                                "\ud83d\ude00*")
                        .map(piece -> piece.repeat(10_000 / piece.length())),
                Stream.of(
                        "> ".repeat(4_000) + "x",
                        "[".repeat(5_000) + "]".repeat(5_000),
                        "*".repeat(5_000) + "a" + "*".repeat(5_000),
                        "[a](".repeat(1_600) + ")".repeat(1_600),
                        indented("- "),
                        backticks(),
                        "http://".repeat(700) + ")".repeat(5_000)));
    }

    private static String indented(String marker) {
        var lines = new StringBuilder();
        for (int i = 0; lines.length() < 9_800; i++) {
            lines.append("  ".repeat(i)).append(marker).append("a\n");
        }
        return lines.toString();
    }

    private static String backticks() {
        var runs = new StringBuilder();
        for (int i = 1; runs.length() < 9_800; i++) {
            runs.append('e').append("`".repeat(i));
        }
        return runs.toString();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void ten_thousand_signs_of_anything_nested_are_drawn_within_bounds(String bomb) {
        var html = assertTimeout(Duration.ofSeconds(1), () -> html(bomb));

        assertThat(html.length()).isLessThan(1_200_000);
        ShownHtml.assertHarmless(html);
    }

    @Test
    void random_pieces_of_markup_when_drawn_stay_within_the_allow_list() {
        var random = new Random(20261122);
        var pieces =
                new String[] {
                    "*",
                    "**",
                    "_",
                    "`",
                    "```\n",
                    "> ",
                    "- ",
                    "1. ",
                    "\n",
                    "\n\n",
                    "[",
                    "]",
                    "(",
                    ")",
                    "![",
                    "<",
                    ">",
                    "</p>",
                    "<img src=x onerror=alert(1)>",
                    "\"",
                    "'",
                    "&lt;",
                    "&#x6a;",
                    "javascript:",
                    "https://a.example/",
                    "http://",
                    "data:",
                    "\\",
                    "# ",
                    "a",
                    " ",
                    "<svg/onload=alert(1)>",
                    "[r]: ",
                    "[r]",
                    "\u0000",
                    "\u2028",
                    "on",
                    "=",
                    "{{",
                    "${x}",
                    "<!--",
                    "-->",
                    "]]>",
                    "<style>",
                    "</style>",
                    "<noscript>"
                };
        for (int round = 0; round < 4_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            ShownHtml.assertHarmless(html(text.toString()));
        }
    }

    /** Every row that can be a text, whatever field it was meant for: what is shown elsewhere is shown here too. */
    @TestFactory
    Stream<DynamicTest> hostile_input_when_drawn_is_inert() {
        var rows = Attacks.rows("a-xss.jsonl");
        System.out.printf("Hostile texts drawn: %d rows of a-xss.jsonl%n", rows.size());
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.id(), () -> assertInert(row)));
    }

    private static void assertInert(Row row) {
        for (var text :
                new String[] {
                    row.payload(),
                    "[x](" + row.payload() + ")",
                    "[x](<" + row.payload() + ">)",
                    "![" + row.payload() + "](https://a.example)"
                }) {
            var html = html(text);
            ShownHtml.assertHarmless(html);
            if (!text.isBlank()) {
                assertThat(html).isNotEmpty();
            }
        }
    }

    private static String html(String markdown) {
        return CommentHtml.html(markdown);
    }

    private static String text(String markdown) {
        return Jsoup.parse(html(markdown)).text();
    }
}
