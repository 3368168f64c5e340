package dev.parley.article;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class ArticleRepository implements PanacheRepositoryBase<Article, UUID> {

    /** How many comments an article has, and how many of them wait for a moderator. */
    record Count(long comments, long pending) {
        static final Count NONE = new Count(0, 0);
    }

    Optional<Article> byKey(UUID site, String key) {
        return find("siteId = ?1 and key = ?2", site, key).firstResultOptional();
    }

    /** Articles of a site before an id, newest first; {@code words} stand in the title or the key. */
    List<Article> before(UUID site, @Nullable String words, @Nullable Boolean open, @Nullable UUID id, int limit) {
        var where = new StringBuilder("siteId = :site");
        Map<String, Object> values = new HashMap<>(Map.of("site", site));
        if (words != null && !words.isBlank()) {
            // Positions instead of patterns: nothing that is typed has a meaning of its own.
            where.append(" and (locate(:words, lower(coalesce(title, ''))) > 0 or locate(:words, lower(key)) > 0)");
            values.put("words", words.strip().toLowerCase(Locale.ROOT));
        }
        if (open != null) {
            where.append(" and open = :open");
            values.put("open", open);
        }
        if (id != null) {
            where.append(" and id < :id");
            values.put("id", id);
        }
        return find(where + " order by id desc", values).range(0, limit - 1).list();
    }

    /** Counts by article. The tables are those of later features; only numbers of the tenant's own rows come out. */
    Map<UUID, Count> counts(String tenant, List<UUID> articles) {
        Map<UUID, Count> counts = new HashMap<>();
        List<?> rows =
                getEntityManager()
                        .createNativeQuery(
                                "select a.id, (select count(*) from comment c"
                                        + " where c.tenant_id = a.tenant_id and c.article_id = a.id),"
                                        + " (select count(*) from queue_item q"
                                        + " where q.tenant_id = a.tenant_id and q.article_id = a.id)"
                                        + " from article a where a.tenant_id = :tenant and a.id in (:articles)")
                        .setParameter("tenant", tenant)
                        .setParameter("articles", articles)
                        .getResultList();
        for (var row : rows) {
            var fields = (Object[]) row;
            counts.put((UUID) fields[0], new Count(((Number) fields[1]).longValue(), ((Number) fields[2]).longValue()));
        }
        return counts;
    }
}
