package dev.parley.moderation;

import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.Comments;
import dev.parley.moderation.QueueItemView.ArticleHead;
import dev.parley.moderation.QueueItemView.CommentHead;
import dev.parley.moderation.QueueItemView.ParentHead;
import dev.parley.platform.Cursors;
import dev.parley.platform.Json;
import dev.parley.platform.Page;
import dev.parley.policy.Reason;
import dev.parley.policy.ReasonCode;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue as moderators read it. */
@ApplicationScoped
class QueueListing {

    private final QueueRepository repository;
    private final Queue queue;
    private final Flags flags;
    private final Comments comments;
    private final Articles articles;
    private final Cursors cursors;
    private final Json json;
    private final TenantContext context;

    QueueListing(
            QueueRepository repository,
            Queue queue,
            Flags flags,
            Comments comments,
            Articles articles,
            Cursors cursors,
            Json json,
            TenantContext context) {
        this.repository = repository;
        this.queue = queue;
        this.flags = flags;
        this.comments = comments;
        this.articles = articles;
        this.cursors = cursors;
        this.json = json;
        this.context = context;
    }

    @Transactional
    Page<QueueItemView> page(QueueFilter filter, int limit, @Nullable String cursor) {
        var listing = listing(filter);
        var after = cursor == null ? null : QueuePlace.parse(cursors.read(listing, cursor));
        var rows = repository.page(context.current(), filter, after, limit + 1);
        var page = rows.subList(0, Math.min(limit, rows.size()));
        var next =
                rows.size() > limit
                        ? cursors.write(
                                listing, new QueuePlace(page.getLast().risk, page.getLast().commentId).toString())
                        : null;
        return new Page<>(page.stream().map(this::view).toList(), next);
    }

    private String listing(QueueFilter filter) {
        return "%s queue %s %s %s %s"
                .formatted(
                        context.current(),
                        filter.sites() == null ? "all" : new TreeSet<>(filter.sites()),
                        filter.reason(),
                        filter.language(),
                        filter.order());
    }

    private QueueItemView view(QueueItem item) {
        var comment = comments.get(item.commentId);
        var written = RevisionRecord.of(comments.revision(comment.id(), comment.revision()), json);
        boolean flagged = List.of(item.reasons).contains(ReasonCode.FLAGGED.name());
        var reasons = new ArrayList<>(held(item, written.judgement().reasons()));
        if (flagged) {
            reasons.add(queue.flagsOn(comment.id()).reason());
        }
        return new QueueItemView(
                CommentHead.of(comment),
                ArticleHead.of(articles.byId(comment.articleId())),
                written,
                reasons,
                flagged ? flags.of(comment.id(), true) : List.of(),
                item.risk,
                item.enteredAt,
                parent(comment));
    }

    /**
     * Why it is held now: what policy said of it, but for what was settled since, such as a missing proof. What made
     * the policy publish is no reason to look at it.
     */
    private static List<Reason> held(QueueItem item, List<Reason> judged) {
        return Arrays.stream(item.reasons)
                .map(ReasonCode::valueOf)
                .filter(code -> code != ReasonCode.FLAGGED)
                .flatMap(code -> {
                    var said = judged.stream().filter(reason -> reason.code() == code).toList();
                    return said.isEmpty() ? Stream.of(new Reason(code, "")) : said.stream();
                })
                .toList();
    }

    private @Nullable ParentHead parent(CommentState comment) {
        if (comment.parentId() == null) {
            return null;
        }
        var parent = comments.get(comment.parentId());
        var body = comments.revision(parent.id(), parent.revision()).body();
        return new ParentHead(parent.id(), parent.name(), body);
    }
}
