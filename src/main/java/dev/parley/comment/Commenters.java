package dev.parley.comment;

import dev.parley.platform.NotFound;
import dev.parley.platform.Pipeline;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door to commenters. */
@ApplicationScoped
public class Commenters {

    private final CommenterRepository repository;
    private final CommentRepository comments;
    private final Pipeline pipeline;
    private final TenantContext context;
    private final Clock clock;

    Commenters(
            CommenterRepository repository,
            CommentRepository comments,
            Pipeline pipeline,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.comments = comments;
        this.pipeline = pipeline;
        this.context = context;
        this.clock = clock;
    }

    /** Stores a new commenter in the caller's transaction. */
    @Transactional(TxType.MANDATORY)
    public void add(UUID id, String name, @Nullable String website) {
        pipeline.send(
                "insert into commenter (tenant_id, id, name, website, mails, created_at) values (?, ?, ?, ?, false, ?)",
                context.current(),
                id,
                name,
                website,
                clock.instant());
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

    /**
     * The commenter, or whom they were merged into, kept as they are until the caller's transaction ends; empty if they
     * are unknown here or were erased.
     */
    @Transactional(TxType.MANDATORY)
    public Optional<UUID> hold(UUID id) {
        return repository
                .survivorOf(context.current(), id)
                .flatMap(c -> repository.shareIfThere(context.current(), c))
                .flatMap(c -> repository.survivorOf(context.current(), c));
    }

    /**
     * Locks commenters, in the order of their ids. Must come before anything else is read in the transaction.
     *
     * @return those who stand for themselves: neither merged nor erased
     */
    @Transactional(TxType.MANDATORY)
    public List<CommenterView> lock(Collection<UUID> ids) {
        repository.lock(context.current(), ids);
        return repository.list("id in ?1 order by createdAt, id", ids).stream()
                .filter(c -> c.mergedInto == null && c.erasedAt == null)
                .map(Commenter::view)
                .toList();
    }

    /** Notes that a commenter, who is locked, proved their address. */
    @Transactional(TxType.MANDATORY)
    public void prove(UUID id) {
        repository.findById(id).verifiedAt = clock.instant();
    }

    /** Makes commenters, who are locked, one with another. Whoever of them asked for mails did so for all. */
    @Transactional(TxType.MANDATORY)
    public void merge(UUID survivor, Collection<UUID> merged) {
        var stays = repository.findById(survivor);
        for (var id : merged) {
            var goes = repository.findById(id);
            goes.mergedInto = survivor;
            stays.mails |= goes.mails;
        }
    }

    /** Those who were merged into a commenter. */
    @Transactional
    public List<UUID> mergedInto(UUID survivor) {
        return repository.find("mergedInto = ?1 order by id", survivor).stream().map(c -> c.id).toList();
    }

    /** Switches mails of commenters, who are locked, on or off. */
    @Transactional(TxType.MANDATORY)
    public void switchMails(Collection<UUID> ids, boolean on) {
        repository.list("id in ?1", ids).forEach(c -> c.mails = on);
    }

    /** Takes name and website of commenters, who are locked, and says when they were erased. */
    @Transactional(TxType.MANDATORY)
    public void forget(Collection<UUID> ids, String name) {
        var now = clock.instant();
        repository.list("id in ?1", ids).forEach(c -> c.forget(name, now));
    }

    /**
     * What is known of the commenter, or of whom they were merged into.
     *
     * @param but a comment that doesn't count, since it is the one that is judged; null for a new one
     */
    @Transactional
    public CommenterStanding standing(UUID id, @Nullable UUID but) {
        var commenter = survivor(id).filter(c -> c.erasedAt == null).orElse(null);
        return commenter == null || commenter.verifiedAt == null
                ? CommenterStanding.UNPROVEN
                : comments.standing(context.current(), commenter.id, commenter.verifiedAt, but);
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
