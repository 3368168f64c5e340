package dev.parley.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry as staff sees it. The action is a word, so that entries of former versions stay readable. */
public record AuditEntryView(
        UUID id,
        Instant at,
        Actor actor,
        String action,
        String subjectKind,
        String subjectId,
        Map<String, Object> detail) {

    /**
     * Who acted.
     *
     * @param name of a member, as colleagues read it now; null for others and for those who left
     */
    public record Actor(String kind, String id, @Nullable String name) {}

    /** The same, with the names of those who are members. */
    public AuditEntryView named(Map<String, String> members) {
        var name = actor.kind().equals("member") ? members.get(actor.id()) : null;
        return new AuditEntryView(
                id, at, new Actor(actor.kind(), actor.id(), name), action, subjectKind, subjectId, detail);
    }
}
