package dev.parley.comment;

import dev.parley.platform.NotFound;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door to commenters. */
@ApplicationScoped
public class Commenters {

    private final CommenterRepository repository;
    private final CommentRepository comments;
    private final TenantContext context;
    private final Clock clock;

    Commenters(CommenterRepository repository, CommentRepository comments, TenantContext context, Clock clock) {
        this.repository = repository;
        this.comments = comments;
        this.context = context;
        this.clock = clock;
    }

    /** Stores a new commenter in the caller's transaction. */
    @Transactional(TxType.MANDATORY)
    public void add(UUID id, String name, @Nullable String website) {
        repository.persist(new Commenter(id, context.current(), name, website, clock.instant()));
    }

    /** The commenter, or whom they were merged into. */
    @Transactional
    public Optional<CommenterView> find(UUID id) {
        return survivor(id).map(Commenter::view);
    }

    /**
     * @throws NotFound if the entered tenant has no such commenter
     */
    @Transactional
    public CommenterView get(UUID id) {
        return find(id).orElseThrow(() -> new NotFound("commenter"));
    }

    /**
     * The commenter, or whom they were merged into.
     *
     * @throws NotFound if the entered tenant has no such commenter, or they were erased
     */
    @Transactional
    public UUID present(UUID id) {
        return survivor(id).filter(c -> c.erasedAt == null).orElseThrow(() -> new NotFound("commenter")).id;
    }

    /** Switches mails on or off, for the commenter or whom they were merged into; does nothing for unknown ones. */
    @Transactional
    public void switchMails(UUID id, boolean on) {
        survivor(id).ifPresent(c -> c.mails = on);
    }

    /** Nobody is merged into one who was merged: one step is enough. */
    private Optional<Commenter> survivor(UUID id) {
        return repository
                .findByIdOptional(id)
                .flatMap(c -> c.mergedInto == null ? Optional.of(c) : repository.findByIdOptional(c.mergedInto));
    }

    /** Whether a commenter wrote on one of these sites. */
    @Transactional
    public boolean wroteOn(UUID commenter, java.util.Set<UUID> sites) {
        return !sites.isEmpty() && comments.count("commenterId = ?1 and siteId in ?2", commenter, sites) > 0;
    }
}
