package dev.parley.invitation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class InvitationRepository implements PanacheRepositoryBase<Invitation, UUID> {

    /** The invitation, locked. */
    Optional<Invitation> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The open invitation that a token was mailed for, locked. */
    Optional<Invitation> lockOpen(byte[] hash, Instant now) {
        return find("hash = ?1 and outcome is null and lapsesAt > ?2", hash, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    Optional<Invitation> open(byte[] hash, Instant now) {
        return find("hash = ?1 and outcome is null and lapsesAt > ?2", hash, now).firstResultOptional();
    }

    long countOpen(Instant now) {
        return count("outcome is null and lapsesAt > ?1", now);
    }
}
