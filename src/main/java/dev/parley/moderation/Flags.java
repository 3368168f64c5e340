package dev.parley.moderation;

import dev.parley.comment.Comments;
import dev.parley.platform.NotFound;
import dev.parley.tenant.SiteView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Readers' reports of comments. */
@ApplicationScoped
public class Flags {

    private final Comments comments;

    Flags(Comments comments) {
        this.comments = comments;
    }

    /**
     * Takes a report of a comment that readers see. A second one of the same comment from the same network within a day
     * answers alike and stores nothing more.
     *
     * @param note in the reader's words, up to 500 characters; null if they gave none
     * @return id of the report
     * @throws NotFound if the site shows no such comment
     * @throws dev.parley.platform.InvalidInput if the note is too long or holds what no text should
     * @throws dev.parley.platform.TooManyRequests if this network reported much already
     */
    @Transactional
    public UUID flag(SiteView site, UUID comment, FlagReason reason, @Nullable String note, InetAddress client) {
        var shown = comments.find(comment).filter(c -> c.siteId().equals(site.id()) && c.visibleRevision() != null);
        if (shown.isEmpty()) {
            throw new NotFound("comment");
        }
        throw new UnsupportedOperationException("Reports are not stored yet");
    }
}
