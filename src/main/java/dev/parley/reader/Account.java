package dev.parley.reader;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.comment.RevisionView;
import dev.parley.moderation.Statements;
import dev.parley.moderation.Statements.StatementView;
import dev.parley.moderation.Withdrawals;
import dev.parley.platform.Cursors;
import dev.parley.platform.NotFound;
import dev.parley.platform.Page;
import dev.parley.privacy.Addresses;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody who proved their address sees and does about themself. */
@ApplicationScoped
class Account {

    /**
     * One comment of theirs, with the statement of why it is restricted now.
     *
     * @param statement null if it is not restricted
     */
    record Mine(CommentState comment, ArticleView article, String text, @Nullable StatementView statement) {}

    private static final int PAGE = 20;
    private static final Set<CommentStatus> RESTRICTED = Set.of(CommentStatus.HELD, CommentStatus.REJECTED);

    private final Commenters commenters;
    private final Comments comments;
    private final Articles articles;
    private final Statements statements;
    private final Withdrawals withdrawals;
    private final Addresses addresses;
    private final Cursors cursors;
    private final TenantContext context;

    Account(
            Commenters commenters,
            Comments comments,
            Articles articles,
            Statements statements,
            Withdrawals withdrawals,
            Addresses addresses,
            Cursors cursors,
            TenantContext context) {
        this.commenters = commenters;
        this.comments = comments;
        this.articles = articles;
        this.statements = statements;
        this.withdrawals = withdrawals;
        this.addresses = addresses;
        this.cursors = cursors;
        this.context = context;
    }

    /**
     * A page of all that they wrote, newest first, whatever its state.
     *
     * @throws dev.parley.platform.InvalidInput if the cursor is of another listing
     */
    @Transactional
    Page<Mine> comments(LinkView link, @Nullable String cursor) {
        var listing = "%s reader %s".formatted(context.current(), link.commenter());
        var before = cursor == null ? null : UUID.fromString(cursors.read(listing, cursor));
        var rows = comments.page(link.commenter(), before, PAGE + 1);
        var page = rows.subList(0, Math.min(PAGE, rows.size()));
        var ids = page.stream().map(CommentState::id).toList();
        var texts = comments.revisions(ids);
        var told = statements.about(ids);
        Map<UUID, ArticleView> known = new HashMap<>();
        var items =
                page.stream()
                        .map(c ->
                                new Mine(
                                        c,
                                        known.computeIfAbsent(c.articleId(), articles::byId),
                                        newest(texts.getOrDefault(c.id(), List.of())),
                                        current(c, told.getOrDefault(c.id(), List.of()))))
                        .toList();
        return new Page<>(items, rows.size() > PAGE ? cursors.write(listing, page.getLast().id().toString()) : null);
    }

    /**
     * Takes a comment back, at any time. Doing it twice does nothing more.
     *
     * @throws NotFound if it is not one of theirs
     */
    @Transactional
    void withdraw(LinkView link, UUID id) {
        var present =
                comments.find(id)
                        .filter(c -> c.commenterId().equals(link.commenter()))
                        .flatMap(c -> comments.lock(c.id()))
                        .orElseThrow(() -> new NotFound("comment"));
        if (present.status() != CommentStatus.WITHDRAWN) {
            comments.settle(present, withdrawals.withdraw(present));
        }
    }

    /** Switches their mails on or off. */
    @Transactional
    void switchMails(LinkView link, boolean on) {
        var me = List.of(link.commenter());
        commenters.lock(me);
        commenters.switchMails(me, on);
    }

    /** Switches mails off for all who wrote at the address to which the link was mailed. */
    @Transactional
    void unsubscribe(LinkView link) {
        Set<UUID> all = new LinkedHashSet<>(List.of(link.commenter()));
        all.addAll(addresses.sameAddress(link.commenter()));
        commenters.lock(all);
        commenters.switchMails(all, false);
    }

    private static String newest(List<RevisionView> revisions) {
        return revisions.isEmpty() ? "" : revisions.getLast().body();
    }

    private static @Nullable StatementView current(CommentState comment, List<StatementView> all) {
        return all.isEmpty() || !RESTRICTED.contains(comment.status()) ? null : all.getLast();
    }
}
