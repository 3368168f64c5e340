package dev.parley.delivery;

import dev.parley.comment.CommentHeld;
import dev.parley.comment.CommentPublished;
import dev.parley.comment.CommentRejected;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentWithdrawn;
import dev.parley.comment.Comments;
import dev.parley.delivery.Announcement.Topic;
import dev.parley.outbox.Delivery;
import dev.parley.outbox.Receiver;
import dev.parley.platform.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Passes on what readers can see of a change, once it is committed; what they can't is passed on to nobody. */
@ApplicationScoped
class ThreadReceiver implements Receiver {

    private static final Set<String> WANTED =
            Set.of(
                    CommentPublished.class.getSimpleName(),
                    CommentHeld.class.getSimpleName(),
                    CommentRejected.class.getSimpleName(),
                    CommentWithdrawn.class.getSimpleName());

    private final Comments comments;
    private final Announcer announcer;
    private final AfterCommit afterCommit;

    ThreadReceiver(Comments comments, Announcer announcer, AfterCommit afterCommit) {
        this.comments = comments;
        this.announcer = announcer;
        this.afterCommit = afterCommit;
    }

    @Override
    public boolean wants(String type) {
        return WANTED.contains(type);
    }

    @Override
    public void receive(List<Delivery> deliveries) {
        var all = comments.all(deliveries.stream().map(Delivery::subject).toList());
        for (var delivery : deliveries) {
            var comment = all.get(delivery.subject());
            if (comment != null && concernsReaders(delivery.type(), comment)) {
                var news = new Announcement(Topic.THREAD, delivery.tenant(), comment.id());
                afterCommit.run(news, () -> announcer.add(news));
            }
        }
    }

    /** An edit that is held leaves the old text where it was, unless the tenant wants it hidden. */
    private static boolean concernsReaders(String type, CommentState comment) {
        boolean held = type.equals(CommentHeld.class.getSimpleName());
        return comment.wasShown() && !(held && comment.visibleRevision() != null);
    }
}
