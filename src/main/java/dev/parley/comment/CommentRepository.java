package dev.parley.comment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Comments. Every change of state is a conditional update on the version that was seen. */
@ApplicationScoped
class CommentRepository implements PanacheRepositoryBase<Comment, UUID> {

    private static final UUID NO_COMMENT = new UUID(0, 0);

    private final EntityManager entityManager;

    CommentRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * @return false if the comment moved on meanwhile; nothing was changed then
     */
    boolean move(
            Comment seen,
            Set<CommentStatus> from,
            CommentStatus to,
            @Nullable Integer visibleRevision,
            @Nullable UUID statement,
            boolean spam) {
        return update(
                        "status = ?1, visibleRevision = ?2, statementId = ?3, spam = ?4, shownFrom = ?5,"
                                + " stateVersion = stateVersion + 1"
                                + " where tenantId = ?6 and id = ?7 and stateVersion = ?8 and revision = ?9"
                                + " and status in ?10",
                        to,
                        visibleRevision,
                        statement,
                        spam,
                        seen.shownFromThen(visibleRevision),
                        seen.tenantId,
                        seen.id,
                        seen.stateVersion,
                        seen.revision,
                        from)
                == 1;
    }

    /** Publishes the newest revision as approved; as {@link #move}. */
    boolean approve(Comment seen, Set<CommentStatus> from) {
        return update(
                        "status = ?1, visibleRevision = revision, approvedRevision = revision, statementId = null,"
                                + " spam = false, shownFrom = ?2, stateVersion = stateVersion + 1"
                                + " where tenantId = ?3 and id = ?4 and stateVersion = ?5 and revision = ?6"
                                + " and status in ?7",
                        CommentStatus.PUBLISHED,
                        seen.shownFromThen(seen.revision),
                        seen.tenantId,
                        seen.id,
                        seen.stateVersion,
                        seen.revision,
                        from)
                == 1;
    }

    /** Puts back what a decision changed; as {@link #move}. */
    boolean restore(Comment seen, Former former) {
        return update(
                        "status = ?1, visibleRevision = ?2, statementId = ?3, spam = ?4, approvedRevision = ?5,"
                                + " shownFrom = ?6, stateVersion = stateVersion + 1"
                                + " where tenantId = ?7 and id = ?8 and stateVersion = ?9 and revision = ?10",
                        former.status(),
                        former.visibleRevision(),
                        former.statementId(),
                        former.spam(),
                        former.approvedRevision(),
                        seen.shownFromThen(former.visibleRevision()),
                        seen.tenantId,
                        seen.id,
                        seen.stateVersion,
                        seen.revision)
                == 1;
    }

    /** Adds a revision's number and the state it brings; as {@link #move}. */
    boolean revise(
            Comment seen,
            CommentStatus to,
            @Nullable Integer visibleRevision,
            @Nullable UUID statement,
            boolean spam,
            Instant now) {
        return update(
                        "status = ?1, visibleRevision = ?2, statementId = ?3, spam = ?4, editedAt = ?5,"
                                + " shownFrom = ?6, revision = revision + 1, stateVersion = stateVersion + 1"
                                + " where tenantId = ?7 and id = ?8 and stateVersion = ?9 and revision = ?10"
                                + " and status in ?11",
                        to,
                        visibleRevision,
                        statement,
                        spam,
                        now,
                        seen.shownFromThen(visibleRevision),
                        seen.tenantId,
                        seen.id,
                        seen.stateVersion,
                        seen.revision,
                        Set.of(CommentStatus.PUBLISHED, CommentStatus.HELD))
                == 1;
    }

    /** What became of the newest thousand comments of a commenter since a time, without one. */
    CommenterStanding standing(String tenant, UUID commenter, Instant since, @Nullable UUID but) {
        var row =
                (Object[])
                        entityManager
                                .createNativeQuery(
                                        "select count(*) filter (where status = 'PUBLISHED'),"
                                                + " count(*) filter (where status = 'REJECTED'), count(*)"
                                                + " from (select status from comment where tenant_id = :tenant"
                                                + " and commenter_id = :commenter and created_at >= :since"
                                                + " and id <> :but"
                                                + " order by id desc limit 1000) newest")
                                .setParameter("tenant", tenant)
                                .setParameter("commenter", commenter)
                                .setParameter("since", since)
                                .setParameter("but", but == null ? NO_COMMENT : but)
                                .getSingleResult();
        return new CommenterStanding(
                true, ((Number) row[0]).intValue(), ((Number) row[1]).intValue(), ((Number) row[2]).intValue() == 0);
    }

