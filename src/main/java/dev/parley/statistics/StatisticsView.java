package dev.parley.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a span of days, in UTC.
 *
 * @param days every day of the span, oldest first
 */
public record StatisticsView(List<Day> days, Waiting queue, Decided decisions) {

    /**
     * What was submitted on a day.
     *
     * @param published how many of them were published at once; {@code held} and {@code rejected} likewise
     * @param byReason how many were held or rejected for each reason; one comment may have several
     */
    public record Day(
            LocalDate day, long submitted, long published, long held, long rejected, Map<String, Long> byReason) {}

    /**
     * The queue now.
     *
     * @param oldest when the one entered that waits longest; null if none does
     * @param byAge how many wait for how long, youngest first: less than an hour, 4 hours, a day, three days, and
     *     longer. The steps are those of a shift and of a weekend, no rule's. All five are there and add up to {@code
     *     pending}
     */
    public record Waiting(long pending, @Nullable Instant oldest, Quantiles ageSeconds, List<Aged> byAge) {}

    /**
     * What has waited between two ages.
     *
     * @param fromSeconds that long at least
     * @param toSeconds and less than that; null for however long
     */
    public record Aged(long fromSeconds, @Nullable Long toSeconds, long pending) {}

    /**
     * What moderators decided in the span.
     *
     * @param count approvals and rejections, taken back ones not among them
     * @param secondsToDecision from entering the queue; of what was in it
     * @param byDay every day of the span, oldest first, by when it was decided
     * @param byMember for admins only, else null
     */
    public record Decided(
            long count,
            Quantiles secondsToDecision,
            List<DayDecisions> byDay,
            @Nullable List<MemberDecisions> byMember) {}

    /** What moderators decided on a day, counted and measured as in {@link Decided}. */
    public record DayDecisions(LocalDate day, long count, Quantiles secondsToDecision) {}

    /** Half and nine tenths are at most so; null if there is nothing to measure. */
    public record Quantiles(@Nullable Double p50, @Nullable Double p90) {}

    /**
     * What one member decided.
     *
     * @param name null for one who left
     * @param rejected without those for spam
     * @param undone how many of all these were taken back; those are not counted in the others
     */
    public record MemberDecisions(
            UUID member,
            @Nullable String name,
            long approved,
            long rejected,
            long spam,
            long escalated,
            long undone,
            @Nullable Double p50Seconds) {}
}
