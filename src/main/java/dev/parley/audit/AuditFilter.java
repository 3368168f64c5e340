package dev.parley.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries somebody wants to see; null for no limit.
 *
 * @param actor id of who acted, such as a member's
 * @param subjectKind what it was done to, such as {@code comment}
 * @param subject id of that
 * @param from first moment
 * @param to first moment that is not wanted any more
 */
public record AuditFilter(
        @Nullable Action action,
        @Nullable String actor,
        @Nullable String subjectKind,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant to) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);
}
