package dev.parley.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions can say, what they can't, and what they can't do to whoever runs them. */
class RuleLanguageTest {

    private static final Map<String, Object> FACTS =
            Map.of(
                    "scores", Map.of("toxicity", .7),
                    "scored", true,
                    "language", "en",
                    "site", "gazette",
                    "comment", Map.of("language", "en", "length", 40L),
                    "signals", Map.of("links", 1L, "linkHosts", List.of("bit.ly")),
                    "article", Map.of("key", "2026/ferry", "provisional", true),
                    "commenter", Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scores.toxicity > 0.5 && site == 'gazette' | true",
                "scores.toxicity > 1 | false",
                "signals.links > 0 ? 'bit.ly' in signals.linkHosts : false | true",
                "signals.linkHosts[0].matches('^bit[.]ly$') | true",
                "article.key.startsWith('2026/') && size(article.key) > 5 | true",
                "has(scores.threat) | false",
                "has(scores.threat) && scores.threat > 0.1 | false",
                "comment.length >= 40 && comment.language == language | true",
            })
    void conditions_hold_or_do_not(String when, boolean holds) {
        assertThat(RuleLanguage.faults(when)).isEmpty();
        assertThat(RuleLanguage.holds(when, FACTS)).contains(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scores.threat > 0.1",
                "'war' in article.categories",
                "commenter.approvedCount > 3",
                "signals.linkHosts[7] == 'x'",
                "signals.links / 0 == 1",
                "int('many') > 1",
                "9223372036854775807 + signals.links > 0",
            })
    void what_is_not_known_or_fails_is_undecided_unless_it_does_not_matter(String when) {
        assertThat(RuleLanguage.faults(when)).isEmpty();
        assertThat(RuleLanguage.holds(when, FACTS)).isEmpty();
        assertThat(RuleLanguage.holds("site == 'herald' && " + when, FACTS)).contains(false);
        assertThat(RuleLanguage.holds("site == 'gazette' || " + when, FACTS)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "scores.toxicity >",
                "scores.toxcity > 0.5",
                "scores['toxicity'] > 0.5",
                "scores.toxicity",
                "commenter.email == 'a'",
                "comment.body.contains('a')",
                "signals.addressBanned",
                "unknown && true",
                "signals.linkHosts.exists(h, h == 'x')",
                "[1, 2].map(x, x * 2) == [2, 4]",
                "{'a': 1}.a == 1",
                "google.protobuf.Int32Value{value: 1} == 1",
                "scores{toxicity: 0.1}.toxicity > 0.05",
                "type(site) == string",
                "dyn(site) == 1",
                "timestamp('2026-01-01T00:00:00Z') < timestamp('2027-01-01T00:00:00Z')",
                "site.matches(language)",
                "site.matches('a' + 'b')",
                "site.matches('(')",
                "site.matches('((a{100}){100}){100}')",
                "site.matches('a{99999999999}')",
                "\"\u00e9",
            })
    void what_is_no_condition_is_told_and_never_holds_or_publishes(String when) {
        assertThat(RuleLanguage.faults(when)).isNotEmpty();
        assertThat(RuleLanguage.holds(when, FACTS)).isEmpty();
    }

    @Test
    void a_fault_says_where_it_is() {
        assertThat(RuleLanguage.faults("scored &&\n  scores.toxcity > 0.5"))
                .containsExactly(new RuleFault(2, 9, "undefined field 'toxcity'"));
        assertThat(RuleLanguage.faults("site.matches(language)").getFirst().line()).isEqualTo(1);
    }

    static List<String> monsters() {
        return List.of(
                "(".repeat(400) + "true" + ")".repeat(400),
                "[".repeat(490) + "]".repeat(490) + " == []",
                "!".repeat(950) + "true",
                "-".repeat(950) + "1 == 1",
                "true" + "||true".repeat(160),
                "1" + "+1".repeat(400) + " > 1",
                "true?".repeat(80) + "true" + ":true".repeat(80),
                "site" + ".site".repeat(190) + " == 1",
                "site.matches('" + "(a*)*".repeat(19) + "$')",
                "site.matches('" + "a".repeat(101) + "')",
                "\"" + "\\u0000".repeat(150) + "\" == site",
                "site == '" + "\ud83d\ude00".repeat(400) + "'",
                "a".repeat(100_000),
                "\ud800 == site");
    }

    @ParameterizedTest
    @MethodSource("monsters")
    void no_condition_takes_long_or_fails_otherwise(String when) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> {
                    var faults = RuleLanguage.faults(when);
                    var holds = RuleLanguage.holds(when, FACTS);
                    assertThat(faults.isEmpty() || holds.isEmpty()).isTrue();
                });
    }
}
