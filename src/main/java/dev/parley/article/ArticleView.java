package dev.parley.article;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An article.
 *
 * @param key the publisher's own key
 * @param provisional whether only a reader's request told of it; then its categories must not steer policy
 * @param commentCount visible comments, replies included
 * @param threadVersion grows with every visible change of the thread
 */
public record ArticleView(
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
        long threadVersion) {}
