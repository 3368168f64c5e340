package dev.parley.moderation;

import dev.parley.comment.CommentState;
import dev.parley.policy.Decision;
import dev.parley.policy.ReasonCode;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The one door to the queue. */
@ApplicationScoped
public class Queue {

    private final QueueRepository repository;
    private final TenantContext context;
    private final Clock clock;

    Queue(QueueRepository repository, TenantContext context, Clock clock) {
        this.repository = repository;
        this.context = context;
        this.clock = clock;
    }

    /** Puts a comment that was never judged before into the queue. */
    @Transactional(TxType.MANDATORY)
    public void enter(CommentState comment, String language, Decision.Hold hold) {
        repository.persist(filled(blank(comment), comment, language, hold));
    }

    /** Puts a comment into the queue, or renews its entry: its newest revision is what is judged. */
    @Transactional(TxType.MANDATORY)
    public void enterAgain(CommentState comment, String language, Decision.Hold hold) {
        var item = repository.findByIdOptional(comment.id()).orElse(null);
        if (item == null) {
            enter(comment, language, hold);
        } else {
            filled(item, comment, language, hold);
        }
    }

    /** Takes a comment out, if it is in. */
    @Transactional(TxType.MANDATORY)
    public void leave(UUID comment) {
        repository.delete("tenantId = ?1 and commentId = ?2", context.current(), comment);
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