    /** How a comment counts for its parent. */
    record Standing(@Nullable UUID parent, boolean visible, int visibleReplies) {
        boolean shown() {
            return visible || visibleReplies > 0;
        }
    }

    /** Locks the row and reads it as it is now. */
    Standing lock(String tenant, UUID id) {
        var row =
                (Object[])
                        entityManager
                                .createNativeQuery(
                                        "select parent_id, visible_revision is not null, visible_replies"
                                                + " from comment where tenant_id = :tenant and id = :id"
                                                + " for no key update",
                                        Object[].class)
                                .setParameter("tenant", tenant)
                                .setParameter("id", id)
                                .getSingleResult();
        return new Standing((UUID) row[0], (Boolean) row[1], ((Number) row[2]).intValue());
    }

    void countReply(String tenant, UUID parent, int change) {
        entityManager
                .createNativeQuery(
                        "update comment set visible_replies = visible_replies + :change"
                                + " where tenant_id = :tenant and id = :id")
                .setParameter("change", change)
                .setParameter("tenant", tenant)
                .setParameter("id", parent)
                .executeUpdate();
    }

    /** Locks comments and all their ancestors, deepest first. */
    void lockAllOf(String tenant, Collection<UUID> commenters) {
        entityManager
                .createNativeQuery(
                        "with recursive chain (id, parent_id) as ("
                                + " select id, parent_id from comment"
                                + "  where tenant_id = :tenant and commenter_id = any (cast(:commenters as uuid[]))"
                                + " union"
                                + " select p.id, p.parent_id from comment p"
                                + "  join chain c on p.tenant_id = :tenant and p.id = c.parent_id)"
                                + " select id from comment where tenant_id = :tenant and id in (select id from chain)"
                                + " order by depth desc, id for no key update")
                .setParameter("tenant", tenant)
                .setParameter("commenters", commenters.toArray(UUID[]::new))
                .getResultList();
    }

    /** The articles on which something visible of these commenters stands. */
    Set<UUID> articlesShowing(String tenant, Collection<UUID> commenters) {
        return Set.copyOf(
                entityManager
                        .createQuery(
                                "select distinct c.articleId from Comment c where c.tenantId = :tenant"
                                        + " and c.commenterId in :commenters and c.visibleRevision is not null",
                                UUID.class)
                        .setParameter("tenant", tenant)
                        .setParameter("commenters", commenters)
                        .getResultList());
    }

    void adopt(String tenant, UUID survivor, Collection<UUID> merged) {
        update("commenterId = ?1 where tenantId = ?2 and commenterId in ?3", survivor, tenant, merged);
    }

    /** What says something about who wrote, and is no text. */
    void forget(String tenant, UUID commenter, String name) {
        entityManager
                .createNativeQuery(
                        "update comment set name = :name, network = null, text_hash = null"
                                + " where tenant_id = :tenant and commenter_id = :commenter")
                .setParameter("name", name)
                .setParameter("tenant", tenant)
                .setParameter("commenter", commenter)
                .executeUpdate();
    }

    private static final String ROW =
            "select new dev.parley.comment.ThreadRow(c.id, c.articleId, c.parentId, c.commenterId, c.name, c.createdAt,"
                    + " c.editedAt, c.depth, c.visibleReplies, r.body)"
                    + " from Comment c left join Revision r on r.tenantId = c.tenantId"
                    + " and r.commentId = c.id and r.number = c.visibleRevision"
                    + " where c.tenantId = :tenant"
                    + " and (c.visibleRevision is not null or c.visibleReplies > 0)";

    /** Shown comments on an article itself, in an order, after a place. */
    List<ThreadRow> roots(String tenant, UUID article, ThreadSort sort, @Nullable ThreadPlace after, int limit) {
        var where =
                switch (sort) {
                    case NEWEST -> after == null ? "" : " and c.id < :id";
                    case OLDEST -> after == null ? "" : " and c.id > :id";
                    case TOP ->
                            after == null
                                    ? ""
                                    : " and (c.visibleReplies < :replies"
                                            + " or (c.visibleReplies = :replies and c.id < :id))";
                };
        var order =
                switch (sort) {
                    case NEWEST -> " order by c.id desc";
                    case OLDEST -> " order by c.id";
                    case TOP -> " order by c.visibleReplies desc, c.id desc";
                };
        var query =
                entityManager
                        .createQuery(
                                ROW + " and c.articleId = :article and c.parentId is null" + where + order,
                                ThreadRow.class)
                        .setParameter("tenant", tenant)
                        .setParameter("article", article)
                        .setMaxResults(limit);
        if (after != null) {
            query.setParameter("id", after.id());
            if (sort == ThreadSort.TOP) {
                query.setParameter("replies", after.replies());
            }
        }
        return query.getResultList();
    }

