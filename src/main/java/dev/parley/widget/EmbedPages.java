package dev.parley.widget;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.Avatars;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentView;
import dev.parley.comment.Comments;
import dev.parley.comment.ThreadSort;
import dev.parley.comment.ThreadView;
import dev.parley.comment.Threads;
import dev.parley.intake.Receipt;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.policy.Mode;
import dev.parley.policy.Policies;
import dev.parley.tenant.Settings;
import dev.parley.widget.EmbedPage.ShownThread;
import dev.parley.widget.EmbedPage.Sort;
import dev.parley.widget.ReplyForm.ReplyTo;
import dev.parley.widget.ShownComment.Author;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
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
    private final Frames frames;
    private final FormTickets tickets;
    private final Json json;
    private final Clock clock;

    EmbedPages(
            Articles articles,
            Threads threads,
            Comments comments,
            Policies policies,
            Settings settings,
            Frames frames,
            FormTickets tickets,
            Json json,
            Clock clock) {
        this.articles = articles;
        this.threads = threads;
        this.comments = comments;
        this.policies = policies;
        this.settings = settings;
        this.frames = frames;
        this.tickets = tickets;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Which part of the thread is shown; all null for its first page.
     *
     * @param parent only the replies to that comment
     * @param cursor a further page
     * @param comment that comment in its place, with all of its own thread
     */
    record Part(@Nullable UUID parent, @Nullable String cursor, @Nullable UUID comment) {
        static final Part FIRST = new Part(null, null, null);

        static Part around(UUID comment) {
            return new Part(null, null, comment);
        }
    }

    /**
     * The forms of a page.
     *
     * @param reply shown unless the article takes no comments
     */
    record Forms(ReplyForm reply, @Nullable FlagForm flag, @Nullable EditForm edit) {}

    /** The comment that is answered, if it can be. */
    Optional<ReplyTo> replyTo(Visit visit, @Nullable UUID id) {
        return shown(visit, id)
                .filter(c -> c.depth() < settings.current().replyDepth())
                .map(c -> new ReplyTo(c.id().toString(), c.name(), visit.links().all()));
    }

    /** The comment of this article with that id, if readers see it. */
    Optional<CommentState> shown(Visit visit, @Nullable UUID id) {
        return id == null
                ? Optional.empty()
                : comments.find(id).filter(c -> c.visibleRevision() != null).filter(c -> belongs(c, visit));
    }

    /** What the writer of a comment may still do with it; null if the time is over. */
    @Nullable Own own(Receipt receipt) {
        var until = receipt.comment().createdAt().plusSeconds(settings.current().editWindowSeconds());
        return switch (receipt.status()) {
            case PUBLISHED, HELD ->
                    clock.instant().isAfter(until)
                            ? null
                            : new Own(receipt.id().toString(), receipt.editToken(), receipt.readerToken(), until);
            case REJECTED, WITHDRAWN -> null;
        };
    }

    /** The form for a comment of one's own, with nothing in it. */
    Forms emptyForms(Visit visit) {
        return new Forms(
                ReplyForm.empty(tickets.issue(visit.site().key(), visit.article()), null, visit.links().about()),
                null,
                null);
    }

    /**
     * The page of an article, known or not.
     *
     * @param mine id of the comment that was just sent; null if none was
     */
    EmbedPage page(Visit visit, Part part, Forms forms, @Nullable Notice notice, @Nullable UUID mine) {
        var article = articles.find(visit.site(), visit.article());
        var around =
                article.flatMap(a -> part.comment() == null ? Optional.empty() : threads.around(a, part.comment()));
        boolean gone = part.comment() != null && around.isEmpty();
        var shownPart = gone ? Part.FIRST : part;
        var thread = article.map(a -> thread(visit, a, around, shownPart, mine)).orElseGet(() -> emptyThread(visit));
        var told = notice == null && gone ? Notice.gone(visit.texts().gone()) : notice;
        return new EmbedPage(
                frames.of(visit),
                visit.links().all(),
                visit.links().about(),
                told != null && thread.shows(mine) ? told.leadingTo("#c-" + mine) : told,
                article.filter(this::isClosed).isPresent() ? null : forms.reply(),
                forms.flag(),
                forms.edit(),
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

    private boolean belongs(CommentState comment, Visit visit) {
        return articles.find(visit.site(), visit.article()).filter(a -> a.id().equals(comment.articleId())).isPresent();
    }

    private boolean isClosed(ArticleView article) {
        return !article.open() || policies.forArticle(article).mode() == Mode.CLOSED;
    }

    private static ShownThread emptyThread(Visit visit) {
        return new ShownThread(
                visit.site().language(), 0, visit.texts().commentsTitle(), List.of(), List.of(), null, null, "", "");
    }

    private ShownThread thread(
            Visit visit, ArticleView article, Optional<ThreadView> around, Part part, @Nullable UUID mine) {
        var links = visit.links();
        var texts = visit.texts();
        var view =
                around.orElseGet(() -> threads.page(article, order(links.sort()), PAGE, part.cursor(), part.parent()));
        var depth = part.parent() == null ? 0 : comments.get(part.parent()).depth() + 1;
        var drawing =
                new Drawing(
                        visit,
                        article.url(),
                        isClosed(article) ? 0 : settings.current().replyDepth(),
                        mine,
                        part.comment());
        boolean all = part.equals(Part.FIRST);
        return new ShownThread(
                visit.site().language(),
                view.count(),
                heading(visit, view, part),
                List.of(
                        sort(texts.newest(), "newest", links),
                        sort(texts.oldest(), "oldest", links),
                        sort(texts.mostReplies(), "top", links)),
                drawing.all(view.items(), depth),
                all ? null : links.all(),
                view.cursor() == null ? null : links.more(view.cursor(), part.parent()),
                part.parent() == null ? texts.moreComments() : texts.moreReplies(),
                ScriptJson.safe(json.write(StructuredData.of(article, view))));
    }

    private static String heading(Visit visit, ThreadView view, Part part) {
        if (part.parent() != null) {
            return visit.texts().replies();
        }
        return part.comment() != null ? visit.texts().oneThread() : visit.comments(view.count());
    }

    private static Sort sort(String name, String order, FrameLinks links) {
        return new Sort(name, links.sorted(order), links.sort().equals(order));
    }

    /**
     * Draws comments down to the depth that the tenant lets readers reply to.
     *
     * @param page the publisher's; null if it is not known
     */
    private record Drawing(
            Visit visit, @Nullable String page, int replyDepth, @Nullable UUID mine, @Nullable UUID sought) {

        List<ShownComment> all(List<CommentView> comments, int depth) {
            return comments.stream().map(comment -> one(comment, depth)).toList();
        }

        private ShownComment one(CommentView comment, int depth) {
            var links = visit.links();
            var author = comment.author();
            var more = comment.replies().cursor();
            var parent = comment.parentId();
            return new ShownComment(
                    comment.id().toString(),
                    parent == null ? null : parent.toString(),
                    author == null ? null : new Author(author.name()),
                    author == null ? "" : Avatars.svg(author.id()),
                    comment.html() == null ? "" : comment.html(),
                    page == null ? links.comment(comment.id()) : page + "#comment-" + comment.id(),
                    comment.createdAt().toString(),
                    Visit.date(visit.language(), comment.createdAt()),
                    comment.editedAt() != null,
                    comment.id().equals(mine),
                    comment.id().equals(sought),
                    author != null && depth < replyDepth ? links.reply(comment.id()) : null,
                    author == null ? null : links.flag(comment.id()),
                    all(comment.replies().items(), depth + 1),
                    more == null ? null : links.more(more, comment.id()));
        }
    }
}
