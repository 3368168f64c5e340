package dev.parley.article;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.LastKnown;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.TenantContext;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Articles as readers ask for them, in memory: however many read a thread, the database is asked for its article twice
 * a second. What this replica changes is forgotten as soon as that is committed; what another one changes is seen
 * {@link #KEPT} later at most, whether or not the replicas can hear each other. While the database is away, what was
 * known of an article is shown for up to {@link LastKnown#LONGEST}.
 */
@ApplicationScoped
public class HotArticles {

    /** With the second that browsers keep an answer, a rejected comment is gone everywhere within two. */
    static final Duration KEPT = Duration.ofMillis(500);

    private record Place(String tenant, UUID site, String key) {}

    private final Articles articles;
    private final TenantContext context;

    /** An article's place never changes. */
    private final Cache<Place, UUID> ids = Caffeine.newBuilder().maximumSize(50_000).build();

    private final LastKnown<Owned, ArticleView> views;

    private record Owned(String tenant, UUID article) {}

    HotArticles(Articles articles, TenantContext context, MeterRegistry registry) {
        this.articles = articles;
        this.context = context;
        this.views = new LastKnown<>("articles", 20_000, KEPT, LastKnown.LONGEST, registry);
    }

    /** The article of a site with the publisher's key, if it is known. */
    public Optional<ArticleView> find(SiteView site, String key) {
        var id = ids.getIfPresent(place(site, key));
        if (id != null) {
            return Optional.ofNullable(views.get(owned(id), this::read));
        }
        var found = articles.find(site, key);
        found.ifPresent(article -> ids.put(place(site, key), article.id()));
        return found;
    }

    /** A tenant's article by memory alone, which never waits; empty if that does not know its state of now. */
    public Optional<ArticleView> inMemory(String tenant, UUID id) {
        return views.fresh(new Owned(tenant, id));
    }

    /** Visible comments of those articles of a site that are known; 0 for the others. */
    public Map<String, Integer> counts(SiteView site, Collection<String> keys) {
        var counts = new TreeMap<String, Integer>();
        List<String> missing = new ArrayList<>();
        for (var key : keys) {
            var id = ids.getIfPresent(place(site, key));
            var view = Optional.ofNullable(id).flatMap(known -> views.fresh(owned(known)));
            if (view.isEmpty()) {
                articles.mustBeKey(key);
                missing.add(key);
            }
            counts.put(key, view.map(ArticleView::commentCount).orElse(0));
        }
        if (!missing.isEmpty()) {
            for (var article : articles.ofKeys(site, missing)) {
                counts.put(article.key(), article.commentCount());
                ids.put(place(site, article.key()), article.id());
                views.put(owned(article.id()), article);
            }
        }
        return counts;
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) ArticleTouched touched) {
        views.outdate(owned(touched.article()));
    }

    private ArticleView read(Owned owned) {
        return context.call(owned.tenant(), () -> articles.byId(owned.article()));
    }

    private Owned owned(UUID article) {
        return new Owned(context.current(), article);
    }

    private Place place(SiteView site, String key) {
        return new Place(context.current(), site.id(), key);
    }
}
