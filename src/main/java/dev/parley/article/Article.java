package dev.parley.article;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** What comments hang from. Dynamic updates, so that new metadata never write over counters. */
@Entity
@DynamicUpdate
class Article {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "site_id")
    UUID siteId;

    String key;
    @Nullable String url;
    @Nullable String title;

    @Column(columnDefinition = "text[]")
    String[] authors;

    @Column(columnDefinition = "text[]")
    String[] categories;

    @Column(name = "published_at")
    @Nullable Instant publishedAt;

    boolean provisional;
    boolean open;

    @Column(name = "comment_count", insertable = false, updatable = false)
    int commentCount;

    @Column(name = "thread_version", insertable = false, updatable = false)
    long threadVersion;

    /** When the metadata was signed, or set by staff; null if only a reader told of it. */
    @Column(name = "metadata_issued_at")
    @Nullable Instant metadataIssuedAt;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Article() {}

    Article(UUID id, String tenantId, UUID siteId, String key, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.siteId = siteId;
        this.key = key;
        this.authors = new String[0];
        this.categories = new String[0];
        this.open = true;
        this.createdAt = now;
    }

    void describe(ArticleMetadata metadata) {
        url = metadata.url();
        title = metadata.title();
        authors = metadata.authors().toArray(String[]::new);
        categories = metadata.categories().toArray(String[]::new);
        publishedAt = metadata.publishedAt();
    }

    /** Takes what staff or a signature says, from then on. */
    void know(ArticleMetadata metadata, Instant issuedAt) {
        describe(metadata);
        provisional = false;
        metadataIssuedAt = issuedAt;
    }

    boolean isOlderThan(Instant issuedAt) {
        return metadataIssuedAt == null || metadataIssuedAt.isBefore(issuedAt);
    }

    ArticleView view() {
        return new ArticleView(
                id,
                siteId,
                key,
                url,
                title,
                List.of(authors),
                List.of(categories),
                publishedAt,
                provisional,
                open,
                commentCount,
                threadVersion);
    }
}
