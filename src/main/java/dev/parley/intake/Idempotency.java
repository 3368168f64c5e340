package dev.parley.intake;

import dev.parley.platform.InvalidInput;
import dev.parley.privacy.Tokens;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which keys were answered, and with which comment or report. */
@ApplicationScoped
class Idempotency {

    /**
     * A key in use.
     *
     * @param id keyed hash of endpoint and key
     * @param digest keyed digest of the whole request; keyed because the request holds an address
     */
    record Claim(byte[] id, byte[] digest) {}

    private final EntityManager entityManager;
    private final Tokens tokens;
    private final TenantContext context;
    private final Clock clock;

    Idempotency(EntityManager entityManager, Tokens tokens, TenantContext context, Clock clock) {
        this.entityManager = entityManager;
        this.tokens = tokens;
        this.context = context;
        this.clock = clock;
    }

    /**
     * The claim of a request on a key.
     *
     * @throws InvalidInput if the key is no key
     */
    Claim claim(String endpoint, String key, byte[]... request) {
        if (!key.matches("[\\x21-\\x7e]{1,128}")) {
            throw new InvalidInput("Idempotency-Key", "must be 1 to 128 visible ASCII characters");
        }
        return new Claim(
                tokens.digest("idempotency-key", bytes(endpoint), bytes(key)),
                tokens.digest("idempotency-request", request));
    }

    /**
     * The comment or report that the key was answered with.
     *
     * @throws KeyUsedDifferently if it was answered for another request
     */
    @Transactional
    Optional<UUID> answered(Claim claim) {
        List<?> rows =
                entityManager
                        .createNativeQuery(
                                "select digest, subject_id from idempotency"
                                        + " where tenant_id = :tenant and id = :id",
                                Object[].class)
                        .setParameter("tenant", context.current())
                        .setParameter("id", claim.id())
                        .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var row = (Object[]) rows.getFirst();
        if (!MessageDigest.isEqual((byte[]) row[0], claim.digest())) {
            throw new KeyUsedDifferently();
        }
        return Optional.of((UUID) row[1]);
    }

    /**
     * Takes a key for the rest of the transaction.
     *
     * @throws StillWorking if another request holds it
     */
    @Transactional(TxType.MANDATORY)
    void hold(Claim claim) {
        var free =
                (Boolean)
                        entityManager
                                .createNativeQuery("select pg_try_advisory_xact_lock(:key)")
                                .setParameter("key", ByteBuffer.wrap(claim.id()).getLong())
                                .getSingleResult();
        if (!free) {
            throw new StillWorking();
        }
    }

    /** Notes the answer, in the transaction that made it. */
    @Transactional(TxType.MANDATORY)
    void answer(Claim claim, UUID subject) {
        entityManager
                .createNativeQuery(
                        "insert into idempotency (tenant_id, id, digest, subject_id, created_at)"
                                + " values (:tenant, :id, :digest, :subject, :now)")
                .setParameter("tenant", context.current())
                .setParameter("id", claim.id())
                .setParameter("digest", claim.digest())
                .setParameter("subject", subject)
                .setParameter("now", clock.instant())
                .executeUpdate();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
