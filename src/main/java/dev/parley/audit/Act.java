package dev.parley.audit;

import java.util.Map;

/**
 * Something that was done.
 *
 * @param actor who did it
 * @param subjectKind what it was done to, such as {@code comment}
 * @param subjectId id of that
 * @param detail facts for the reader of the trail: ids, versions, reason codes and the reasons that staff typed; never
 *     an address, a comment's text or anything else that must be erasable
 */
public record Act(By actor, Action action, String subjectKind, String subjectId, Map<String, Object> detail) {

    /** Who acted: {@code member}, {@code operator}, {@code reader} or {@code system}, and an id of that kind. */
    public record By(String kind, String id) {
        public static final By SYSTEM = new By("system", "parley");
    }
}
