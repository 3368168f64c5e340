package dev.parley.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** An entry as staff sees it. The action is a word, so that entries of former versions stay readable. */
public record AuditEntryView(
        UUID id,
        Instant at,
        Act.By actor,
        String action,
        String subjectKind,
        String subjectId,
        Map<String, Object> detail) {}
