package dev.parley.scoring;

import dev.parley.text.NormaliserFuzz;

/** As {@link NormaliserFuzz}, for the whole way from a text to its scores. */
public final class ScorersFuzz {
    private static final Scorers SCORERS = new Scorers();

    private ScorersFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        var text = NormaliserFuzz.text(data);
        for (var language : new String[] {"en", "ru"}) check(text, language);
    }

    /** Fails if the scores of a text are not as promised. */
    public static void check(String text, String language) {
        var scores = SCORERS.score(text, language);
        for (var score : scores.byAttribute().values()) {
            require(score.value() >= 0 && score.value() <= 1, "a probability");
            double last = Double.POSITIVE_INFINITY;
            for (var span : score.spans()) {
                require(span.start() >= 0 && span.start() < span.end() && span.end() <= text.length(), "inside");
                require(span.contribution() > 0 && span.contribution() <= last, "the strongest first");
                last = span.contribution();
            }
        }
        require(scores.equals(SCORERS.score(text, language)), "the same text has the same scores");
    }

    private static void require(boolean held, String what) {
        if (!held) throw new AssertionError(what);
    }
}
