package dev.parley.moderation;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.CommentState;
import dev.parley.comment.Comments;
import dev.parley.outbox.Outbox;
import dev.parley.platform.ClientAddress;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.platform.Pipeline;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.Forgetting;
import dev.parley.privacy.PersonalData;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.TenantContext;
import dev.parley.text.CharacterRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Readers' reports of comments. What is reported enters the queue, unless a moderator has approved that very revision;
 * what may be illegal enters it always.
 */
@ApplicationScoped
public class Flags implements Forgetting {

    private static final int MAX_NOTE = 500;

    /** How many reports an item of the queue lists; all of them are counted. */
    private static final int SHOWN = 50;

    private static final Duration ONE_PER_NETWORK = Duration.ofDays(1);
    private static final Act.By READER = new Act.By("reader", "unknown");

    private final FlagRepository repository;
    private final FlagLimits limits;
    private final Comments comments;
    private final Queue queue;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final TenantContext context;
    private final Clock clock;

    Flags(
            FlagRepository repository,
            FlagLimits limits,
            Comments comments,
            Queue queue,
            AuditTrail trail,
            Outbox outbox,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.limits = limits;
        this.comments = comments;
        this.queue = queue;
        this.trail = trail;
        this.outbox = outbox;
        this.context = context;
        this.clock = clock;
    }

    /**
     * Takes a report of a comment that readers see. A second one of the same comment from the same network within a day
     * answers alike and stores nothing more.
     *
     * @param note in the reader's words, up to 500 characters; null if they gave none. Addresses and phone numbers in
     *     it are masked
     * @return id of the report
     * @throws NotFound if the site shows no such comment
     * @throws InvalidInput if the note is too long or holds what no text should
     * @throws dev.parley.platform.TooManyRequests if this network reported much already
     */
    @Transactional
    public UUID flag(SiteView site, UUID comment, FlagReason reason, @Nullable String note, InetAddress client) {
        limits.admit(context.current(), client);
        var words = accepted(note);
        // Locked, so that of two reports one sees the other, and a decision comes wholly before or after.
        var state =
                comments.lock(comment)
                        .filter(c -> c.siteId().equals(site.id()) && c.visibleRevision() != null)
                        .orElseThrow(() -> new NotFound("comment"));
        var network = ClientAddress.network(client);
        var now = clock.instant();
        return repository
                .earlier(context.current(), comment, network, now.minus(ONE_PER_NETWORK))
                .orElseGet(() -> store(state, reason, words, network));
    }

    /** The reports of a comment, newest first. */
    @Transactional
    List<FlagView> of(UUID comment) {
        return repository.of(comment, SHOWN).stream()
                .map(f -> new FlagView(f.reason, f.note, f.revision, f.createdAt))
                .toList();
    }

    /** Asks for the reports of each of these comments that nobody has decided on, newest first. */
    @Transactional(TxType.MANDATORY)
    Pipeline.Answer<Map<UUID, List<FlagView>>> askOpenOn(Collection<UUID> comments) {
        return repository.askOpenOn(context.current(), comments, SHOWN);
    }

    /** What readers wrote when they reported comments of somebody who is erased: it may quote them. */
    @Override
    @Transactional(TxType.MANDATORY)
    public void forget(Erasure erasure) {
        if (!erasure.comments().isEmpty()) {
            repository.update(
                    "note = null where tenantId = ?1 and commentId in ?2", context.current(), erasure.comments());
        }
    }

    private UUID store(CommentState comment, FlagReason reason, @Nullable String note, String network) {
        var id = Ids.random();
        int seen = Objects.requireNonNull(comment.visibleRevision());
        boolean settled = Objects.equals(comment.approvedRevision(), seen) && reason != FlagReason.ILLEGAL;
        repository.persistAndFlush(
                new Flag(
                        id,
                        context.current(),
                        comment.id(),
                        seen,
                        reason,
                        note,
                        network,
                        settled ? FlagOutcome.DISMISSED : FlagOutcome.OPEN,
                        clock.instant()));
        if (!settled) {
            queue.flagged(comment, comments.revision(comment.id(), comment.revision()).language());
        }
        trail.add(
                context.current(),
                new Act(
                        READER,
                        Action.FLAG_RECEIVED,
                        "flag",
                        id.toString(),
                        Map.of("comment", comment.id(), "revision", seen, "reason", reason, "queued", !settled)));
        outbox.add(context.current(), new CommentFlagged(id, comment.id(), comment.articleId(), comment.siteId(), 0));
        return id;
    }

    private static @Nullable String accepted(@Nullable String note) {
        if (note == null || note.isBlank()) {
            return null;
        }
        var stripped = CharacterRules.toNfc(note.replace("\r\n", "\n").strip());
        if (stripped.codePointCount(0, stripped.length()) > MAX_NOTE) {
            throw new InvalidInput("note", "must be at most " + MAX_NOTE + " characters");
        }
        CharacterRules.problemInBody(stripped)
                .ifPresent(problem -> {
                    throw new InvalidInput("note", problem);
                });
        return PersonalData.in(stripped).masked();
    }
}
