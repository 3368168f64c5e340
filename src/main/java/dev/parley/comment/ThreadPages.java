package dev.parley.comment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.article.ArticleView;
import dev.parley.platform.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pages of threads in memory, written once for each state of a thread. The article is part of what they are kept by,
 * and with it the version of its thread: a page of an older state is never found again, and goes since nobody asks.
 * Many who ask for the same page at once wait for one of them to read it.
 */
@ApplicationScoped
class ThreadPages {

    /** Some 2,000 first pages of 50 comments. */
    private static final int MOST_BYTES = 48 << 20;

    /** What was erased does not stay in memory for longer, though nobody could ask for it. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Under posting most pages are of states that are over. */
    private static final Duration UNASKED = Duration.ofMinutes(1);

    private record Asked(
            ArticleView article, ThreadSort sort, int limit, @Nullable String cursor, @Nullable UUID parent) {}

    private final Threads threads;
    private final Json json;
    private final Cache<Asked, ThreadPage> pages =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_BYTES)
                    .weigher((Asked asked, ThreadPage page) -> page.json().length + page.gzipped().length + 500)
                    .expireAfterWrite(LONGEST)
                    .expireAfterAccess(UNASKED)
                    .recordStats()
                    .build();

    ThreadPages(Threads threads, Json json, MeterRegistry registry) {
        this.threads = threads;
        this.json = json;
        CaffeineCacheMetrics.monitor(registry, pages, "threads");
    }

    /**
     * A page of a thread, of the state that the article was read in or a later one; see {@link Threads#page}.
     *
     * @throws dev.parley.platform.InvalidInput if the cursor is of another listing
     */
    ThreadPage get(ArticleView article, ThreadSort sort, int limit, @Nullable String cursor, @Nullable UUID parent) {
        return pages.get(
                new Asked(article, sort, limit, cursor, parent),
                _ -> ThreadPage.of(json.write(threads.page(article, sort, limit, cursor, parent))));
    }
}
