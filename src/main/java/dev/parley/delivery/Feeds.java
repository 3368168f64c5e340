package dev.parley.delivery;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentView;
import dev.parley.comment.Threads;
import dev.parley.platform.NotFound;
import dev.parley.platform.PlatformConfig;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The newest visible comments as feeds. */
@ApplicationScoped
class Feeds {

    private static final int ENTRIES = 50;

    private final Sites sites;
    private final Articles articles;
    private final Threads threads;
    private final CommentLinks links;
    private final PlatformConfig platform;

    Feeds(Sites sites, Articles articles, Threads threads, CommentLinks links, PlatformConfig platform) {
        this.sites = sites;
        this.articles = articles;
        this.threads = threads;
        this.links = links;
        this.platform = platform;
    }

    /**
     * @throws NotFound if the site has no such article
     */
    AtomFeed ofArticle(String siteKey, String key) {
        var site = sites.byKey(siteKey);
        var article = articles.find(site, key).orElseThrow(() -> new NotFound("article"));
        var entries =
                threads.newest(article, ENTRIES).stream()
                        .map(c -> entry(site, article.key(), article.title(), article.url(), c))
                        .toList();
        return new AtomFeed(
                article.id(),
                "Comments on " + (article.title() == null ? article.key() : article.title()),
                base(site) + "/articles/" + article.key() + "/feed.atom",
                article.url(),
                updated(entries, article),
                entries);
    }

    AtomFeed ofSite(String siteKey) {
        var site = sites.byKey(siteKey);
        var entries =
                threads.recent(site, ENTRIES).items().stream()
                        .map(i -> entry(site, i.article().key(), i.article().title(), i.article().url(), i.comment()))
                        .toList();
        return new AtomFeed(
                site.id(),
                "Comments on " + site.name(),
                base(site) + "/feed.atom",
                site.origins().getFirst(),
                updated(entries, null),
                entries);
    }

    private AtomFeed.Entry entry(
            SiteView site, String article, @Nullable String title, @Nullable String url, CommentView comment) {
        var name = Objects.requireNonNull(comment.author()).name();
        return new AtomFeed.Entry(
                comment.id(),
                name + " on " + (title == null ? article : title),
                links.to(site.key(), article, url, comment.id()),
                name,
                Objects.requireNonNull(comment.html()),
                comment.createdAt(),
                comment.editedAt() == null ? comment.createdAt() : comment.editedAt(),
                comment.parentId());
    }

    /** Of the newest change; a feed without entries is as old as its article. */
    private static Instant updated(List<AtomFeed.Entry> entries, @Nullable ArticleView article) {
        return entries.stream()
                .map(AtomFeed.Entry::updated)
                .max(Comparator.naturalOrder())
                .orElseGet(
                        () -> article == null || article.publishedAt() == null ? Instant.EPOCH : article.publishedAt());
    }

    private String base(SiteView site) {
        return platform.publicOrigin() + "/api/v1/sites/" + site.key();
    }
}
