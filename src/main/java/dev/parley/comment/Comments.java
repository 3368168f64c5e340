package dev.parley.comment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.parley.article.Articles;
import dev.parley.platform.Conflict;
import dev.parley.platform.NotFound;
import dev.parley.platform.Pipeline;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one door to stored comments. Changes are made inside the caller's transaction, which calls {@link #settle} last:
 * it touches the rows that many transactions want.
 */
@ApplicationScoped
public class Comments {

    /**
     * Comments by their ids. Not {@code id = any}: once PostgreSQL plans without looking at the ids, it takes any index
     * that begins with the tenant for that, and reads all that the tenant has.
     */
    private static final String THESE = "unnest(?) as these (id) join comment c on c.tenant_id = ? and c.id = these.id";

    private static final String NEWEST =
            " join revision r on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = c.revision";

    private final CommentRepository repository;
    private final RevisionRepository revisions;
    private final Articles articles;
    private final EntityManager entityManager;
    private final Pipeline pipeline;
    private final TenantContext context;
    private final Clock clock;

    Comments(
            CommentRepository repository,
            RevisionRepository revisions,
            Articles articles,
            EntityManager entityManager,
            Pipeline pipeline,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.revisions = revisions;
        this.articles = articles;
        this.entityManager = entityManager;
        this.pipeline = pipeline;
        this.context = context;
        this.clock = clock;
    }

    @Transactional
    public Optional<CommentState> find(UUID id) {
        return repository.findByIdOptional(id).map(Comment::state);
    }

    /**
     * @throws NotFound if the entered tenant has no such comment
     */
    @Transactional
    public CommentState get(UUID id) {
        return find(id).orElseThrow(() -> new NotFound("comment"));
    }

    /** All revisions of a comment, oldest first. */
    @Transactional
    public List<RevisionView> revisions(UUID id) {
        return revisions.of(id).stream().map(RevisionView::of).toList();
    }

    /** One revision of a comment. */
    @Transactional
    public RevisionView revision(UUID id, int number) {
        return RevisionView.of(revisions.findById(new RevisionKey(id, number)));
    }

    /** The newest comments of a commenter. */
    @Transactional
    public List<CommentState> of(UUID commenter, int limit) {
        return repository.find("commenterId = ?1 order by id desc", commenter).page(0, limit).stream()
                .map(Comment::state)
                .toList();
    }

    /**
     * Asks how many comments with that text came to the entered tenant since then, together with whatever else the
     * caller's transaction asks.
     */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Integer> repeats(long textHash, Instant since) {
        return pipeline.ask(
                "select count(*) from comment where tenant_id = ? and text_hash = ? and created_at > ?",
                rows -> rows.next() ? rows.getInt(1) : 0,
                context.current(),
                textHash,
                since);
    }

    /** Stores a new comment with its first revision, when the caller's transaction ends. */
    @Transactional(TxType.MANDATORY)
    public CommentState add(NewComment comment) {
        // Microseconds, so that it reads the same here and from the database.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var c = new Comment(comment, context.current(), now);
        pipeline.send(
                "insert into comment (tenant_id, id, site_id, article_id, parent_id, depth, commenter_id, name, status,"
                        + " state_version, revision, visible_revision, shown_from, statement_id, spam, network,"
                        + " text_hash, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?, ?, ?, ?, cast(? as cidr), ?, ?)",
                c.tenantId,
                c.id,
                c.siteId,
                c.articleId,
                c.parentId,
                c.depth,
                c.commenterId,
                c.name,
                c.status,
                c.visibleRevision,
                c.shownFrom,
                c.statementId,
                c.spam,
                c.network,
                c.textHash,
                now);
        var text = comment.revision();
        pipeline.send(
                "insert into revision (tenant_id, comment_id, number, body, language, scores, models, signals, decision,"
                        + " created_at)"
                        + " values (?, ?, 1, ?, ?, cast(? as jsonb), ?, cast(? as jsonb), cast(? as jsonb), ?)",
                c.tenantId,
                c.id,
                text.body(),
                text.language(),
                text.scores(),
                text.models(),
                text.signals(),
                text.decision(),
                now);
        return c.state();
    }

    /**
     * Moves a comment to another status if it still is as it was seen.
     *
     * @param statement the statement of reasons for a restriction; null if there is none
     * @throws StaleVersion if it moved on meanwhile, or stands where this move can't start
     */
    @Transactional(TxType.MANDATORY)
    public CommentState move(
            CommentState seen, Set<CommentStatus> from, CommentStatus to, @Nullable UUID statement, boolean spam) {
        var comment = load(seen);
        if (to == CommentStatus.PUBLISHED) {
            mustHaveText(comment);
        }
        Integer visible =
                switch (to) {
                    case PUBLISHED -> Integer.valueOf(comment.revision);
                    case HELD -> comment.visibleRevision;
                    case REJECTED, WITHDRAWN -> null;
                };
        if (!repository.move(comment, from, to, visible, statement, spam)) {
            throw stale(comment);
        }
        return reload(comment);
    }

