package dev.parley.delivery;

import dev.parley.comment.ThreadNews;
import dev.parley.moderation.ClaimView.Colleague;
import dev.parley.moderation.QueueNews;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream.
 *
 * @param name {@code thread}, {@code queue}, or {@code resync}: something may have been missed, ask anew
 * @param data what is said with it
 */
record LiveEvent(String name, Object data) {

    /** What a {@code thread} event says: ids and a count, never a text or a name. */
    record Change(String kind, UUID comment, @Nullable UUID parent, int count) {}

    /**
     * What a {@code queue} event says: how a comment stands for the one who is told, as in {@link QueueNews}.
     *
     * @param claim who works on it; null if nobody does
     */
    record Place(
            UUID comment,
            UUID site,
            Instant at,
            long stateVersion,
            boolean waiting,
            int revision,
            boolean escalated,
            @Nullable Instant since,
            List<String> reasons,
            @Nullable Holder claim) {}

    /**
     * @param mine whether it is the one who is told
     */
    record Holder(Colleague member, boolean mine, @Nullable Instant expiresAt) {}

    /** Nothing. */
    record Empty() {}

    static final LiveEvent RESYNC = new LiveEvent("resync", new Empty());

    static LiveEvent of(QueueNews news, UUID member) {
        var by = news.claimedBy();
        return new LiveEvent(
                "queue",
                new Place(
                        news.comment(),
                        news.site(),
                        news.at(),
                        news.stateVersion(),
                        news.waiting(),
                        news.revision(),
                        news.escalated(),
                        news.since(),
                        news.reasons(),
                        by == null ? null : new Holder(by, by.id().equals(member), news.claimedUntil())));
    }

    static LiveEvent of(ThreadNews news) {
        return new LiveEvent(
                "thread",
                new Change(news.kind().name().toLowerCase(Locale.ROOT), news.comment(), news.parent(), news.count()));
    }
}
