package dev.parley.delivery;

import dev.parley.comment.CommentHtml;
import dev.parley.comment.CommentView;
import dev.parley.comment.Threads;
import dev.parley.comment.Threads.Shown;
import dev.parley.platform.NotFound;
import dev.parley.platform.PlatformConfig;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the comment that an address names, whichever tenant it is of, and quotes it. */
@ApplicationScoped
class Embeds {

    private static final Pattern FRAME =
            Pattern.compile(
                    "/embed/([a-z0-9-]{3,64})/([A-Za-z0-9._~-]{1,512})\\?(?:[^#]*&)?comment=([0-9a-f-]{36})(?:[&#].*)?");
    private static final Pattern PERMALINK = Pattern.compile("([^#]{1,2000})#comment-([0-9a-f-]{36})");

    private static final int WIDTH = 600;
    private static final int SMALLEST = 100;
    private static final int KEPT_SECONDS = 60;
    private static final int FRAME_HEIGHT = 90;
    private static final int LINE_HEIGHT = 24;
    private static final int PIXELS_PER_LETTER = 8;

    /** A comment that was found, and the site whose it is. */
    private record Found(SiteView site, Shown shown) {}

    private final Sites sites;
    private final Threads threads;
    private final CommentLinks links;
    private final PlatformConfig platform;
    private final TenantContext context;

    Embeds(Sites sites, Threads threads, CommentLinks links, PlatformConfig platform, TenantContext context) {
        this.sites = sites;
        this.threads = threads;
        this.links = links;
        this.platform = platform;
        this.context = context;
    }

    /**
     * The comment behind an address of Parley's frame or of a publisher's page.
     *
     * @throws NotFound if no readers' comment is there
     */
    Oembed of(String url, @Nullable Integer maxWidth) {
        var found = inFrame(url).or(() -> onPage(url)).orElseThrow(() -> new NotFound("comment"));
        return quoted(found, Math.min(WIDTH, Math.max(SMALLEST, maxWidth == null ? WIDTH : maxWidth)));
    }

    private Optional<Found> inFrame(String url) {
        if (!url.startsWith(platform.publicOrigin() + "/")) {
            return Optional.empty();
        }
        var frame = FRAME.matcher(url.substring(platform.publicOrigin().length()));
        return frame.matches()
                ? in(frame.group(1), id(frame.group(3)), shown -> shown.article().key().equals(frame.group(2)))
                : Optional.empty();
    }

    private Optional<Found> onPage(String url) {
        var permalink = PERMALINK.matcher(url);
        var origin = permalink.matches() ? origin(permalink.group(1)) : null;
        if (origin == null) {
            return Optional.empty();
        }
        var page = permalink.group(1);
        var comment = id(permalink.group(2));
        return sites.keysOf(origin).stream()
                .map(site -> in(site, comment, shown -> isOf(shown, page)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean isOf(Shown shown, String page) {
        var url = shown.article().url();
        return url != null && CommentLinks.withoutFragment(url).equals(page);
    }

    private Optional<Found> in(String siteKey, @Nullable UUID comment, Predicate<Shown> fits) {
        if (comment == null) {
            return Optional.empty();
        }
        return sites.tenantOf(siteKey)
                .flatMap(tenant ->
                        context.call(
                                tenant,
                                () -> {
                                    var site = sites.byKey(siteKey);
                                    return threads.shown(site, comment).filter(fits).map(s -> new Found(site, s));
                                }));
    }

    private Oembed quoted(Found found, int width) {
        var article = found.shown().article();
        var comment = found.shown().comment();
        var author = Objects.requireNonNull(comment.author()).name();
        return new Oembed(
                "1.0",
                "rich",
                found.site().name(),
                found.site().origins().getFirst(),
                author,
                article.title(),
                html(
                        comment,
                        author,
                        article.title() == null ? article.key() : article.title(),
                        links.to(found.site().key(), article.key(), article.url(), comment.id())),
                width,
                height(comment, width),
                KEPT_SECONDS);
    }

    private static String html(CommentView comment, String author, String title, String link) {
        var quote = new StringBuilder();
        quote.append("<blockquote>");
        quote.append(Objects.requireNonNull(comment.html()));
        quote.append("<p>").append(escaped(author)).append(", <a href=\"").append(escaped(link));
        quote.append("\" rel=\"").append(CommentHtml.REL).append("\">").append(escaped(title)).append("</a></p>");
        return quote.append("</blockquote>").toString();
    }

    private static int height(CommentView comment, int width) {
        int letters = Math.max(1, width / PIXELS_PER_LETTER);
        long lines =
                Objects.requireNonNull(comment.body()).lines().mapToLong(line -> 1 + line.length() / letters).sum();
        return FRAME_HEIGHT + (int) lines * LINE_HEIGHT;
    }

    private static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Scheme, host and port as the directory of origins has them; null for no web address. */
    private static @Nullable String origin(String page) {
        try {
            var uri = new URI(page);
            var scheme = uri.getScheme();
            if (uri.getHost() == null || scheme == null || !List.of("http", "https").contains(scheme)) {
                return null;
            }
            boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
            return (scheme + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort())).toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