    /** The text of what was rejected may be erased after a time; then there is nothing to show. */
    private void mustHaveText(Comment comment) {
        if (revision(comment.id, comment.revision).body().isEmpty()) {
            throw new Conflict("The text of this comment was erased");
        }
    }

    /** The comment as it is now, locked for the rest of the transaction; empty if the entered tenant has none such. */
    @Transactional(TxType.MANDATORY)
    public Optional<CommentState> lock(UUID id) {
        return repository
                .findByIdOptional(id)
                .map(comment -> {
                    repository.lock(comment.tenantId, id);
                    return reload(comment);
                });
    }

    /** As {@link #move} to publication, by a moderator: notes that this revision was approved. */
    @Transactional(TxType.MANDATORY)
    public CommentState approve(CommentState seen, Set<CommentStatus> from) {
        var comment = load(seen);
        mustHaveText(comment);
        if (!repository.approve(comment, from)) {
            throw stale(comment);
        }
        return reload(comment);
    }

    /** What a decision on this comment would change. */
    @Transactional(TxType.MANDATORY)
    public Former former(UUID id) {
        var c = repository.findByIdOptional(id).orElseThrow(() -> new NotFound("comment"));
        return new Former(c.status, c.visibleRevision, c.statementId, c.spam, c.approvedRevision);
    }

    /**
     * Puts a comment back as it was before a decision, if it still is as that left it. This is a new state too.
     *
     * @throws StaleVersion if it moved on meanwhile
     */
    @Transactional(TxType.MANDATORY)
    public CommentState restore(CommentState seen, Former former) {
        var comment = load(seen);
        if (!repository.restore(comment, former)) {
            throw stale(comment);
        }
        return reload(comment);
    }

