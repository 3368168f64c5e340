package dev.parley.scoring;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class OwnModelRepository implements PanacheRepositoryBase<OwnModel, UUID> {

    private final EntityManager entityManager;

    OwnModelRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Keeps a new one. */
    void put(String tenant, UUID id, NewOwnModel model, String report, Instant now) {
        entityManager
                .createNativeQuery(
                        "insert into own_model"
                                + " (tenant_id, id, language, attribute, state, base, version, file, report, trained_at)"
                                + " values (:tenant, :id, :language, :attribute, :state, cast(:base as text), :version,"
                                + " cast(:file as bytea), cast(:report as jsonb), :now)")
                .setParameter("tenant", tenant)
                .setParameter("id", id)
                .setParameter("language", model.language())
                .setParameter("attribute", model.attribute())
                .setParameter(
                        "state", (model.file() == null ? OwnModelState.NOT_BETTER : OwnModelState.CANDIDATE).name())
                .setParameter("base", model.base())
                .setParameter("version", model.version())
                .setParameter("file", model.file())
                .setParameter("report", report)
                .setParameter("now", now)
                .executeUpdate();
    }

    List<OwnModel> newestFirst(int limit) {
        return find("order by id desc").page(0, limit).list();
    }

    Optional<OwnModel> locked(UUID id) {
        return find("id", id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    Optional<OwnModel> active(String language, String attribute) {
        return find("language = ?1 and attribute = ?2 and state = ?3", language, attribute, OwnModelState.ACTIVE)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    List<OwnModel> of(String language, String attribute) {
        return list("language = ?1 and attribute = ?2 order by id desc", language, attribute);
    }

    List<OwnModel> inForce() {
        return list("state", OwnModelState.ACTIVE);
    }

    /** Ids of those in force. */
    Set<UUID> activeIds(String tenant) {
        List<?> ids =
                entityManager
                        .createNativeQuery("select id from own_model where tenant_id = :tenant and state = 'ACTIVE'")
                        .setParameter("tenant", tenant)
                        .getResultList();
        return ids.stream().map(UUID.class::cast).collect(Collectors.toUnmodifiableSet());
    }

    /** Those of which the files are wanted. */
    List<OwnModelBytes> files(Set<UUID> ids) {
        return entityManager
                .createQuery("from OwnModelBytes m where m.id in :ids", OwnModelBytes.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** The file of one; null if it has none. */
    @Nullable OwnModelBytes file(UUID id) {
        return files(Set.of(id)).stream().filter(row -> row.file != null).findFirst().orElse(null);
    }
}
