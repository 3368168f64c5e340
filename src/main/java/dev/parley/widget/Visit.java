package dev.parley.widget;

import dev.parley.platform.InvalidInput;
import dev.parley.platform.Language;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.widget.FrameLinks.About;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for the frame of an article, known or not.
 *
 * @param article the publisher's own key
 */
record Visit(SiteView site, String article, Look look, FrameLinks links) {

    WidgetTexts texts() {
        return language().texts(WidgetTexts.class);
    }

    Language language() {
        return look.language();
    }

    /** The heading over so many comments. */
    String comments(long count) {
        return comments(language(), count);
    }

    static String comments(Language language, long count) {
        return language.texts(WidgetTexts.class).comments(language.form(count), language.number(count));
    }

    /** When it was, to the minute. */
    static String date(Language language, Instant time) {
        return language.time(time, language.texts(WidgetTexts.class).datePattern());
    }

    /** Makes visits out of requests. */
    @ApplicationScoped
    static class Visits {

        private final Sites sites;
        private final FrameHeaders headers;

        Visits(Sites sites, FrameHeaders headers) {
            this.sites = sites;
            this.headers = headers;
        }

        /**
         * @throws InvalidInput if there is no such order of comments
         */
        Visit of(String site, String article, UriInfo uri, About about) {
            var query = uri.getQueryParameters();
            var found = sites.byKey(site);
            headers.know(found);
            var sort = query.getFirst("sort");
            var order = sort == null ? FrameLinks.DEFAULT_SORT : sort;
            EmbedPages.order(order);
            var look = Look.of(found, query);
            return new Visit(found, article, look, FrameLinks.of(site, article, order, about, look));
        }

        /** As {@link #of}, of a form. */
        Visit of(String site, String article, UriInfo uri, MultivaluedMap<String, String> fields) {
            return of(
                    site,
                    article,
                    uri,
                    new About(Typed.field(fields, "url"), Typed.field(fields, "title"), Typed.field(fields, "meta")));
        }
    }

    /** An id that may be none: a link can be cut off on its way. */
    static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null || text.length() != 36 ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
