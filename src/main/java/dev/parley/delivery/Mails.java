package dev.parley.delivery;

import dev.parley.comment.CommentState;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Hints;
import dev.parley.platform.Ids;
import dev.parley.platform.Language;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes down what is to be mailed, in the caller's transaction, within what one person may be sent. */
@ApplicationScoped
class Mails {

    private static final Logger LOG = Logger.getLogger(Mails.class);

    /** Anybody can type anybody's address: so many mails of a kind may that bring to it. */
    private static final int UNANSWERED_PROOFS_AN_HOUR = 1;

    private static final int PROOFS_A_DAY = 5;
    private static final int LINKS_AN_HOUR = 3;
    private static final int LINKS_A_DAY = 10;

    /** Answers on one article that come within this time make one mail. */
    private static final Duration DIGEST = Duration.ofMinutes(10);

    private final MailRepository repository;
    private final Sites sites;
    private final AfterCommit afterCommit;
    private final TenantContext context;
    private final Clock clock;

    private final Hints waiting = new Hints();

    Mails(MailRepository repository, Sites sites, AfterCommit afterCommit, TenantContext context, Clock clock) {
        this.repository = repository;
        this.sites = sites;
        this.afterCommit = afterCommit;
        this.context = context;
        this.clock = clock;
    }

    /** A mail that proves an address, unless that address got its share or is gone. */
    @Transactional(TxType.MANDATORY)
    void prove(UUID commenter, UUID site, UUID comment) {
        if (repository.lockAddress(context.current(), commenter)
                && lately(commenter, MailKind.PROOF, Duration.ofHours(1)).unanswered() < UNANSWERED_PROOFS_AN_HOUR
                && lately(commenter, MailKind.PROOF, Duration.ofDays(1)).all() < PROOFS_A_DAY) {
            add(MailKind.PROOF, commenter, site, null, List.of(comment), clock.instant());
        } else {
            LOG.debugf("No proof mail to commenter %s of tenant %s", commenter, context.current());
        }
    }

    /** The link that somebody asked for, unless that address got its share or is gone. */
    @Transactional(TxType.MANDATORY)
    void link(UUID commenter, UUID site) {
        if (repository.lockAddress(context.current(), commenter)
                && lately(commenter, MailKind.LINK, Duration.ofHours(1)).all() < LINKS_AN_HOUR
                && lately(commenter, MailKind.LINK, Duration.ofDays(1)).all() < LINKS_A_DAY) {
            add(MailKind.LINK, commenter, site, null, List.of(), clock.instant());
        } else {
            LOG.debugf("No link to commenter %s of tenant %s", commenter, context.current());
        }
    }

    /**
     * Tells of an answer, each answer once. More answers on the same article go into the mail that waits; after one
     * that was sent the next waits until {@link #DIGEST} is over.
     */
    @Transactional(TxType.MANDATORY)
    void reply(UUID commenter, CommentState answer) {
        // Relays of several replicas must not both find that no mail waits.
        repository.lockAddress(context.current(), commenter);
        if (repository.isTold(context.current(), MailKind.REPLY, commenter, answer.id(), false)) {
            return;
        }
        var now = clock.instant();
        var last = repository.latest(MailKind.REPLY, commenter, answer.articleId());
        if (last.isPresent() && last.get().isUntouched()) {
            last.get().addSubject(answer.id());
            return;
        }
        var free =
                last.map(mail -> (mail.endedAt == null ? now : mail.endedAt).plus(DIGEST))
                        .filter(now::isBefore)
                        .orElse(now);
        add(MailKind.REPLY, commenter, answer.siteId(), answer.articleId(), List.of(answer.id()), free);
    }

    /** Tells how a comment stands now, unless a mail that will do so waits already. */
    @Transactional(TxType.MANDATORY)
    void decision(UUID commenter, CommentState comment) {
        if (!repository.isTold(context.current(), MailKind.DECISION, commenter, comment.id(), true)) {
            add(
                    MailKind.DECISION,
                    commenter,
                    comment.siteId(),
                    comment.articleId(),
                    List.of(comment.id()),
                    clock.instant());
        }
    }

    /** A mail that invites somebody. How many an address gets is bounded where people are invited. */
    @Transactional(TxType.MANDATORY)
    void invite(UUID invitation) {
        var tenant = context.current();
        repository.persist(new Mail(Ids.next(), tenant, invitation, clock.instant()));
        afterCommit.run(waiting, () -> waiting.add(tenant));
    }

    /** The tenants that got mails to send in this process since the last call; some may be missing after a crash. */
    Set<String> takeHints() {
        return waiting.take();
    }

    private MailRepository.Sent lately(UUID commenter, MailKind kind, Duration period) {
        return repository.toAddressOf(context.current(), commenter, kind, clock.instant().minus(period));
    }

    private void add(
            MailKind kind, UUID commenter, UUID site, @Nullable UUID article, List<UUID> subjects, Instant dueAt) {
        var tenant = context.current();
        var language = Language.of(sites.byId(site).language());
        repository.persist(
                new Mail(
                        Ids.next(),
                        tenant,
                        kind,
                        commenter,
                        site,
                        article,
                        subjects,
                        language.tag(),
                        clock.instant(),
                        dueAt));
        afterCommit.run(waiting, () -> waiting.add(tenant));
    }
}
