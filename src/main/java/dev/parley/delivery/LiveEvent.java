package dev.parley.delivery;

import dev.parley.comment.ThreadNews;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream.
 *
 * @param name {@code thread}, or {@code resync}: something may have been missed, ask anew
 * @param data what is said with it
 */
record LiveEvent(String name, Object data) {

    /** What a {@code thread} event says: ids and a count, never a text or a name. */
    record Change(String kind, UUID comment, @Nullable UUID parent, int count) {}

    /** Nothing. */
    record Empty() {}

    static final LiveEvent RESYNC = new LiveEvent("resync", new Empty());

    static LiveEvent of(ThreadNews news) {
        return new LiveEvent(
                "thread",
                new Change(news.kind().name().toLowerCase(Locale.ROOT), news.comment(), news.parent(), news.count()));
    }
}
