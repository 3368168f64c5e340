package dev.parley.reader;

import dev.parley.comment.Commenters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Whether commenters want mails. */
@ApplicationScoped
public class Preferences {

    private final Commenters commenters;

    Preferences(Commenters commenters) {
        this.commenters = commenters;
    }

    /** The preference of a commenter, or of whom they were merged into; unknown and erased ones want nothing. */
    @Transactional
    public Preference of(UUID commenter) {
        return commenters
                .find(commenter)
                .filter(c -> !c.erased())
                .map(c -> new Preference(c.verified(), c.mails()))
                .orElse(Preference.NONE);
    }

    /** Switches mails on or off. */
    @Transactional
    public void change(UUID commenter, boolean mails) {
        commenters.switchMails(commenter, mails);
    }
}
