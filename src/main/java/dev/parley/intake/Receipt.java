package dev.parley.intake;

import dev.parley.comment.CommentStatus;
import dev.parley.comment.CommentView;
import dev.parley.moderation.PublicReason;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the commenter gets back.
 *
 * @param reasons in plain words, why a comment is held or was rejected
 * @param masked true if addresses or phone numbers in the text were replaced; else missing
 * @param editToken entitles to edit and withdraw within the tenant's window
 * @param readerToken entitles later submissions at the same address to the same public id
 * @param comment as readers see it, or would
 */
public record Receipt(
        UUID id,
        CommentStatus status,
        List<PublicReason> reasons,
        @Nullable Boolean masked,
        String editToken,
        String readerToken,
        CommentView comment) {

    @Override
    public String toString() {
        return "Receipt[" + id + ", " + status + "]"; // the tokens are secrets
    }
}
