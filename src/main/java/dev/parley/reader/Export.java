package dev.parley.reader;

import dev.parley.comment.CommentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about a commenter, in a file of their own. Names nobody else.
 *
 * @param about what is in it and what is not, in words
 */
record Export(String about, Instant exportedAt, Person commenter, List<Written> comments) {

    /**
     * @param proven when the address was proved to be theirs is not told; that it was
     */
    record Person(UUID id, String name, @Nullable String website, boolean proven, boolean mails, Instant createdAt) {}

    /**
     * One comment.
     *
     * @param reply whether it answers another comment
     */
    record Written(
            UUID id,
            String site,
            @Nullable String articleTitle,
            @Nullable String articleUrl,
            String name,
            boolean reply,
            CommentStatus status,
            Instant createdAt,
            @Nullable Instant editedAt,
            List<Version> revisions,
            List<Told> statements) {}

    /** One state of its text, and what policy decided on it. */
    record Version(
            int number, String body, String language, Instant createdAt, String decision, List<String> reasons) {}

    /** A statement of reasons. */
    record Told(int revision, CommentStatus restriction, List<String> reasons, boolean automated, Instant createdAt) {}
}
