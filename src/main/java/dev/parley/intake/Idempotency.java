package dev.parley.intake;

import dev.parley.platform.InvalidInput;
import dev.parley.platform.Pipeline;
import dev.parley.privacy.Tokens;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

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
    private final Pipeline pipeline;
    private final Tokens tokens;
    private final TenantContext context;
    private final Clock clock;

    Idempotency(EntityManager entityManager, Pipeline pipeline, Tokens tokens, TenantContext context, Clock clock) {
        this.entityManager = entityManager;
        this.pipeline = pipeline;
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
        return ask(claim).get();
    }

    /** Asks for {@link #answered}, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    Pipeline.Answer<Optional<UUID>> ask(Claim claim) {
        return pipeline.ask(
                "select digest, subject_id from idempotency where tenant_id = ? and id = ?",
                rows -> {
                    if (!rows.next()) {
                        return Optional.empty();
                    }
                    if (!MessageDigest.isEqual(rows.getBytes(1), claim.digest())) {
                        throw new KeyUsedDifferently();
                    }
                    return Optional.of(rows.getObject(2, UUID.class));
                },
                context.current(),
                claim.id());
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
                                .setParameter("key", key(claim))
                                .getSingleResult();
        if (!free) {
            throw new StillWorking();
        }
    }

    /**
     * Notes the answer, in the transaction that made it. Where it does not hold the key, it sends this first: then
     * whoever comes later with the same key waits in the database for this transaction's end.
     */
    @Transactional(TxType.MANDATORY)
    void answer(Claim claim, UUID subject) {
        pipeline.send(
                "insert into idempotency (tenant_id, id, digest, subject_id, created_at) values (?, ?, ?, ?, ?)",
                context.current(),
                claim.id(),
                claim.digest(),
                subject,
                clock.instant());
    }

    /** Whether that is what {@link #answer} fails with where the key has an answer already. */
    static boolean isAnswered(Throwable failure) {
        for (var e = failure; e != null; e = e.getCause()) {
            if (e instanceof PSQLException refused
                    && refused.getServerErrorMessage() instanceof ServerErrorMessage message
                    && "idempotency_pk".equals(message.getConstraint())) {
                return true;
            }
        }
        return false;
    }

    private static long key(Claim claim) {
        return ByteBuffer.wrap(claim.id()).getLong();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
