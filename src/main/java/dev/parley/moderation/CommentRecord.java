package dev.parley.moderation;

import dev.parley.moderation.Notes.NoteView;
import dev.parley.moderation.QueueItemView.ArticleHead;
import dev.parley.moderation.QueueItemView.CommentHead;
import dev.parley.moderation.Statements.StatementView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that staff may know of a comment.
 *
 * @param visibleRevision the revision that readers see; null if none
 * @param flags readers' reports, decided ones included, newest first, at most 50
 * @param queue its entry in the queue; null if it does not wait
 */
public record CommentRecord(
        CommentHead comment,
        ArticleHead article,
        @Nullable UUID parentId,
        @Nullable Integer visibleRevision,
        List<RevisionRecord> revisions,
        List<StatementView> statements,
        List<FlagView> flags,
        List<NoteView> notes,
        @Nullable QueueItemView queue) {}