    /** Comments by their ids, in one question; unknown ones are left out. */
    @Transactional
    public Map<UUID, CommentState> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : askAll(ids).get();
    }

    /** As {@link #all}, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Map<UUID, CommentState>> askAll(Collection<UUID> ids) {
        return pipeline.ask(
                "select c.id, c.site_id, c.article_id, c.parent_id, c.depth, c.commenter_id, c.name, c.status,"
                        + " c.state_version, c.revision, c.visible_revision, c.approved_revision, c.shown_from,"
                        + " c.created_at, c.edited_at from "
                        + THESE,
                Pipeline.mapping(row -> row.getObject("id", UUID.class), CommentState::read),
                ids.toArray(UUID[]::new),
                context.current());
    }

    /** The newest revision of each of these comments, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Map<UUID, RevisionView>> askNewest(Collection<UUID> ids) {
        return pipeline.ask(
                "select r.comment_id, r.number, r.body, r.language, r.scores, r.signals, r.decision, r.created_at from "
                        + THESE
                        + NEWEST,
                Pipeline.mapping(row -> row.getObject("comment_id", UUID.class), RevisionView::read),
                ids.toArray(UUID[]::new),
                context.current());
    }

    /**
     * Who said what, as it reads now.
     *
     * @param body empty if it was erased
     */
    public record Said(UUID id, String name, String body) {}

    /** The newest text of each of these comments, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Map<UUID, Said>> askSaid(Collection<UUID> ids) {
        return pipeline.ask(
                "select c.id, c.name, r.body from " + THESE + NEWEST,
                Pipeline.mapping(
                        row -> row.getObject("id", UUID.class),
                        row -> new Said(row.getObject("id", UUID.class), row.getString("name"), row.getString("body"))),
                ids.toArray(UUID[]::new),
                context.current());
    }

    /**
     * Adds a revision if the comment still is as it was seen. One that is held leaves the visible revision in place,
     * unless the tenant wants it hidden; one that is rejected hides the comment.
     */
    @Transactional(TxType.MANDATORY)
    public CommentState revise(
            CommentState seen,
            RevisionText text,
            CommentStatus to,
            boolean hideWhileHeld,
            @Nullable UUID statement,
            boolean spam) {
        var comment = load(seen);
        var now = clock.instant();
        Integer visible =
                switch (to) {
                    case PUBLISHED -> Integer.valueOf(comment.revision + 1);
                    case HELD -> hideWhileHeld ? null : comment.visibleRevision;
                    case REJECTED, WITHDRAWN -> null;
                };
        revisions.persist(new Revision(comment.id, comment.revision + 1, comment.tenantId, text, now));
        if (!repository.revise(comment, to, visible, statement, spam, now)) {
            throw stale(comment);
        }
        return reload(comment);
    }

    /**
     * Keeps new scores with a revision, of a comment that the caller has locked; with a judgement made from them, the
     * signals and the decision too.
     *
     * @return false if the text is no longer there: it was erased meanwhile
     */
    @Transactional(TxType.MANDATORY)
    public boolean rescore(UUID id, int number, RevisionText text, boolean judged) {
        return revisions.rescore(context.current(), id, number, text, judged);
    }

    /**
     * Brings the counts of parents and article in line with a change. Called last: locks go from the comment upwards
     * and to the article, always in that order.
     *
     * @param before null for a new comment
     */
    @Transactional(TxType.MANDATORY)
    public void settle(@Nullable CommentState before, CommentState after) {
        var settling = settling();
        settling.add(before, after);
        settling.finish();
    }

    /** As {@link #settle}, for a transaction that changes several comments. */
    public Settling settling() {
        return new Settling(this, articles);
    }

    /**
     * Counts a change for the parents. Says how many visible comments the article gained; nothing if none looks new.
     */
    Optional<Integer> countForParents(@Nullable CommentState before, CommentState after) {
        var beforeVisible = before == null ? null : before.visibleRevision();
        if (Objects.equals(beforeVisible, after.visibleRevision())) {
            return Optional.empty();
        }
        if (before != null) {
            entityManager.flush();
        }
        int change = (after.visibleRevision() == null ? 0 : 1) - (beforeVisible == null ? 0 : 1);
        if (change != 0 && after.parentId() != null) {
            boolean keptByReplies =
                    before != null && repository.lock(context.current(), after.id()).visibleReplies() > 0;
            if (!keptByReplies) {
                countUpwards(after.parentId(), change);
            }
        }
        return Optional.of(change);
    }

    /**
     * Locks all comments of these commenters and what they answer, from below upwards: the order in which each single
     * change locks them too.
     */
    @Transactional(TxType.MANDATORY)
    public void lockAllOf(Collection<UUID> commenters) {
        repository.lockAllOf(context.current(), commenters);
    }

    /**
     * Makes comments of some commenters those of another one.
     *
     * @return articles on which that can be seen
     */
    @Transactional(TxType.MANDATORY)
    public Set<UUID> adopt(UUID survivor, Collection<UUID> merged) {
        var seen = repository.articlesShowing(context.current(), merged);
        repository.adopt(context.current(), survivor, merged);
        return seen;
    }

    /** A commenter's comments in one of these states, answers before what they answer. */
    @Transactional
    public List<CommentState> of(UUID commenter, Set<CommentStatus> states) {
        return repository.find("commenterId = ?1 and status in ?2 order by depth desc, id", commenter, states).stream()
                .map(Comment::state)
                .toList();
    }

    /**
     * Comments of a commenter, newest first.
     *
     * @param before the last one of the page before; null for the newest
     */
    @Transactional
    public List<CommentState> page(UUID commenter, @Nullable UUID before, int limit) {
        var found =
                before == null
                        ? repository.find("commenterId = ?1 order by id desc", commenter)
                        : repository.find("commenterId = ?1 and id < ?2 order by id desc", commenter, before);
        return found.page(0, limit).stream().map(Comment::state).toList();
    }

    /** How many comments a commenter wrote. */
    @Transactional
    public long countOf(UUID commenter) {
        return repository.count("commenterId", commenter);
    }

    /** All revisions of some comments, each comment's oldest first. */
    @Transactional
    public Map<UUID, List<RevisionView>> revisions(Collection<UUID> ids) {
        return revisions.of(ids).stream().collect(groupingBy(r -> r.commentId, mapping(RevisionView::of, toList())));
    }

    /**
     * Takes name, texts and all that was made from them out of the comments of a commenter who is erased.
     *
     * @param name that stands there instead
     * @param entry of the audit trail, in this transaction: without it the database changes no revision
     */
    @Transactional(TxType.MANDATORY)
    public void forget(UUID commenter, String name, UUID entry) {
        entityManager.flush();
        repository.forget(context.current(), commenter, name);
        revisions.blank(commenter, entry);
        entityManager.clear(); // what was read before is no longer so
    }

    private void countUpwards(UUID first, int change) {
        UUID parent = first;
        while (parent != null) {
            var before = repository.lock(context.current(), parent);
            repository.countReply(context.current(), parent, change);
            var after =
                    new CommentRepository.Standing(before.parent(), before.visible(), before.visibleReplies() + change);
            parent = before.shown() == after.shown() ? null : before.parent();
        }
    }

    private Comment load(CommentState seen) {
        var comment = repository.findByIdOptional(seen.id()).orElseThrow(() -> new NotFound("comment"));
        if (comment.stateVersion != seen.stateVersion() || comment.revision != seen.revision()) {
            throw new StaleVersion(comment.state());
        }
        return comment;
    }

    private CommentState reload(Comment comment) {
        entityManager.refresh(comment);
        return comment.state();
    }

    private StaleVersion stale(Comment comment) {
        return new StaleVersion(reload(comment));
    }
}
