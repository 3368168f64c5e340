package dev.parley.article;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An article in the list of staff: as {@link ArticleView}, and how much was written under it.
 *
 * @param comments all comments, whatever became of them
 * @param pending those that wait for a moderator
 */
public record ArticleItem(
        UUID id,
        UUID siteId,
        String key,
        @Nullable String url,
        @Nullable String title,
        List<String> authors,
        List<String> categories,
        @Nullable Instant publishedAt,
        boolean provisional,
        boolean open,
        int commentCount,
        long threadVersion,
        long comments,
        long pending) {

    static ArticleItem of(ArticleView article, long comments, long pending) {
        return new ArticleItem(
                article.id(),
                article.siteId(),
                article.key(),
                article.url(),
                article.title(),
                article.authors(),
                article.categories(),
                article.publishedAt(),
                article.provisional(),
                article.open(),
                article.commentCount(),
                article.threadVersion(),
                comments,
                pending);
    }
}
