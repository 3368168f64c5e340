package dev.parley.moderation;

import dev.parley.platform.Ids;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.Forgetting;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What moderators tell each other about comments. */
@ApplicationScoped
class Notes implements Forgetting {

    /** A note and the member who wrote it. */
    public record NoteView(UUID member, String text, Instant createdAt) {}

    private final NoteRepository repository;
    private final TenantContext context;
    private final Clock clock;

    Notes(NoteRepository repository, TenantContext context, Clock clock) {
        this.repository = repository;
        this.context = context;
        this.clock = clock;
    }

    @Transactional(TxType.MANDATORY)
    void add(UUID comment, UUID member, String text) {
        repository.persist(new Note(Ids.next(), context.current(), comment, member, text, clock.instant()));
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
        return repository.list("commentId = ?1 order by id", comment).stream()
                .map(n -> new NoteView(n.memberId, n.text, n.createdAt))
                .toList();
    }
}
