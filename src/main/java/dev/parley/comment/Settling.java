package dev.parley.comment;

import dev.parley.article.Articles;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings the counts of parents and articles in line with the changes of one transaction: of parents at once, of
 * articles at the end, since locks go from comments upwards and to articles, always in that order.
 *
 * <p>Who changes several comments locks them first ({@link Comments#lockAllOf}), and tells of each change before making
 * the next one.
 */
public final class Settling {

    private final Comments comments;
    private final Articles articles;
    private final SortedMap<UUID, Integer> changed = new TreeMap<>();

    Settling(Comments comments, Articles articles) {
        this.comments = comments;
        this.articles = articles;
    }

    /**
     * Notes a change of one comment.
     *
     * @param before null for a new comment
     */
    public void add(@Nullable CommentState before, CommentState after) {
        comments.countForParents(before, after)
                .ifPresent(change -> changed.merge(after.articleId(), change, Integer::sum));
    }

    /** Notes that a thread looks different, with as many comments as before. */
    public void redrawn(UUID article) {
        changed.putIfAbsent(article, 0);
    }

    /** Comes last in the transaction: rows of articles are contended. */
    public void finish() {
        changed.forEach(articles::threadChanged);
    }
}
