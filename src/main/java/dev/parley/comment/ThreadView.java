package dev.parley.comment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the comments under an article.
 *
 * @param count all visible comments, replies included
 */
public record ThreadView(ThreadArticle article, int count, List<CommentView> items, @Nullable String cursor) {

    /** The article as readers get it. */
    public record ThreadArticle(String key, @Nullable String title, @Nullable String url, boolean open) {}
}
