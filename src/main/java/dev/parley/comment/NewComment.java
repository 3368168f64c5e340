package dev.parley.comment;

import dev.parley.article.ArticleView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A comment to be stored, judged already.
 *
 * @param network the sender's network cut to /24 or /48, in CIDR notation; null if unknown
 * @param textHash hash of the normalised text; null if it is too short to tell a repeat
 * @param statementId the statement of reasons, written by the same transaction; null if nothing was restricted
 */
public record NewComment(
        UUID id,
        ArticleView article,
        @Nullable CommentState parent,
        UUID commenterId,
        String name,
        CommentStatus status,
        boolean spam,
        @Nullable UUID statementId,
        @Nullable String network,
        @Nullable Long textHash,
        RevisionText revision) {}