    /** One shown comment under an article. */
    Optional<ThreadRow> shown(String tenant, UUID article, UUID id) {
        return entityManager
                .createQuery(ROW + " and c.articleId = :article and c.id = :id", ThreadRow.class)
                .setParameter("tenant", tenant)
                .setParameter("article", article)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    /** Shown replies to one comment, oldest first, after an id. */
    List<ThreadRow> replies(String tenant, UUID article, UUID parent, @Nullable UUID after, int limit) {
        var query =
                entityManager
                        .createQuery(
                                ROW
                                        + " and c.articleId = :article and c.parentId = :parent"
                                        + (after == null ? "" : " and c.id > :after")
                                        + " order by c.id",
                                ThreadRow.class)
                        .setParameter("tenant", tenant)
                        .setParameter("article", article)
                        .setParameter("parent", parent)
                        .setMaxResults(limit);
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.getResultList();
    }

    /** The first shown replies to each of these comments, oldest first. */
    List<ThreadRow> firstReplies(String tenant, List<UUID> parents, int each) {
        List<?> rows =
                entityManager
                        .createNativeQuery(
                                "select x.id, x.article_id, x.parent_id, x.commenter_id, x.name, x.created_at, x.edited_at,"
                                        + " x.depth, x.visible_replies, r.body"
                                        + " from unnest(cast(:parents as uuid[])) p(id) cross join lateral ("
                                        + "  select c.* from comment c"
                                        + "  where c.tenant_id = :tenant and c.parent_id = p.id"
                                        + "  and (c.visible_revision is not null or c.visible_replies > 0)"
                                        + "  order by c.id limit :each) x"
                                        + " left join revision r on r.tenant_id = :tenant"
                                        + " and r.comment_id = x.id and r.number = x.visible_revision"
                                        + " order by x.id",
                                Object[].class)
                        .setParameter("parents", parents.toArray(UUID[]::new))
                        .setParameter("tenant", tenant)
                        .setParameter("each", each)
                        .getResultList();
        return rows.stream().map(row -> ThreadRow.of((Object[]) row)).toList();
    }

    /** The newest visible comments of an article, replies included. */
    List<ThreadRow> newest(String tenant, UUID article, int limit) {
        return entityManager
                .createQuery(
                        ROW + " and c.articleId = :article and c.visibleRevision is not null order by c.id desc",
                        ThreadRow.class)
                .setParameter("tenant", tenant)
                .setParameter("article", article)
                .setMaxResults(limit)
                .getResultList();
    }

    /** A visible comment. */
    Optional<ThreadRow> visible(String tenant, UUID id) {
        return entityManager
                .createQuery(ROW + " and c.id = :id and c.visibleRevision is not null", ThreadRow.class)
                .setParameter("tenant", tenant)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    /** How comments stand for those who watch their threads. */
    List<ThreadNews> news(String tenant, Collection<UUID> ids) {
        List<?> rows =
                entityManager
                        .createNativeQuery(
                                "select c.id, c.parent_id, c.site_id, a.key, a.comment_count,"
                                        + " c.visible_revision is not null, c.shown_from, c.state_version"
                                        + " from unnest(cast(:ids as uuid[])) these (id)"
                                        + " join comment c on c.tenant_id = :tenant and c.id = these.id"
                                        + " join article a on a.tenant_id = c.tenant_id and a.id = c.article_id"
                                        + " where c.shown_from is not null order by c.id",
                                Object[].class)
                        .setParameter("tenant", tenant)
                        .setParameter("ids", ids.toArray(UUID[]::new))
                        .getResultList();
        return rows.stream().map(row -> ThreadNews.of((Object[]) row)).toList();
    }

    /** The newest visible comments of a site. */
    List<ThreadRow> recent(String tenant, UUID site, int limit) {
        return entityManager
                .createQuery(
                        ROW + " and c.siteId = :site and c.visibleRevision is not null order by c.id desc",
                        ThreadRow.class)
                .setParameter("tenant", tenant)
                .setParameter("site", site)
                .setMaxResults(limit)
                .getResultList();
    }
}
