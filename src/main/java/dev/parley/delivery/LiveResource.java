package dev.parley.delivery;

import dev.parley.article.Articles;
import dev.parley.identity.ForReaders;
import dev.parley.platform.ClientAddress;
import dev.parley.platform.Json;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where open pages hear of changes. */
@Path("/api/v1/sites/{site}/articles/{article}/events")
@PermitAll
@ForReaders
@RunOnVirtualThread
class LiveResource {

    /** As browsers do by themselves. */
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Watchers watchers;
    private final Sites sites;
    private final Articles articles;
    private final ClientAddress addresses;
    private final TenantContext context;
    private final LiveConfig config;
    private final Json json;

    LiveResource(
            Watchers watchers,
            Sites sites,
            Articles articles,
            ClientAddress addresses,
            TenantContext context,
            LiveConfig config,
            Json json) {
        this.watchers = watchers;
        this.sites = sites;
        this.articles = articles;
        this.addresses = addresses;
        this.context = context;
        this.config = config;
        this.json = json;
    }

    /**
     * A stream of {@code thread} events: what changed for readers of this article, ids only. An article that nobody
     * commented on can be watched as any other. {@code resync} says that something may have been missed.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void watch(
            @PathParam("site") String site,
            @PathParam("article") String article,
            @Context SseEventSink sink,
            @Context Sse sse,
            RoutingContext http) {
        var found = sites.byKey(site);
        articles.mustBeKey(article);
        var response = http.response();
        var watcher = new Watcher(sink, sse, json, config, config.lifetime(), AGAIN, response::reset);
        watchers.add(
                new Watched(context.current(), found.id(), article),
                ClientAddress.sender(addresses.of(http.request())),
                watcher);
        http.addEndHandler(_ -> watcher.end());
        allow(found, http.request().getHeader("Origin"), response);
        response.putHeader("Cache-Control", "no-store");
        // Proxies such as nginx would wait for more before they pass it on.
        response.putHeader("X-Accel-Buffering", "no");
        watcher.start();
    }

    /** As for the other answers of the readers' API; no response filter sees a stream. */
    private static void allow(SiteView site, @Nullable String origin, HttpServerResponse response) {
        response.putHeader("Vary", "Origin");
        if (origin != null && site.origins().contains(origin)) {
            response.putHeader("Access-Control-Allow-Origin", origin);
        }
    }
}
