package dev.parley.reader;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.moderation.Withdrawals;
import dev.parley.outbox.Outbox;
import dev.parley.platform.NotFound;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.ErasureLog;
import dev.parley.privacy.Forgetting;
import dev.parley.tenant.TenantContext;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Erases a person: address, name and texts go, decisions and statements stay without them. */
@ApplicationScoped
class Erasing {

    /** In no language: it stands in the database, not on a page. */
    static final String NAME = "[erased]";

    private static final Set<CommentStatus> ALL = EnumSet.allOf(CommentStatus.class);

    private final Commenters commenters;
    private final Comments comments;
    private final Withdrawals withdrawals;
    private final Addresses addresses;
    private final Links links;
    private final LinkRequests requests;
    private final List<Forgetting> others;
    private final ErasureLog erasures;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final TenantContext context;

    Erasing(
            Commenters commenters,
            Comments comments,
            Withdrawals withdrawals,
            Addresses addresses,
            Links links,
            LinkRequests requests,
            @All List<Forgetting> others,
            ErasureLog erasures,
            AuditTrail trail,
            Outbox outbox,
            TenantContext context) {
        this.commenters = commenters;
        this.comments = comments;
        this.withdrawals = withdrawals;
        this.addresses = addresses;
        this.links = links;
        this.requests = requests;
        this.others = others;
        this.erasures = erasures;
        this.trail = trail;
        this.outbox = outbox;
        this.context = context;
    }

    /**
     * Erases a commenter and all who were merged into them. The address goes wherever it is kept, also where somebody
     * else typed it. What the database can be asked for afterwards is in {@code docs/privacy.md}.
     *
     * @param actor who asks for it: themself, or the system, which repeats it after a backup was restored
     * @throws NotFound if they were erased already
     */
    @Transactional
    void erase(UUID me, Act.By actor) {
        if (commenters.lock(List.of(me)).isEmpty()) {
            throw new NotFound("link");
        }
        var merged = commenters.mergedInto(me);
        var all = new ArrayList<>(merged);
        all.add(me);

        comments.lockAllOf(List.of(me));
        var settling = comments.settling();
        var written = comments.of(me, ALL);
        for (var seen : written) {
            if (seen.status() != CommentStatus.WITHDRAWN) {
                settling.add(seen, withdrawals.withdraw(seen));
            }
        }
        var ids = written.stream().map(CommentState::id).toList();
        commenters.forget(all, NAME);
        all.forEach(one -> erasures.addCommenter(context.current(), one.toString()));
        var entry =
                trail.addAtOnce(
                        context.current(),
                        new Act(
                                actor,
                                Action.COMMENTER_ERASED,
                                "commenter",
                                me.toString(),
                                Map.of("merged", merged, "comments", ids.size())));
        outbox.add(context.current(), new CommenterErased(me, merged, ids, 2L + merged.size()));
        comments.forget(me, NAME, entry);
        forgetAddress(me, all, actor);
        others.forEach(other -> other.forget(new Erasure(List.copyOf(all), ids)));
        settling.finish();
    }

    private void forgetAddress(UUID me, List<UUID> all, Act.By actor) {
        Set<UUID> linked = new LinkedHashSet<>(all);
        if (addresses.has(me)) {
            var lookup = addresses.lookupOf(me);
            requests.forget(lookup);
            linked.addAll(addresses.eraseEverywhere(lookup, actor));
        }
        links.delete(linked);
    }
}
