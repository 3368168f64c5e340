package dev.parley.reader;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.comment.RevisionView;
import dev.parley.moderation.Judgement;
import dev.parley.moderation.PublicReason;
import dev.parley.moderation.Statements;
import dev.parley.moderation.Statements.StatementView;
import dev.parley.platform.Json;
import dev.parley.tenant.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts together what is kept about a commenter (GDPR articles 15 and 20). */
@ApplicationScoped
class Exports {

    private static final int BATCH = 500;

    private static final String ABOUT =
            "Everything that you wrote here, each version of it, what was decided about it and why. Your email address"
                    + " is not in this file: it is kept sealed, to be used for mails to you only. Reports by other"
                    + " readers and the names of other people are not in it either.";

    private final Commenters commenters;
    private final Comments comments;
    private final Articles articles;
    private final Sites sites;
    private final Statements statements;
    private final Json json;
    private final Clock clock;

    Exports(
            Commenters commenters,
            Comments comments,
            Articles articles,
            Sites sites,
            Statements statements,
            Json json,
            Clock clock) {
        this.commenters = commenters;
        this.comments = comments;
        this.articles = articles;
        this.sites = sites;
        this.statements = statements;
        this.json = json;
        this.clock = clock;
    }

    /** The file of the link's commenter. */
    @Transactional
    Export of(LinkView link) {
        var c = commenters.get(link.commenter());
        var person = new Export.Person(c.id(), c.name(), c.website(), c.verified(), c.mails(), c.createdAt());
        Map<UUID, ArticleView> knownArticles = new HashMap<>();
        Map<UUID, String> knownSites = new HashMap<>();
        List<Export.Written> all = new ArrayList<>();
        var batch = comments.page(c.id(), null, BATCH);
        while (!batch.isEmpty()) {
            var ids = batch.stream().map(CommentState::id).toList();
            var revisions = comments.revisions(ids);
            var told = statements.about(ids);
            for (var comment : batch) {
                all.add(
                        written(
                                comment,
                                knownSites.computeIfAbsent(comment.siteId(), id -> sites.byId(id).name()),
                                knownArticles.computeIfAbsent(comment.articleId(), articles::byId),
                                revisions.getOrDefault(comment.id(), List.of()),
                                told.getOrDefault(comment.id(), List.of())));
            }
            batch = comments.page(c.id(), batch.getLast().id(), BATCH);
        }
        return new Export(ABOUT, clock.instant(), person, all);
    }

    private Export.Written written(
            CommentState comment,
            String site,
            ArticleView article,
            List<RevisionView> revisions,
            List<StatementView> told) {
        return new Export.Written(
                comment.id(),
                site,
                article.title(),
                article.url(),
                comment.name(),
                comment.parentId() != null,
                comment.status(),
                comment.createdAt(),
                comment.editedAt(),
                revisions.stream().map(this::version).toList(),
                told.stream()
                        .map(s ->
                                new Export.Told(
                                        s.revision(),
                                        s.restriction(),
                                        s.reasons().stream().map(PublicReason::text).toList(),
                                        s.automated(),
                                        s.createdAt()))
                        .toList());
    }

    private Export.Version version(RevisionView revision) {
        var judgement = json.read(revision.decision(), Judgement.class);
        return new Export.Version(
                revision.number(),
                revision.body(),
                revision.language(),
                revision.createdAt(),
                inWords(judgement.outcome()),
                PublicReason.of(judgement.reasons()).stream().map(PublicReason::text).toList());
    }

    private static String inWords(String outcome) {
        return switch (outcome) {
            case "PUBLISH" -> "Published at once.";
            case "HOLD" -> "Held, so that a person decides.";
            case "REJECT" -> "Not published; decided automatically.";
            default -> throw new IllegalStateException("No outcome of a policy: " + outcome);
        };
    }
}
