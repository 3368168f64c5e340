package dev.parley.moderation;

import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.identity.Members;
import dev.parley.moderation.ClaimView.Colleague;
import dev.parley.platform.Conflict;
import dev.parley.platform.Pipeline;
import dev.parley.policy.Decision;
import dev.parley.policy.ReasonCode;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The one door to the queue. */
@ApplicationScoped
public class Queue {

    private static final String FLAGGED = ReasonCode.FLAGGED.name();

    private final QueueRepository repository;
    private final FlagRepository flags;
    private final ClaimRepository claims;
    private final Members members;
    private final Pipeline pipeline;
    private final Event<QueueTouched> touched;
    private final TenantContext context;
    private final Clock clock;

    Queue(
            QueueRepository repository,
            FlagRepository flags,
            ClaimRepository claims,
            Members members,
            Pipeline pipeline,
            Event<QueueTouched> touched,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.flags = flags;
        this.claims = claims;
        this.members = members;
        this.pipeline = pipeline;
        this.touched = touched;
        this.context = context;
        this.clock = clock;
    }

    /** Puts a comment that was never judged before into the queue. */
    @Transactional(TxType.MANDATORY)
    public void enter(CommentState comment, String language, Decision.Hold hold) {
        var item = filled(blank(comment), comment, language, hold);
        pipeline.send(
                "insert into queue_item"
                        + " (tenant_id, comment_id, site_id, article_id, revision, reasons, language, risk, entered_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                item.tenantId,
                item.commentId,
                item.siteId,
                item.articleId,
                item.revision,
                item.reasons,
                item.language,
                item.risk,
                item.enteredAt);
        touch(comment.id());
    }

    /** Puts a comment into the queue, or renews its entry: its newest revision is what is judged. */
    @Transactional(TxType.MANDATORY)
    public void enterAgain(CommentState comment, String language, Decision.Hold hold) {
        var item = repository.findByIdOptional(comment.id()).orElse(null);
        if (item == null) {
            enter(comment, language, hold);
        } else {
            reported(filled(item, comment, language, hold), flags.open(context.current(), comment.id()));
            touch(comment.id());
        }
    }

    /** Renews the entry of a comment that was judged again by itself; it has waited as long as before. */
    @Transactional(TxType.MANDATORY)
    public void enterAnew(CommentState comment, String language, Decision.Hold hold) {
        var since = repository.findByIdOptional(comment.id()).map(item -> item.enteredAt);
        enterAgain(comment, language, hold);
        since.ifPresent(at -> repository.findById(comment.id()).enteredAt = at);
    }

    /** Notes new scores of a comment that waits: how urgent it is, not why it waits. */
    @Transactional(TxType.MANDATORY)
    public void reweigh(UUID comment, String language, double risk) {
        repository
                .findByIdOptional(comment)
                .ifPresent(item -> {
                    item.language = language;
                    item.risk = risk;
                    reported(item, flags.open(context.current(), comment));
                });
    }

    /**
     * Notes that an edited comment was not held. It leaves, unless it is visible and readers' reports of it are open:
     * those were not about this text, but an edit does not answer them.
     */
    @Transactional(TxType.MANDATORY)
    public void passed(CommentState comment, String language) {
        var open = flags.open(context.current(), comment.id());
        var item = repository.findByIdOptional(comment.id()).orElse(null);
        if (comment.visibleRevision() == null || !open.any() || item == null) {
            leave(comment.id());
            return;
        }
        item.revision = comment.revision();
        item.language = language;
        item.reasons = new String[0];
        item.risk = 0;
        reported(item, open);
        touch(comment.id());
    }

    /** Puts a reported comment into the queue, or adds the reports to its entry. */
    @Transactional(TxType.MANDATORY)
    void flagged(CommentState comment, String language) {
        var item = repository.findByIdOptional(comment.id()).orElse(null);
        if (item == null) {
            item = blank(comment);
            item.revision = comment.revision();
            item.language = language;
            item.reasons = new String[0];
            item.enteredAt = clock.instant();
            repository.persist(item);
        }
        reported(item, flags.open(context.current(), comment.id()));
        touch(comment.id());
    }

    /** Takes a comment that goes by itself out of the queue, if it is in; reports of it are moot. */
    @Transactional(TxType.MANDATORY)
    public void leave(UUID comment) {
        leave(comment, FlagOutcome.MOOT);
    }

    /** Takes a comment out, if it is in, and settles the reports of it. */
    @Transactional(TxType.MANDATORY)
    void leave(UUID comment, FlagOutcome outcome) {
        flags.resolve(context.current(), comment, outcome, clock.instant());
        if (repository.delete("tenantId = ?1 and commentId = ?2", context.current(), comment) > 0) {
            touch(comment);
        }
    }

    /**
     * An entry as it stands, locked, so that nobody is given it meanwhile; empty if the comment is not in the queue.
     */
    @Transactional(TxType.MANDATORY)
    Optional<Before.Place> locked(UUID comment) {
        return repository.lock(comment).map(Before.Place::of);
    }

    /** An entry as it stands; empty if the comment is not in the queue. */
    @Transactional
    Optional<Before.Place> place(UUID comment) {
        return repository.findByIdOptional(comment).map(Before.Place::of);
    }

