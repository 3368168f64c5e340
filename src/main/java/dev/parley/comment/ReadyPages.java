package dev.parley.comment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.article.ArticleView;
import dev.parley.article.HotArticles;
import dev.parley.identity.Cors;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked most, a page of a thread that was just asked by the same address, before anything else is done
 * for the request, and on the thread that read it. All of it comes from memory: site, article and page are looked up in
 * the same places as on the ordinary way, so that it is as new; where one of them does not know, the request goes on to
 * {@link ThreadResource}, which asks the database and notes the page here again.
 */
@Singleton
class ReadyPages {

    static final String VARY = "Accept-Encoding";

    /** A rejected comment may be served from a cache for a second at most. */
    static final String MAX_AGE = "max-age=1";

    private static final String TYPE = "application/json;charset=UTF-8";
    private static final String PREFIX = "/api/v1/sites/";

    /** After those that refuse and those that add headers. */
    private static final int LAST = 300;

    private static final int NOT_MODIFIED = 304;

    /** Longer ones are asked by nobody twice. */
    private static final int LONGEST_ADDRESS = 400;

    private record Ready(String tenant, String site, ArticleView article, ThreadPage page, String tag) {}

    private final Sites sites;
    private final HotArticles articles;
    private final TenantContext tenant;
    private final Cache<String, Ready> pages =
            Caffeine.newBuilder().maximumSize(2_000).expireAfterWrite(Duration.ofSeconds(10)).recordStats().build();

    ReadyPages(Sites sites, HotArticles articles, TenantContext tenant, MeterRegistry registry) {
        this.sites = sites;
        this.articles = articles;
        this.tenant = tenant;
        CaffeineCacheMetrics.monitor(registry, pages, "answers");
    }

    /**
     * Notes what was answered to a reader of the entered tenant.
     *
     * @param address path and query as they were sent
     * @param site key of the site
     * @param article in the state that the page shows
     */
    void note(String address, String site, ArticleView article, ThreadPage page) {
        if (address.length() <= LONGEST_ADDRESS) {
            pages.put(address, new Ready(tenant.current(), site, article, page, "W/\"" + page.tag().getValue() + "\""));
        }
    }

    /** How often a page was found ready since the start. */
    long hits() {
        return pages.stats().hitCount();
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, LAST);
    }

    private void answer(RoutingContext context) {
        var request = context.request();
        var ready = ready(request);
        var site = ready == null ? null : sites.inMemory(ready.tenant, ready.site).orElse(null);
        var tag = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        // Other forms of the condition are for who knows them all.
        if (ready == null || site == null || !isAsNow(ready, site) || (tag != null && !tag.equals(ready.tag))) {
            context.next();
            return;
        }
        var response = context.response();
        response.putHeader(HttpHeaders.ETAG, ready.tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, MAX_AGE)
                .putHeader(HttpHeaders.VARY, VARY + ", Origin");
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            Cors.headers(site, origin).forEach(response::putHeader);
        }
        if (tag != null) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE);
        if (takesGzip(request)) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(Buffer.buffer(ready.page.gzipped()));
        } else {
            response.end(Buffer.buffer(ready.page.json()));
        }
    }

    private @Nullable Ready ready(HttpServerRequest request) {
        return request.method() == HttpMethod.GET
                        && request.uri().startsWith(PREFIX)
                        && takesJson(request.getHeader(HttpHeaders.ACCEPT))
                ? pages.getIfPresent(request.uri())
                : null;
    }

    private boolean isAsNow(Ready ready, SiteView site) {
        return ready.article.siteId().equals(site.id())
                && articles.inMemory(ready.tenant, ready.article.id()).filter(ready.article::equals).isPresent();
    }

    private static boolean takesJson(@Nullable String accept) {
        return accept == null || accept.equals("*/*") || accept.startsWith("application/json");
    }

    /** A browser's list names it; what weighs codings against each other is left to the server's own handler. */
    private static boolean takesGzip(HttpServerRequest request) {
        var codings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return codings != null && codings.contains("gzip") && !codings.contains("q=");
    }
}
