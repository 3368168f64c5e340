package dev.parley.widget;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentView;
import dev.parley.comment.Comments;
import dev.parley.comment.ThreadSort;
import dev.parley.comment.Threads;
import dev.parley.platform.InvalidInput;
import dev.parley.policy.Mode;
import dev.parley.policy.Policies;
import dev.parley.tenant.Settings;
import dev.parley.tenant.SiteView;
import dev.parley.widget.EmbedPage.ShownThread;
import dev.parley.widget.EmbedPage.Sort;
import dev.parley.widget.ReplyForm.ReplyTo;
import dev.parley.widget.ShownComment.Author;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the framed page together from what the services say. */
@ApplicationScoped
class EmbedPages {

    private static final int PAGE = 25;

    private final Articles articles;
    private final Threads threads;
    private final Comments comments;
    private final Policies policies;
    private final Settings settings;
    private final Stylesheet stylesheet;

    EmbedPages(
            Articles articles,
            Threads threads,
            Comments comments,
            Policies policies,
            Settings settings,
            Stylesheet stylesheet) {
        this.articles = articles;
        this.threads = threads;
        this.comments = comments;
        this.policies = policies;
        this.settings = settings;
        this.stylesheet = stylesheet;
    }

    /** The comment that is answered, if it can be. */
    Optional<ReplyTo> replyTo(SiteView site, String article, @Nullable UUID id, FrameLinks links) {
        return id == null
                ? Optional.empty()
                : comments.find(id)
                        .filter(c -> c.visibleRevision() != null && c.depth() < settings.current().replyDepth())
                        .filter(c -> belongs(c, site, article))
                        .map(c -> new ReplyTo(id.toString(), c.name(), links.all()));
    }

    /**
     * The page of an article, known or not.
     *
     * @param form shown unless the article takes no comments
     * @param mine id of the comment that was just sent; null if none was
     */
    EmbedPage page(
            SiteView site,
            String key,
            FrameLinks links,
            @Nullable UUID parent,
            @Nullable String cursor,
            ReplyForm form,
            @Nullable Notice notice,
            @Nullable UUID mine) {
        var article = articles.find(site, key);
        var thread =
                article.map(a -> thread(a, links, parent, cursor, mine))
                        .orElseGet(() -> new ShownThread(0, List.of(), List.of(), null, null));
        return new EmbedPage(
                stylesheet.path(),
                site.language(),
                links.path(),
                notice == null || thread.shows(mine) ? notice : notice.withoutAnchor(),
                article.filter(this::isClosed).isPresent() ? null : form,
                thread);
    }

    /** The order of that name. */
    static ThreadSort order(String name) {
        return switch (name) {
            case "newest" -> ThreadSort.NEWEST;
            case "oldest" -> ThreadSort.OLDEST;
            case "top" -> ThreadSort.TOP;
            default -> throw new InvalidInput("sort", "must be newest, oldest or top");
        };
    }

    private boolean belongs(CommentState comment, SiteView site, String article) {
        return articles.find(site, article).filter(a -> a.id().equals(comment.articleId())).isPresent();
    }

    private boolean isClosed(ArticleView article) {
        return !article.open() || policies.forArticle(article).mode() == Mode.CLOSED;
    }

    private ShownThread thread(
            ArticleView article,
            FrameLinks links,
            @Nullable UUID parent,
            @Nullable String cursor,
            @Nullable UUID mine) {
        var view = threads.page(article, order(links.sort()), PAGE, cursor, parent);
        var depth = parent == null ? 0 : comments.get(parent).depth() + 1;
        var drawing = new Drawing(links, isClosed(article) ? 0 : settings.current().replyDepth(), mine);
        return new ShownThread(
                view.count(),
                List.of(
                        sort("Newest", "newest", links),
                        sort("Oldest", "oldest", links),
                        sort("Most replies", "top", links)),
                drawing.all(view.items(), depth),
                parent == null && cursor == null ? null : links.all(),
                view.cursor() == null ? null : links.more(view.cursor(), parent));
    }

    private static Sort sort(String name, String order, FrameLinks links) {
        return new Sort(name, links.sorted(order), links.sort().equals(order));
    }

    /** Draws comments down to the depth that the tenant lets readers reply to. */
    private record Drawing(FrameLinks links, int replyDepth, @Nullable UUID mine) {

        List<ShownComment> all(List<CommentView> comments, int depth) {
            return comments.stream().map(comment -> one(comment, depth)).toList();
        }

        private ShownComment one(CommentView comment, int depth) {
            var author = comment.author();
            var more = comment.replies().cursor();
            return new ShownComment(
                    comment.id().toString(),
                    author == null ? null : new Author(author.id().toString(), author.name()),
                    comment.html() == null ? "" : comment.html(),
                    comment.createdAt(),
                    comment.editedAt() != null,
                    comment.id().equals(mine),
                    author != null && depth < replyDepth ? links.reply(comment.id()) : null,
                    all(comment.replies().items(), depth + 1),
                    more == null ? null : links.more(more, comment.id()));
        }
    }
}
