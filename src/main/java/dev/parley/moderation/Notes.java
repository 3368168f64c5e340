package dev.parley.moderation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.identity.Members;
import dev.parley.identity.Staff;
import dev.parley.platform.Ids;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.Forgetting;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What moderators tell each other about comments. */
@ApplicationScoped
class Notes implements Forgetting {

    /**
     * A note and the member who wrote it.
     *
     * @param memberName as colleagues read it now; null for those who left
     */
    public record NoteView(UUID id, UUID member, @Nullable String memberName, String text, Instant createdAt) {}

    private final NoteRepository repository;
    private final Members members;
    private final AuditTrail trail;
    private final TenantContext context;
    private final Clock clock;

    Notes(NoteRepository repository, Members members, AuditTrail trail, TenantContext context, Clock clock) {
        this.repository = repository;
        this.members = members;
        this.trail = trail;
        this.context = context;
        this.clock = clock;
    }

    @Transactional(TxType.MANDATORY)
    void add(UUID comment, UUID member, String text) {
        repository.persist(new Note(Ids.next(), context.current(), comment, member, text, clock.instant()));
    }

    /** Notes something about a comment that the member may see; the trail says who did, not what. */
    @Transactional
    NoteView write(UUID comment, Staff staff, String text) {
        var note = new Note(Ids.next(), context.current(), comment, staff.id(), text.strip(), clock.instant());
        repository.persist(note);
        trail.add(
                context.current(),
                new Act(staff.actor(), Action.NOTE_ADDED, "comment", comment.toString(), Map.of("note", note.id)));
        return new NoteView(note.id, note.memberId, staff.name(), note.text, note.createdAt);
    }

    /** What was noted about the comments of somebody who is erased: it may quote them. */
    @Override
    @Transactional(TxType.MANDATORY)
    public void forget(Erasure erasure) {
        if (!erasure.comments().isEmpty()) {
            repository.delete("tenantId = ?1 and commentId in ?2", context.current(), erasure.comments());
        }
    }

    /** Notes on a comment, oldest first. */
    @Transactional
    List<NoteView> on(UUID comment) {
        return on(List.of(comment)).getOrDefault(comment, List.of());
    }

    /** Notes on some comments, each comment's oldest first. */
    @Transactional
    Map<UUID, List<NoteView>> on(Collection<UUID> comments) {
        var names = members.namesById();
        return repository.list("commentId in ?1 order by id", comments).stream()
                .collect(
                        groupingBy(
                                n -> n.commentId,
                                mapping(
                                        n ->
                                                new NoteView(
                                                        n.id,
                                                        n.memberId,
                                                        names.get(n.memberId.toString()),
                                                        n.text,
                                                        n.createdAt),
                                        toList())));
    }
}
