package dev.parley.invitation;

import dev.parley.identity.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Somebody who was invited. Their address is not here, and their token only as a hash. */
@Entity
class Invitation {

    private static final Duration VALIDITY = Duration.ofDays(7);

    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String name;

    @Enumerated(EnumType.STRING)
    Role role;

    UUID[] sites;

    @Column(name = "invited_by")
    UUID invitedBy;

    byte @Nullable [] hash;

    /** How often it was sent, counted before it is. */
    int sendings;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "lapses_at")
    Instant lapsesAt;

    @Enumerated(EnumType.STRING)
    @Nullable InvitationOutcome outcome;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @Column(name = "account_at")
    @Nullable Instant accountAt;

    @SuppressWarnings("NullAway.Init")
    protected Invitation() {}

    Invitation(UUID id, String tenantId, NewInvitation wanted, UUID invitedBy, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.name = wanted.name();
        this.role = wanted.role();
        this.sites = wanted.sites().toArray(UUID[]::new);
        this.invitedBy = invitedBy;
        this.createdAt = now;
        this.lapsesAt = now.plus(VALIDITY);
        this.sendings = 1;
    }

    InvitationState state(Instant now) {
        if (outcome != null) {
            return switch (outcome) {
                case ACCEPTED -> InvitationState.ACCEPTED;
                case WITHDRAWN -> InvitationState.WITHDRAWN;
            };
        }
        return now.isBefore(lapsesAt) ? InvitationState.OPEN : InvitationState.LAPSED;
    }

    /** Begins its time anew; links of before work no more. */
    void sendAgain(Instant now) {
        sendings++;
        hash = null;
        lapsesAt = now.plus(VALIDITY);
    }

    void end(InvitationOutcome how, Instant now) {
        outcome = how;
        endedAt = now;
        hash = null;
    }
}
