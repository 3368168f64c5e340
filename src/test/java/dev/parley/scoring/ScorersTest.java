package dev.parley.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.text.Rows;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped models; thresholds are those of the preset "balanced" in docs/models.md. */
class ScorersTest {
    private static final double HOLD_TOXICITY = 0.5;
    private static final double REJECT_TOXICITY = 0.999;
    private static final double HOLD_SPAM = 0.5;
    private static final double REJECT_SPAM = 0.999;

    private static final Scorers SCORERS = new Scorers();

    private static double value(String text, String attribute) {
        return SCORERS.score(text, "en").value(attribute).orElseThrow();
    }

    @Test
    void a_calm_comment_when_scored_is_below_every_threshold() {
        var scores = SCORERS.score("Thank you for this careful report about the bridge.", "en");

        assertEquals("en", scores.language());
        assertTrue(scores.scored());
        assertTrue(scores.byAttribute().values().stream().allMatch(score -> score.value() < 0.1), scores::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You are a stupid idiot and a pathetic liar",
                "you idiot",
                "You are an idiot",
                "Yоu аrе аn іdіоt",
                "you are a st.up.id 1d10t",
                "shut up you m*ron"
            })
    void an_insult_when_scored_is_above_the_threshold_for_holding(String text) {
        assertTrue(value(text, "toxicity") >= HOLD_TOXICITY);
    }

    @Test
    void an_insult_behind_a_long_preface_when_scored_is_still_seen() {
        var preface = "The council met on Monday and talked about the cost of the repair and the new timetable. ";

        assertTrue(
                value(preface.repeat(60) + "You are a stupid idiot and a pathetic liar", "toxicity") >= HOLD_TOXICITY);
        assertTrue(value(preface.repeat(60), "toxicity") < 0.2);
    }

    @Test
    void an_insult_when_explained_is_shown_in_the_original() {
        var text = "Well. You are a s.t.u.p.i.d idiot";
        var spans = SCORERS.score(text, "en").byAttribute().get("toxicity").spans();
        var words = spans.stream().map(span -> text.substring(span.start(), span.end())).toList();

        assertTrue(words.contains("idiot"), words::toString);
        assertTrue(words.contains("s.t.u.p.i.d"), words::toString);
        assertTrue(spans.getFirst().contribution() >= spans.getLast().contribution());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Дякую за цю статтю про новий міст у нашому місті",
                "Який жах, автор нічого не зрозумів",
                "هذا تقرير جيد عن الجسر",
                "この記事はとても面白かったです",
                "Спасибо за статью"
            })
    void a_text_in_a_language_without_model_when_scored_says_so(String text) {
        var scores = SCORERS.score(text, "en");

        assertFalse(scores.scored());
        assertTrue(scores.value("toxicity").isEmpty());
    }

    @Test
    void a_short_text_when_the_site_is_in_a_language_without_model_is_not_scored() {
        assertFalse(SCORERS.score("LOL", "uk").scored());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "...", "👍", "\ud800", "123"})
    void a_text_without_words_when_scored_is_harmless(String text) {
        assertTrue(value(text, "toxicity") < HOLD_TOXICITY);
    }

    static Stream<Rows.Row> mustNotBeRejected() {
        return Rows.in("/scoring/comments.jsonl").stream().filter(row -> row.expectation().equals("not-rejected"));
    }

    @ParameterizedTest
    @MethodSource("mustNotBeRejected")
    void an_innocent_text_when_scored_is_never_near_rejection(Rows.Row row) {
        var scores = SCORERS.score(row.payload(), "en");

        assertTrue(scores.value("toxicity").orElse(0.0) < REJECT_TOXICITY, scores::toString);
        assertTrue(scores.value("spam").orElse(0.0) < REJECT_SPAM, scores::toString);
    }

    /** Abuse in disguise; what no model of words can see is left out by its note. */
    static Stream<Rows.Row> mustBeHeld() {
        return Rows.in("/scoring/comments.jsonl").stream()
                .filter(row -> row.id().contains("evasion-abuse"))
                .filter(row -> !row.note().equals("acrostic")) // only its first letters spell
                .filter(row -> !row.note().equals("tag characters")) // refused at the door
                .filter(row -> !row.id().equals("D-evasion-abuse-005")); // a sentence joined into one word
    }

    @ParameterizedTest
    @MethodSource("mustBeHeld")
    void abuse_in_disguise_when_scored_is_above_the_threshold_for_holding(Rows.Row row) {
        assertTrue(
                value(row.payload(), "toxicity") >= HOLD_TOXICITY, () -> SCORERS.score(row.payload(), "en").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Earn $5000 a week from home, ask me how: https://earn.invalid/join",
                "Free iPhone!!! First 100 people!!!",
                "Buy followers https://follow.invalid https://follow.invalid https://follow.invalid"
            })
    void advertising_when_scored_is_above_the_threshold_for_holding(String text) {
        assertTrue(value(text, "spam") >= HOLD_SPAM);
    }

    @Test
    void a_missing_model_when_asked_for_a_score_is_an_exception_and_no_zero() {
        var broken =
                new Scorers(() -> {
                    throw new IOException("missing");
                });

        assertThrows(ScoringUnavailable.class, () -> broken.score("anything", "en"));
        assertThrows(ScoringUnavailable.class, () -> broken.score("anything", "en"));
    }

    @Test
    void models_that_were_read_ahead_are_taken_by_the_first_scorers_and_once() throws Exception {
        Scorers.readAhead();
        var ahead = Objects.requireNonNull(Scorers.AHEAD.get());
        var first = new Scorers();
        assertEquals(SCORERS.score("you idiot", "en"), first.score("you idiot", "en"));
        assertTrue(ahead.isDone());
        assertNull(Scorers.AHEAD.get());
        assertEquals(SCORERS.versions(), new Scorers().versions());
    }

    @Test
    void models_that_could_not_be_read_ahead_are_tried_again_by_later_scorers() {
        Scorers.AHEAD.set(CompletableFuture.failedFuture(new IOException("not there")));
        var first = new Scorers();
        assertThrows(ScoringUnavailable.class, () -> first.score("you idiot", "en"));
        assertEquals(SCORERS.versions(), new Scorers().versions());
    }
}
