package dev.parley.comment;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentView.Replies;
import dev.parley.comment.ThreadView.ThreadArticle;
import dev.parley.platform.Cursors;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What readers see. */
@ApplicationScoped
public class Threads {

    /** Replies that come with a comment before one has to ask for more. */
    private static final int FIRST_REPLIES = 5;

    /** A comment that readers see, and where. */
    public record Shown(ArticleView article, CommentView comment) {}

    private final CommentRepository comments;
    private final Articles articles;
    private final Cursors cursors;
    private final TenantContext context;

    Threads(CommentRepository comments, Articles articles, Cursors cursors, TenantContext context) {
        this.comments = comments;
        this.articles = articles;
        this.cursors = cursors;
        this.context = context;
    }

    /**
     * A page of a thread, each comment with its first replies.
     *
     * @param parent null for comments on the article itself; else the comment whose replies are asked for
     * @throws dev.parley.platform.InvalidInput if the cursor is of another listing
     */
    @Transactional
    public ThreadView page(
            ArticleView article, ThreadSort sort, int limit, @Nullable String cursor, @Nullable UUID parent) {
        var tenant = context.current();
        var listing = listing(article, sort, parent);
        var after = cursor == null ? null : ThreadPlace.parse(cursors.read(listing, cursor));
        var rows =
                parent == null
                        ? comments.roots(tenant, article.id(), sort, after, limit + 1)
                        : comments.replies(tenant, article.id(), parent, after == null ? null : after.id(), limit + 1);
        var page = rows.subList(0, Math.min(limit, rows.size()));
        var next = rows.size() > limit ? cursors.write(listing, place(page.getLast())) : null;
        return new ThreadView(summary(article), article.commentCount(), withReplies(article, page), next);
    }

    /**
     * One comment in its place: what it answers, up to the comment on the article itself, and the answers to each.
     *
     * @return empty if readers see nothing of that comment under that article
     */
    @Transactional
    public Optional<ThreadView> around(ArticleView article, UUID comment) {
        var path = path(article, comment);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var children = children(path);
        for (int i = 1; i < path.size(); i++) {
            var row = path.get(i);
            var siblings = children.computeIfAbsent(path.get(i - 1).id(), _ -> new ArrayList<>());
            if (siblings.stream().noneMatch(sibling -> sibling.id().equals(row.id()))) {
                siblings.add(row); // behind the first ones, where it belongs: replies are oldest first
            }
        }
        var items = views(article, path.subList(0, 1), children);
        return Optional.of(new ThreadView(summary(article), article.commentCount(), items, null));
    }

    /** From the comment on the article down to that one; empty if it is not shown. */
    private List<ThreadRow> path(ArticleView article, UUID comment) {
        var path = new LinkedList<ThreadRow>();
        UUID next = comment;
        while (next != null) {
            var row = comments.shown(context.current(), article.id(), next);
            if (row.isEmpty()) {
                return List.of();
            }
            path.addFirst(row.get());
            next = row.get().parentId();
        }
        return path;
    }

    /** The newest visible comments of a site. */
    @Transactional
    public RecentView recent(SiteView site, int limit) {
        Map<UUID, ThreadArticle> known = new HashMap<>();
        var items =
                comments.recent(context.current(), site.id(), limit).stream()
                        .map(row -> {
                            var article = known.computeIfAbsent(row.articleId(), id -> summary(articles.byId(id)));
                            return new RecentView.Item(article, CommentView.of(row, Replies.NONE));
                        })
                        .toList();
        return new RecentView(items);
    }

    /** The newest visible comments of an article, replies among them, each without its own replies. */
    @Transactional
    public List<CommentView> newest(ArticleView article, int limit) {
        return comments.newest(context.current(), article.id(), limit).stream()
                .map(row -> CommentView.of(row, Replies.NONE))
                .toList();
    }

    /** A comment of a site as readers see it, with its article; empty if they don't. */
    @Transactional
    public Optional<Shown> shown(SiteView site, UUID comment) {
        return comments.visible(context.current(), comment)
                .map(row -> new Shown(articles.byId(row.articleId()), CommentView.of(row, Replies.NONE)))
                .filter(shown -> shown.article().siteId().equals(site.id()));
    }

    /** How those of the entered tenant's comments stand that readers see or saw. */
    @Transactional
    public List<ThreadNews> news(Collection<UUID> ids) {
        return comments.news(context.current(), ids);
    }

    private List<CommentView> withReplies(ArticleView article, List<ThreadRow> rows) {
        return views(article, rows, children(rows));
    }

    /** The first replies to these comments and to those replies, all the way down, by what they answer. */
    private Map<UUID, List<ThreadRow>> children(List<ThreadRow> rows) {
        Map<UUID, List<ThreadRow>> children = new HashMap<>();
        var level = rows;
        while (!level.isEmpty()) {
            var parents = level.stream().filter(r -> r.visibleReplies() > 0).map(ThreadRow::id).toList();
            if (parents.isEmpty()) {
                break;
            }
            level = comments.firstReplies(context.current(), parents, FIRST_REPLIES);
            for (var row : level) {
                var siblings = children.computeIfAbsent(row.parentId(), _ -> new ArrayList<>());
                if (siblings.stream().noneMatch(sibling -> sibling.id().equals(row.id()))) {
                    siblings.add(row); // rows may hold a comment and what it answers
                }
            }
        }
        return children;
    }

    private List<CommentView> views(ArticleView article, List<ThreadRow> rows, Map<UUID, List<ThreadRow>> children) {
        return rows.stream()
                .map(row -> {
                    var replies = children.getOrDefault(row.id(), List.of());
                    var more =
                            row.visibleReplies() > replies.size() && !replies.isEmpty()
                                    ? cursors.write(
                                            listing(article, ThreadSort.OLDEST, row.id()),
                                            place(replies.get(Math.min(replies.size(), FIRST_REPLIES) - 1)))
                                    : null;
                    return CommentView.of(
                            row, new Replies(row.visibleReplies(), views(article, replies, children), more));
                })
                .toList();
    }

    /** Replies are always oldest first, whatever the order of the thread. */
    private String listing(ArticleView article, ThreadSort sort, @Nullable UUID parent) {
        var tenant = context.current();
        return parent == null
                ? "%s thread %s %s".formatted(tenant, article.id(), sort)
                : "%s replies %s %s".formatted(tenant, article.id(), parent);
    }

    private static String place(ThreadRow row) {
        return new ThreadPlace(row.visibleReplies(), row.id()).toString();
    }

    private static ThreadArticle summary(ArticleView article) {
        return new ThreadArticle(article.key(), article.title(), article.url(), article.open());
    }
}
