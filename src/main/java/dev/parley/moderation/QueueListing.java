package dev.parley.moderation;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.Comments;
import dev.parley.comment.Searches;
import dev.parley.comment.Searches.FoundCommenter;
import dev.parley.identity.Members;
import dev.parley.identity.Staff;
import dev.parley.moderation.ClaimView.Colleague;
import dev.parley.moderation.Notes.NoteView;
import dev.parley.moderation.QueueItemView.ArticleHead;
import dev.parley.moderation.QueueItemView.CommentHead;
import dev.parley.moderation.QueueItemView.CommenterHead;
import dev.parley.moderation.QueueItemView.Escalation;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
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
    private final Searches searches;
    private final Claims claims;
    private final Members members;
    private final Sanctions sanctions;
    private final Notes notes;
    private final Cursors cursors;
    private final Json json;
    private final TenantContext context;

    QueueListing(
            QueueRepository repository,
            Queue queue,
            Flags flags,
            Comments comments,
            Articles articles,
            Searches searches,
            Claims claims,
            Members members,
            Sanctions sanctions,
            Notes notes,
            Cursors cursors,
            Json json,
            TenantContext context) {
        this.repository = repository;
        this.queue = queue;
        this.flags = flags;
        this.comments = comments;
        this.articles = articles;
        this.searches = searches;
        this.claims = claims;
        this.members = members;
        this.sanctions = sanctions;
        this.notes = notes;
        this.cursors = cursors;
        this.json = json;
        this.context = context;
    }

    @Transactional
    Page<QueueItemView> page(QueueFilter filter, int limit, @Nullable String cursor, Staff staff) {
        var listing = listing(filter);
        var after = cursor == null ? null : QueuePlace.parse(cursors.read(listing, cursor));
        var rows = repository.page(context.current(), filter, after, limit + 1);
        var page = rows.subList(0, Math.min(limit, rows.size()));
        var next =
                rows.size() > limit
                        ? cursors.write(
                                listing, new QueuePlace(page.getLast().risk(), page.getLast().comment()).toString())
                        : null;
        return new Page<>(views(page, staff), next);
    }

    /** These items, in this order; what is no longer in the queue is left out. */
    @Transactional
    List<QueueItemView> items(List<UUID> comments, Staff staff) {
        var found =
                repository.entries(context.current(), comments).stream()
                        .collect(toMap(QueueEntry::comment, entry -> entry));
        return views(comments.stream().map(found::get).filter(Objects::nonNull).toList(), staff);
    }

    private String listing(QueueFilter filter) {
        return "%s queue %s %s %s %s %s %s"
                .formatted(
                        context.current(),
                        filter.sites() == null ? "all" : new TreeSet<>(filter.sites()),
                        filter.reason(),
                        filter.language(),
                        filter.category(),
                        filter.escalated(),
                        filter.order());
    }

    /** Whatever belongs to the items is asked for in a few questions, not for each of them. */
    private List<QueueItemView> views(List<QueueEntry> items, Staff staff) {
        if (items.isEmpty()) {
            return List.of();
        }
        var ids = items.stream().map(QueueEntry::comment).toList();
        var flagged = items.stream().filter(QueueEntry::isFlagged).map(QueueEntry::comment).toList();
        // States before texts: a text that came between the two is decided on by nobody who has not seen it.
        var states = comments.askAll(ids);
        var texts = comments.askNewest(ids);
        var claims = this.claims.askOn(ids, staff);
        var open = queue.askFlagsOn(flagged);
        var reports = flags.askOpenOn(flagged);
        var waiting = states.get();

        var commenters = waiting.values().stream().map(CommentState::commenterId).collect(toSet());
        var about = articles.askAll(waiting.values().stream().map(CommentState::articleId).toList());
        var writers = searches.askStandings(commenters, staff.allSites() ? null : staff.sites());
        var parents =
                comments.askSaid(
                        waiting.values().stream().map(CommentState::parentId).filter(Objects::nonNull).toList());
        var banned = sanctions.standAgainst(commenters);
        var claimed = claims.get();
        var escalations = escalations(items);
        return items.stream()
                .map(item -> {
                    var comment = Objects.requireNonNull(waiting.get(item.comment()));
                    var parent = comment.parentId() == null ? null : parents.get().get(comment.parentId());
                    var written = RevisionRecord.of(Objects.requireNonNull(texts.get().get(comment.id())), json);
                    var reasons = new ArrayList<>(held(item, written.judgement().reasons()));
                    if (item.isFlagged()) {
                        reasons.add(open.get().getOrDefault(comment.id(), OpenFlags.NONE).reason());
                    }
                    return new QueueItemView(
                            head(comment, writers.get().get(comment.commenterId()), banned),
                            ArticleHead.of(Objects.requireNonNull(about.get().get(comment.articleId()))),
                            written,
                            reasons,
                            reports.get().getOrDefault(comment.id(), List.of()),
                            item.risk(),
                            item.enteredAt(),
                            parent == null ? null : new ParentHead(parent.id(), parent.name(), parent.body()),
                            claimed.get(comment.id()),
                            escalations.get(comment.id()));
                })
                .toList();
    }

    private static CommentHead head(CommentState comment, @Nullable FoundCommenter writer, Set<UUID> banned) {
        return CommentHead.of(comment)
                .by(
                        new CommenterHead(
                                comment.commenterId(),
                                comment.name(),
                                writer == null ? null : writer.proven(),
                                banned.contains(comment.commenterId()),
                                writer == null ? null : StateCounts.of(writer.counts())));
    }

    /** Who left each of these items to the admins, with what they noted then. */
    private Map<UUID, Escalation> escalations(List<QueueEntry> items) {
        var escalated = items.stream().filter(item -> item.escalatedAt() != null).toList();
        if (escalated.isEmpty()) {
            return Map.of();
        }
        var names = members.namesById();
        var noted = notes.on(escalated.stream().map(QueueEntry::comment).toList());
        return escalated.stream()
                .collect(
                        toMap(
                                QueueEntry::comment,
                                item -> escalation(item, noted.getOrDefault(item.comment(), List.of()), names)));
    }

    private static Escalation escalation(QueueEntry item, List<NoteView> noted, Map<String, String> names) {
        var by = Objects.requireNonNull(item.escalatedBy());
        var at = Objects.requireNonNull(item.escalatedAt());
        var why =
                noted.stream()
                        .filter(note -> note.member().equals(by) && !note.createdAt().isBefore(at))
                        .findFirst()
                        .map(NoteView::text)
                        .orElse(null);
        return new Escalation(new Colleague(by, names.get(by.toString())), at, why);
    }

    /**
     * Why it is held now: what policy said of it, but for what was settled since, such as a missing proof. What made
     * the policy publish is no reason to look at it.
     */
    private static List<Reason> held(QueueEntry item, List<Reason> judged) {
        return item.reasons().stream()
                .map(ReasonCode::valueOf)
                .filter(code -> code != ReasonCode.FLAGGED)
                .flatMap(code -> {
                    var said = judged.stream().filter(reason -> reason.code() == code).toList();
                    return said.isEmpty() ? Stream.of(new Reason(code, "")) : said.stream();
                })
                .toList();
    }
}
