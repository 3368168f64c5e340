package dev.parley.moderation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a comment stands in the queue now. It says what is, not what happened, so that being told twice, or late, does no
 * harm.
 *
 * @param at when it was so
 * @param stateVersion how often its state has changed: who knows of a higher one knows better
 * @param waiting whether it is in the queue; if not, what follows is 0, false, empty and null
 * @param revision the one that is to be judged
 * @param escalated whether it was left to the admins
 * @param since when it came to where it is: into the queue, or to the admins
 * @param claimedBy who works on it, by a claim that has not lapsed; null if nobody does
 * @param claimedUntil when that claim lapses by itself
 */
public record QueueNews(
        UUID comment,
        UUID site,
        Instant at,
        long stateVersion,
        boolean waiting,
        int revision,
        boolean escalated,
        @Nullable Instant since,
        List<String> reasons,
        ClaimView.@Nullable Colleague claimedBy,
        @Nullable Instant claimedUntil) {}
