package dev.parley.training;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class LabelRepository implements PanacheRepositoryBase<Label, UUID> {

    private final EntityManager entityManager;

    LabelRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Notes what was said of a text; of one that is known, the last word on each attribute counts. */
    void put(
            String tenant,
            UUID id,
            byte[] textHash,
            String text,
            String language,
            String scores,
            @Nullable String clientToken,
            Instant now) {
        entityManager
                .createNativeQuery(
                        "insert into label as known"
                                + " (tenant_id, id, text_hash, text, language, scores, client_token, created_at, changed_at)"
                                + " values (:tenant, :id, :hash, :text, :language, cast(:scores as jsonb),"
                                + " cast(:token as text), :now, :now)"
                                + " on conflict (tenant_id, text_hash) do update set language = excluded.language,"
                                + " scores = known.scores || excluded.scores,"
                                + " client_token = coalesce(excluded.client_token, known.client_token),"
                                + " changed_at = excluded.changed_at")
                .setParameter("tenant", tenant)
                .setParameter("id", id)
                .setParameter("hash", textHash)
                .setParameter("text", text)
                .setParameter("language", language)
                .setParameter("scores", scores)
                .setParameter("token", clientToken)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Oldest first, which stays so while new ones come. */
    List<Label> after(@Nullable UUID id, int limit) {
        return (id == null ? find("order by id") : find("id > ?1 order by id", id)).range(0, limit - 1).list();
    }
}
