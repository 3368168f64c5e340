package dev.parley.reader;

import dev.parley.article.Articles;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.CommenterView;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.moderation.Releases;
import dev.parley.outbox.Outbox;
import dev.parley.privacy.Addresses;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proves that an address is somebody's, and makes commenters who wrote at it one. Whoever holds a link has read a mail
 * to the address; which of those who typed it they were, only they can say.
 */
@ApplicationScoped
class Proofs {

    /** What somebody wrote who typed this address and has not proved it. */
    record Written(UUID commenter, String name, boolean linked, List<Piece> pieces, long more) {}

    /** One comment, cut short. */
    record Piece(String text, @Nullable String title, @Nullable String url, Instant createdAt) {}

    /**
     * What a proof brought about.
     *
     * @param published comments that had waited for nothing else
     */
    record Proven(UUID survivor, int published) {}

    private static final int MOST_COMMENTERS = 50;
    private static final int MOST_PIECES = 3;
    private static final int LONGEST_PIECE = 280;

    private final Commenters commenters;
    private final Comments comments;
    private final Articles articles;
    private final Addresses addresses;
    private final Releases releases;
    private final Links links;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final TenantContext context;

    Proofs(
            Commenters commenters,
            Comments comments,
            Articles articles,
            Addresses addresses,
            Releases releases,
            Links links,
            AuditTrail trail,
            Outbox outbox,
            TenantContext context) {
        this.commenters = commenters;
        this.comments = comments;
        this.articles = articles;
        this.addresses = addresses;
        this.releases = releases;
        this.links = links;
        this.trail = trail;
        this.outbox = outbox;
        this.context = context;
    }

    /**
     * What was written at the link's address by those who have not proved it: the link's own first, then the newest.
     */
    @Transactional
    List<Written> unproven(LinkView link) {
        if (!addresses.has(link.commenter())) {
            return List.of();
        }
        return addresses.commentersAt(addresses.lookupOf(link.commenter())).stream()
                .flatMap(id -> commenters.find(id).stream())
                .filter(c -> !c.verified() && !c.erased())
                .sorted(
                        Comparator.comparing((CommenterView c) -> !c.id().equals(link.commenter()))
                                .thenComparing(CommenterView::createdAt, Comparator.reverseOrder()))
                .limit(MOST_COMMENTERS)
                .map(c -> written(c, c.id().equals(link.commenter())))
                .toList();
    }

    /**
     * Proves the link's address and makes the ticked commenters one: with the one who proved it before, else with the
     * link's own, else with the first of them. Ids that are not of unproven commenters at this address are ignored: a
     * second click does nothing more.
     *
     * @return empty, and nothing was done, if nobody was ticked and nobody had proved the address
     */
    @Transactional
    Optional<Proven> prove(LinkView link, Set<UUID> ticked) {
        var at = commenters.lock(addresses.commentersAt(addresses.lookupOf(link.commenter())));
        var mine = at.stream().filter(c -> !c.verified() && ticked.contains(c.id())).toList();
        var before = at.stream().filter(CommenterView::verified).findFirst();
        var survivor = before.or(() -> first(link, mine)).map(CommenterView::id).orElse(null);
        if (survivor == null) {
            return Optional.empty();
        }
        var actor = new Act.By("reader", survivor.toString());
        var merged = mine.stream().map(CommenterView::id).filter(id -> !id.equals(survivor)).toList();
        var settling = comments.settling();
        if (before.isEmpty()) {
            commenters.prove(survivor);
            note(actor, Action.ADDRESS_PROVEN, survivor, Map.of());
        }
        if (!merged.isEmpty()) {
            commenters.merge(survivor, merged);
            merged.forEach(id -> addresses.erase(id, actor));
            note(actor, Action.COMMENTERS_MERGED, survivor, Map.of("merged", merged));
        }
        if (before.isEmpty() || !merged.isEmpty()) {
            var version = 1L + commenters.mergedInto(survivor).size();
            outbox.add(context.current(), new CommenterProven(survivor, merged, version));
        }
        if (!link.commenter().equals(survivor) && !merged.contains(link.commenter())) {
            links.point(link.id(), survivor);
        }
        // Comments last, and articles after them: that is where others wait.
        comments.lockAllOf(mine.stream().map(CommenterView::id).toList());
        if (!merged.isEmpty()) {
            comments.adopt(survivor, merged).forEach(settling::redrawn);
        }
        int published = releases.release(survivor, settling);
        settling.finish();
        return Optional.of(new Proven(survivor, published));
    }

    private static Optional<CommenterView> first(LinkView link, List<CommenterView> mine) {
        return mine.stream()
                .filter(c -> c.id().equals(link.commenter()))
                .findFirst()
                .or(() -> mine.stream().findFirst());
    }

    private void note(Act.By actor, Action action, UUID commenter, Map<String, Object> detail) {
        trail.add(context.current(), new Act(actor, action, "commenter", commenter.toString(), detail));
    }

    private Written written(CommenterView commenter, boolean linked) {
        var newest = comments.of(commenter.id(), MOST_PIECES);
        var pieces =
                newest.stream()
                        .map(c -> {
                            var article = articles.byId(c.articleId());
                            var text = comments.revision(c.id(), c.revision()).body();
                            return new Piece(cut(text), article.title(), article.url(), c.createdAt());
                        })
                        .toList();
        var more = comments.countOf(commenter.id()) - pieces.size();
        return new Written(commenter.id(), commenter.name(), linked, pieces, more);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_PIECE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_PIECE)) + "…";
    }
}
