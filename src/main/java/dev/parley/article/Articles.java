package dev.parley.article;

import dev.parley.platform.Cursors;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.platform.Page;
import dev.parley.platform.Pipeline;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one door to articles. */
@ApplicationScoped
public class Articles {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~-]{1,512}");

    private static final String COLUMNS =
            "select id, site_id, key, url, title, authors, categories, published_at, provisional, open, comment_count,"
                    + " thread_version from article";

    private final ArticleRepository repository;
    private final EntityManager entityManager;
    private final Pipeline pipeline;
    private final Event<ArticleTouched> touched;
    private final Cursors cursors;
    private final TenantContext context;
    private final Clock clock;

    Articles(
            ArticleRepository repository,
            EntityManager entityManager,
            Pipeline pipeline,
            Event<ArticleTouched> touched,
            Cursors cursors,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.entityManager = entityManager;
        this.pipeline = pipeline;
        this.touched = touched;
        this.cursors = cursors;
        this.context = context;
        this.clock = clock;
    }

    /** As {@link #find}, in the caller's transaction, together with whatever else it asks the database. */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Optional<ArticleView>> ask(SiteView site, String key) {
        return pipeline.ask(
                COLUMNS + " where tenant_id = ? and site_id = ? and key = ?",
                rows -> rows.next() ? Optional.of(read(rows)) : Optional.empty(),
                context.current(),
                site.id(),
                checked(key));
    }

    /** The article of a site with the publisher's key, if it is known. */
    @Transactional
    public Optional<ArticleView> find(SiteView site, String key) {
        return repository.byKey(site.id(), checked(key)).map(Article::view);
    }

    /** The entered tenant's article of that id. */
    @Transactional
    public ArticleView byId(UUID id) {
        // Not findById: where the pool gave a dead connection, that finds nothing instead of failing (HHH-12472).
        return repository.find("id", id).firstResultOptional().orElseThrow(() -> new NotFound("article")).view();
    }

    /** The entered tenant's articles of these ids, by id; unknown ones are left out. */
    @Transactional
    public Map<UUID, ArticleView> all(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : askAll(ids).get();
    }

    /** As {@link #all}, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Map<UUID, ArticleView>> askAll(Collection<UUID> ids) {
        return pipeline.ask(
                COLUMNS + " where tenant_id = ? and id = any (?)",
                Pipeline.mapping(row -> row.getObject("id", UUID.class), Articles::read),
                context.current(),
                Set.copyOf(ids).toArray(UUID[]::new));
    }

    /**
     * The entered tenant's article of that id, and how much was written under it.
     *
     * @throws NotFound if the tenant has none of that id
     */
    @Transactional
    ArticleItem item(UUID id) {
        return items(List.of(byId(id))).getFirst();
    }

    /**
     * The article; one that nobody knows is registered provisionally if its URL lies in one of the site's origins.
     *
     * @param told what the reader's request says of it
     * @throws NotFound if it is not known and the request does not tell its URL
     * @throws InvalidInput if the URL told is not of the site
     */
    @Transactional
    public ArticleView findOrRegister(SiteView site, String key, @Nullable ArticleMetadata told) {
        var known = repository.byKey(site.id(), checked(key));
        if (known.isPresent()) {
            return known.get().view();
        }
        if (told == null || told.url() == null) {
            throw new NotFound("article");
        }
        if (!site.origins().contains(origin(told.url()))) {
            throw new InvalidInput("article.url", "is not an address of this site");
        }
        insertIfAbsent(site.id(), key);
        var article = repository.byKey(site.id(), key).orElseThrow();
        if (article.provisional && article.url == null) {
            article.describe(told);
            touched.fire(new ArticleTouched(article.id));
        }
        return article.view();
    }

    /** Registers an article or replaces what is known of it; it is provisional no longer. */
    @Transactional
    public ArticleView put(SiteView site, String key, ArticleMetadata metadata, boolean open) {
        insertIfAbsent(site.id(), checked(key));
        var article = repository.byKey(site.id(), key).orElseThrow();
        article.know(metadata, clock.instant());
        article.open = open;
        touched.fire(new ArticleTouched(article.id));
        return article.view();
    }

    /**
     * Registers an article by metadata that the publisher signed, or replaces older metadata, be it staff's. Newer ones
     * stay, and whether the article is open.
     */
    @Transactional
    ArticleView learn(SiteView site, String key, ArticleMetadata metadata, Instant issuedAt) {
        var known = repository.byKey(site.id(), checked(key));
        if (known.isPresent() && !known.get().isOlderThan(issuedAt)) {
            return known.get().view();
        }
        insertIfAbsent(site.id(), key);
        var article = repository.byKey(site.id(), key).orElseThrow();
        entityManager.refresh(article, LockModeType.PESSIMISTIC_WRITE);
        if (article.isOlderThan(issuedAt)) {
            article.know(metadata, issuedAt);
            touched.fire(new ArticleTouched(article.id));
        }
        return article.view();
    }

    /** Articles of a site with that URL; several where a publisher counts one page twice. */
    @Transactional
    public List<ArticleView> at(SiteView site, String url) {
        return repository.list("siteId = ?1 and url = ?2 order by id", site.id(), url).stream()
                .map(Article::view)
                .toList();
    }

    /**
     * Articles of a site, newest first.
     *
     * @param words what stands in the title or the key, in whatever case; null for all
     * @param open only those that are open, or closed; null for both
     */
    @Transactional
    public Page<ArticleItem> page(
            SiteView site, @Nullable String words, @Nullable Boolean open, int limit, @Nullable String cursor) {
        var listing = context.current() + " articles " + site.id() + " " + open + " " + words;
        var before = cursor == null ? null : UUID.fromString(cursors.read(listing, cursor));
        var rows = repository.before(site.id(), words, open, before, limit + 1);
        var shown = rows.stream().limit(limit).map(Article::view).toList();
        var items = items(shown);
        return new Page<>(items, rows.size() > limit ? cursors.write(listing, items.getLast().id().toString()) : null);
    }

    /** Those articles of a site that are known. */
    @Transactional
    List<ArticleView> ofKeys(SiteView site, Collection<String> keys) {
        return repository.find("siteId = ?1 and key in ?2", site.id(), keys).stream().map(Article::view).toList();
    }

    /** Notes a visible change of a thread. Comes last in a transaction: the row is contended. */
    public void threadChanged(UUID article, int countChange) {
        pipeline.send(
                "update article set thread_version = thread_version + 1, comment_count = comment_count + ?"
                        + " where tenant_id = ? and id = ?",
                countChange,
                context.current(),
                article);
        touched.fire(new ArticleTouched(article));
    }

    private static ArticleView read(ResultSet row) throws SQLException {
        return new ArticleView(
                row.getObject("id", UUID.class),
                row.getObject("site_id", UUID.class),
                row.getString("key"),
                row.getString("url"),
                row.getString("title"),
                List.of((String[]) row.getArray("authors").getArray()),
                List.of((String[]) row.getArray("categories").getArray()),
                Pipeline.instant(row, "published_at"),
                row.getBoolean("provisional"),
                row.getBoolean("open"),
                row.getInt("comment_count"),
                row.getLong("thread_version"));
    }

    private List<ArticleItem> items(List<ArticleView> shown) {
        var counts =
                shown.isEmpty()
                        ? Map.<UUID, ArticleRepository.Count>of()
                        : repository.counts(context.current(), shown.stream().map(ArticleView::id).toList());
        return shown.stream()
                .map(article -> {
                    var count = counts.getOrDefault(article.id(), ArticleRepository.Count.NONE);
                    return ArticleItem.of(article, count.comments(), count.pending());
                })
                .toList();
    }

    private void insertIfAbsent(UUID site, String key) {
        entityManager
                .createNativeQuery(
                        "insert into article (tenant_id, id, site_id, key, provisional, created_at)"
                                + " values (:tenant, :id, :site, :key, true, :now)"
                                + " on conflict (tenant_id, site_id, key) do nothing")
                .setParameter("tenant", context.current())
                .setParameter("id", Ids.next())
                .setParameter("site", site)
                .setParameter("key", key)
                .setParameter("now", clock.instant())
                .executeUpdate();
    }

    /**
     * @throws InvalidInput if that can't be the key of an article, known or not
     */
    public void mustBeKey(String key) {
        var _ = checked(key);
    }

    private static String checked(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidInput("article", "must be 1 to 512 of A-Z, a-z, 0-9, '.', '_', '~' and '-'");
        }
        return key;
    }

    static String origin(String url) {
        try {
            var uri = new URI(url);
            if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw new InvalidInput("article.url", "is not a web address");
            }
            var origin = uri.getScheme() + "://" + uri.getHost();
            boolean usual =
                    uri.getPort() == -1
                            || (uri.getPort() == 443 && "https".equals(uri.getScheme()))
                            || (uri.getPort() == 80 && "http".equals(uri.getScheme()));
            return (usual ? origin : origin + ":" + uri.getPort()).toLowerCase(Locale.ROOT);
        } catch (java.net.URISyntaxException e) {
            throw new InvalidInput("article.url", "is not a web address");
        }
    }
}
