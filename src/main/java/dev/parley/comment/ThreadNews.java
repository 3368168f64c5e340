package dev.parley.comment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a comment stands that readers see, or saw once. Ids and a count only.
 *
 * @param article the publisher's key of the article
 * @param count visible comments of the article
 */
public record ThreadNews(Kind kind, UUID comment, @Nullable UUID parent, UUID site, String article, int count) {

    /** What there is to see. */
    public enum Kind {
        /** Readers see it since its present state, and did not before. */
        PUBLISHED,
        /** Readers see it, and did before. */
        CHANGED,
        /** Readers saw it, and do so no longer. */
        REMOVED
    }

    static ThreadNews of(Object[] row) {
        boolean visible = (Boolean) row[5];
        boolean first = ((Number) row[6]).longValue() == ((Number) row[7]).longValue();
        return new ThreadNews(
                !visible ? Kind.REMOVED : first ? Kind.PUBLISHED : Kind.CHANGED,
                (UUID) row[0],
                (UUID) row[1],
                (UUID) row[2],
                (String) row[3],
                ((Number) row[4]).intValue());
    }
}