    /** Ids of the reports of a comment that nobody has decided on. */
    @Transactional
    List<UUID> openFlags(UUID comment) {
        return flags.list("commentId = ?1 and outcome = ?2", comment, FlagOutcome.OPEN).stream()
                .map(flag -> flag.id)
                .toList();
    }

    /** Leaves an entry to the admins; nobody works on it any more. */
    @Transactional(TxType.MANDATORY)
    void escalate(UUID comment, UUID member) {
        var item = repository.findById(comment);
        item.escalatedAt = clock.instant();
        item.escalatedBy = member;
        claims.delete("tenantId = ?1 and commentId = ?2", context.current(), comment);
        touch(comment);
    }

    /** Gives an entry back to all moderators. */
    @Transactional(TxType.MANDATORY)
    void calm(UUID comment) {
        var item = repository.findByIdOptional(comment).orElseThrow(() -> new Conflict("It does not wait any more"));
        item.escalatedAt = null;
        item.escalatedBy = null;
        touch(comment);
    }

    /**
     * Puts back the entry and the reports that a decision took out. What was reported since then stays open: the
     * comment is in the queue for either. Reports of a comment that is gone again are moot.
     */
    @Transactional(TxType.MANDATORY)
    void restore(CommentState comment, Before before) {
        if (!before.flags().isEmpty()) {
            flags.update(
                    "outcome = ?1, resolvedAt = null where tenantId = ?2 and id in ?3",
                    FlagOutcome.OPEN,
                    context.current(),
                    before.flags());
        }
        if (comment.visibleRevision() == null && comment.status() != CommentStatus.HELD) {
            leave(comment.id());
        }
        var place = before.place();
        if (place == null) {
            return;
        }
        var item =
                repository
                        .findByIdOptional(comment.id())
                        .orElseGet(() -> {
                            var fresh = blank(comment);
                            fresh.enteredAt = place.enteredAt();
                            return fresh;
                        });
        item.revision = place.revision();
        item.reasons = place.reasons().toArray(String[]::new);
        item.language = place.language();
        item.risk = place.risk();
        item.enteredAt = place.enteredAt();
        item.escalatedAt = place.escalatedAt();
        item.escalatedBy = place.escalatedBy();
        repository.persist(item);
        reported(item, flags.open(context.current(), comment.id()));
        touch(comment.id());
    }

    /** What is open against a comment. */
    @Transactional
    OpenFlags flagsOn(UUID comment) {
        return flags.open(context.current(), comment);
    }

    /** Asks what is open against each of these comments; those against which nothing is are left out. */
    @Transactional(TxType.MANDATORY)
    Pipeline.Answer<Map<UUID, OpenFlags>> askFlagsOn(Collection<UUID> comments) {
        return flags.askOpen(context.current(), comments);
    }

    private static void reported(QueueItem item, OpenFlags open) {
        if (!open.any()) {
            return;
        }
        item.risk = Math.max(item.risk, open.risk());
        item.reasons = Stream.concat(Stream.of(item.reasons), Stream.of(FLAGGED)).distinct().toArray(String[]::new);
    }

    /** Why a comment is in the queue; empty if it is not. */
    @Transactional
    public List<ReasonCode> reasons(UUID comment) {
        return repository
                .findByIdOptional(comment)
                .map(item -> Arrays.stream(item.reasons).map(ReasonCode::valueOf).toList())
                .orElse(List.of());
    }

    /** Leaves a comment in, for these reasons only. */
    @Transactional(TxType.MANDATORY)
    void keepFor(UUID comment, List<ReasonCode> reasons) {
        repository.findById(comment).reasons = reasons.stream().map(ReasonCode::name).toArray(String[]::new);
        touch(comment);
    }

    /** How comments stand in the queue now. Those that are none of the tenant's are left out. */
    @Transactional
    public List<QueueNews> news(Collection<UUID> comments) {
        var now = clock.instant();
        var rows = repository.standing(context.current(), comments, now);
        var names = rows.stream().anyMatch(row -> row[8] != null) ? members.namesById() : Map.<String, String>of();
        return rows.stream()
                .map(row ->
                        new QueueNews(
                                (UUID) row[0],
                                (UUID) row[1],
                                now,
                                (Long) row[2],
                                (Boolean) row[3],
                                (Integer) row[4],
                                (Boolean) row[5],
                                (Instant) row[6],
                                List.of((String[]) row[7]),
                                row[8] == null ? null : new Colleague((UUID) row[8], names.get(row[8].toString())),
                                (Instant) row[9]))
                .toList();
    }

    private void touch(UUID comment) {
        touched.fire(new QueueTouched(context.current(), comment));
    }

    private QueueItem blank(CommentState comment) {
        return new QueueItem(comment.id(), context.current(), comment.siteId(), comment.articleId());
    }

    private QueueItem filled(QueueItem item, CommentState comment, String language, Decision.Hold hold) {
        item.revision = comment.revision();
        item.language = language;
        item.risk = hold.risk();
        item.reasons = hold.reasons().stream().map(r -> r.code().name()).distinct().toArray(String[]::new);
        item.enteredAt = clock.instant();
        return item;
    }
}
