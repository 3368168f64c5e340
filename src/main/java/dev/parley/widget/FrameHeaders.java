package dev.parley.widget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.Language;
import dev.parley.tenant.SiteView;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Headers of everything under {@code /embed/}, error pages and refusals included. A site's pages may frame it once the
 * site was found by its key; anybody else's may not.
 */
@Singleton
class FrameHeaders {

    static final String PREFIX = "/embed/";
    private static final int AFTER_THE_GENERAL_ONES = 390;

    /** Written by requests that found their site; the header is needed where the database is not asked. */
    private final Cache<String, SiteView> sites = Caffeine.newBuilder().maximumSize(10_000).build();

    private final Frames frames;
    private final long largest;

    FrameHeaders(Frames frames, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
        this.frames = frames;
        this.largest = largest.asLongValue();
    }

    /** Says who may frame the pages of a site, and what it speaks. */
    void know(SiteView site) {
        sites.put(site.key(), site);
    }

    /** For an error at that path: in the language that was asked for, else the site's if it is known. */
    Look look(String path, @Nullable String language) {
        var site = sites.getIfPresent(siteIn(path));
        return Look.plain(Language.of(language, site == null ? null : site.language()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, AFTER_THE_GENERAL_ONES);
    }

    private void add(RoutingContext request) {
        var path = request.normalizedPath();
        if (path != null && path.startsWith(PREFIX)) {
            request.addHeadersEndHandler(_ -> set(request, siteIn(path)));
            if (isTooLarge(request.request())) {
                refuse(request, path);
                return;
            }
        }
        request.next();
    }

    private boolean isTooLarge(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > largest;
    }

    /** In words: the general refusal comes before any page is drawn, and leaves the frame blank. */
    private void refuse(RoutingContext request, String path) {
        var look = look(path, request.request().getParam("lang"));
        var texts = look.language().texts(WidgetTexts.class);
        request.response()
                .setStatusCode(413)
                .putHeader("Content-Type", EmbedResource.HTML)
                .putHeader("Connection", "close")
                .end(Pages.draw(frames.plain(look), texts.tooLarge(), texts.tooLargeText()));
    }

    private void set(RoutingContext request, String site) {
        var known = sites.getIfPresent(site);
        var ancestors = known == null || known.origins().isEmpty() ? "'none'" : String.join(" ", known.origins());
        var headers = request.response().headers();
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self';"
                        + " form-action 'self'; base-uri 'none'; frame-ancestors "
                        + ancestors
                        + "; require-trusted-types-for 'script'; trusted-types 'none'");
        // With no-referrer a plain form would send "Origin: null".
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cache-Control", "private, no-store");
    }

    private static String siteIn(String path) {
        int end = path.indexOf('/', PREFIX.length());
        return path.substring(PREFIX.length(), end < 0 ? path.length() : end);
    }
}
