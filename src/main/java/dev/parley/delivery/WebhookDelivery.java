package dev.parley.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A message to one webhook: waiting, delivered or given up. */
@Entity
@Table(name = "webhook_delivery")
class WebhookDelivery {

    /** For so long a delivery is tried again. */
    static final Duration PATIENCE = Duration.ofHours(72);

    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "webhook_id")
    UUID webhookId;

    @Column(name = "event_id")
    UUID eventId;

    String type;

    @Column(name = "subject_id")
    UUID subjectId;

    long version;
    String payload;

    @Enumerated(EnumType.STRING)
    DeliveryState state;

    int attempts;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "give_up_at")
    Instant giveUpAt;

    @Column(name = "last_status")
    @Nullable Integer lastStatus;

    @Enumerated(EnumType.STRING)
    @Column(name = "last_failure")
    @Nullable WebhookFailure lastFailure;

    @Column(name = "attempted_at")
    @Nullable Instant attemptedAt;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @SuppressWarnings("NullAway.Init")
    protected WebhookDelivery() {}

    /** A test: an event of its own, about nothing. */
    WebhookDelivery(UUID id, String tenantId, UUID webhookId, String payload, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.webhookId = webhookId;
        this.eventId = id;
        this.type = WebhookEvent.TEST;
        this.subjectId = id;
        this.payload = payload;
        this.state = DeliveryState.WAITING;
        this.createdAt = now;
        this.dueAt = now;
        this.giveUpAt = now.plus(PATIENCE);
    }

    /** Goes out again, as the same message. */
    void replay(Instant now) {
        state = DeliveryState.WAITING;
        endedAt = null;
        attempts = 0;
        dueAt = now;
        giveUpAt = now.plus(PATIENCE);
    }

    DeliveryView view() {
        return new DeliveryView(
                id,
                type,
                type.equals(WebhookEvent.TEST) ? null : subjectId,
                state,
                attempts,
                createdAt,
                state == DeliveryState.WAITING ? dueAt : null,
                attemptedAt,
                lastStatus,
                lastFailure,
                endedAt);
    }
}
