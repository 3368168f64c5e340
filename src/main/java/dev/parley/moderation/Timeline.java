package dev.parley.moderation;

import dev.parley.audit.Action;
import dev.parley.audit.AuditEntryView;
import dev.parley.audit.AuditFilter;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.CommentState;
import dev.parley.identity.Members;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a comment, told from the trail, the reports and the notes. */
@ApplicationScoped
class Timeline {

    /** More than any comment but one that is fought over has; the newest are told. */
    private static final int ENTRIES = 200;

    private final AuditTrail trail;
    private final Flags flags;
    private final Notes notes;
    private final Members members;
    private final TenantContext context;

    Timeline(AuditTrail trail, Flags flags, Notes notes, Members members, TenantContext context) {
        this.trail = trail;
        this.flags = flags;
        this.notes = notes;
        this.members = members;
        this.context = context;
    }

    /**
     * Who did something.
     *
     * @param kind {@code machine}, {@code member} or {@code reader}
     * @param id of a member; null for others
     * @param name of a member, as colleagues read it now; null for others and for those who left
     */
    public record Doer(String kind, @Nullable String id, @Nullable String name) {}

    /**
     * One thing that happened.
     *
     * @param kind such as {@code SUBMITTED}, {@code JUDGED}, {@code DECIDED}; else the action as the trail names it
     */
    public record Event(Instant at, String kind, Doer by, Map<String, Object> detail) {}

    /** All of it. */
    public record Events(List<Event> items) {}

    /** The events of a comment, oldest first. */
    @Transactional
    Events of(CommentState comment) {
        var names = members.namesById();
        var about = new AuditFilter(null, null, "comment", comment.id().toString(), null, null);
        List<Event> events = new ArrayList<>();
        events.add(new Event(comment.createdAt(), "SUBMITTED", new Doer("reader", null, null), Map.of()));
        trail.page(context.current(), about, ENTRIES, null).items().stream()
                .filter(entry -> !entry.action().equals(Action.NOTE_ADDED.name())) // told from the notes themselves
                .forEach(entry -> events.add(event(entry, names)));
        flags.of(comment.id())
                .forEach(flag -> {
                    Map<String, Object> detail = new LinkedHashMap<>();
                    detail.put("reason", flag.reason());
                    detail.put("revision", flag.revision());
                    if (flag.note() != null) {
                        detail.put("note", flag.note());
                    }
                    events.add(new Event(flag.createdAt(), "FLAGGED", new Doer("reader", null, null), detail));
                });
        notes.on(comment.id())
                .forEach(note ->
                        events.add(
                                new Event(
                                        note.createdAt(),
                                        "NOTED",
                                        member(note.member().toString(), names),
                                        Map.of("text", note.text()))));
        events.sort(Comparator.comparing(Event::at));
        return new Events(events);
    }

    private static Event event(AuditEntryView entry, Map<String, String> names) {
        var actor = entry.actor();
        var by =
                switch (actor.kind()) {
                    case "member" -> member(actor.id(), names);
                    case "reader" -> new Doer("reader", null, null);
                    default -> new Doer("machine", null, null);
                };
        return new Event(entry.at(), kind(entry.action()), by, entry.detail());
    }

    private static Doer member(String id, Map<String, String> names) {
        return new Doer("member", id, names.get(id));
    }

    private static String kind(String action) {
        return switch (action) {
            case "COMMENT_DECIDED" -> "JUDGED";
            case "COMMENT_APPROVED", "COMMENT_REJECTED" -> "DECIDED";
            case "COMMENT_EDITED" -> "EDITED";
            case "COMMENT_RELEASED" -> "PUBLISHED";
            case "COMMENT_WITHDRAWN" -> "WITHDRAWN";
            case "ITEM_ESCALATED" -> "ESCALATED";
            case "DECISION_UNDONE", "ESCALATION_UNDONE" -> "UNDONE";
            default -> action;
        };
    }
}
