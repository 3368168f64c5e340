package dev.parley.article;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class ArticleRepository implements PanacheRepositoryBase<Article, UUID> {

    Optional<Article> byKey(UUID site, String key) {
        return find("siteId = ?1 and key = ?2", site, key).firstResultOptional();
    }
}
