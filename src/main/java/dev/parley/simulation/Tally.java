package dev.parley.simulation;

import dev.parley.simulation.Findings.Agreement;
import dev.parley.simulation.Findings.Change;
import dev.parley.simulation.Findings.Counts;
import dev.parley.simulation.Findings.Errors;
import dev.parley.simulation.Findings.Sample;
import dev.parley.simulation.Findings.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up comparisons, newest first. Not safe for several threads. */
final class Tally {

    /** So many examples of each kind of change. */
    static final int SAMPLES = 20;

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final int[][] moves = new int[OUTCOMES.length][OUTCOMES.length];
    private final List<Sample> samples = new ArrayList<>();
    private int count;
    private int decided;
    private final int[] missed = new int[2];
    private final int[] needless = new int[2];
    private @Nullable Instant from;
    private @Nullable Instant until;

    void add(Compared comment) {
        var before = Outcome.of(comment.before());
        var after = Outcome.of(comment.after());
        count++;
        int same = ++moves[before.ordinal()][after.ordinal()];
        if (before != after && same <= SAMPLES) {
            samples.add(
                    new Sample(
                            before,
                            after,
                            comment.comment(),
                            comment.revision(),
                            comment.before().reasons(),
                            comment.after().reasons(),
                            comment.ruling()));
        }
        if (comment.ruling() != null) {
            decided++;
            judge(comment.ruling(), before, 0);
            judge(comment.ruling(), after, 1);
        }
        from = from == null || comment.at().isBefore(from) ? comment.at() : from;
        until = until == null || comment.at().isAfter(until) ? comment.at() : until;
    }

    /** How many comparisons were added. */
    int count() {
        return count;
    }

    private void judge(Ruling ruling, Outcome outcome, int which) {
        switch (ruling) {
            case APPROVED -> needless[which] += outcome == Outcome.PUBLISH ? 0 : 1;
            case REJECTED -> missed[which] += outcome == Outcome.PUBLISH ? 1 : 0;
        }
    }

    Findings findings() {
        var before = counts(true);
        var after = counts(false);
        var changes = new ArrayList<Change>();
        for (var a : OUTCOMES) {
            for (var b : OUTCOMES) {
                int count = moves[a.ordinal()][b.ordinal()];
                if (a != b && count > 0) {
                    changes.add(new Change(a, b, count));
                }
            }
        }
        int days = days();
        return new Findings(
                before,
                after,
                changes,
                new Workload(days, (double) before.hold() / days, (double) after.hold() / days),
                new Agreement(decided, new Errors(missed[0], needless[0]), new Errors(missed[1], needless[1])),
                List.copyOf(samples),
                from,
                until);
    }

    /** Days that the comments span, begun ones in full; at least one. */
    private int days() {
        if (from == null || until == null) {
            return 1;
        }
        return (int)
                Math.max(1, Math.ceilDiv(Duration.between(from, until).toSeconds(), Duration.ofDays(1).toSeconds()));
    }

    private Counts counts(boolean rows) {
        var sums = new int[OUTCOMES.length];
        for (int a = 0; a < OUTCOMES.length; a++) {
            for (int b = 0; b < OUTCOMES.length; b++) {
                sums[rows ? a : b] += moves[a][b];
            }
        }
        return new Counts(sums[0], sums[1], sums[2]);
    }
}
