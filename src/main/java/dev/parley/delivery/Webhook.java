package dev.parley.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** An address of a tenant that is told of events. */
@Entity
class Webhook {

    /** How long the secret before the present one signs too, if nobody ends that earlier. */
    static final Duration OVERLAP = Duration.ofHours(24);

    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String address;
    String description;
    String[] events;

    /** Empty: all of them. */
    UUID[] sites;

    boolean enabled;

    @Enumerated(EnumType.STRING)
    @Column(name = "disabled_because")
    @Nullable WebhookDisabled disabledBecause;

    @Column(name = "secret_version")
    int secretVersion;

    @Column(name = "previous_until")
    @Nullable Instant previousUntil;

    int failures;

    @Column(name = "failing_since")
    @Nullable Instant failingSince;

    @Column(name = "retry_at")
    @Nullable Instant retryAt;

    /** Never cleared by a success, which may have been in the air when the receiver asked. */
    @Column(name = "asked_until")
    @Nullable Instant askedUntil;

    @Column(name = "created_by")
    UUID createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Webhook() {}

    Webhook(UUID id, String tenantId, WebhookRequest request, UUID createdBy, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.secretVersion = 1;
        this.createdBy = createdBy;
        this.createdAt = now;
        this.enabled = true;
        this.address = request.address();
        this.description = request.description();
        this.events = wires(request);
        this.sites = sites(request);
        heed(request);
    }

    /** Becomes what was asked for. At another address, or switched on again, it is tried at once. */
    void take(WebhookRequest request) {
        if (!address.equals(request.address())) {
            works();
        }
        address = request.address();
        description = request.description();
        events = wires(request);
        sites = sites(request);
        heed(request);
    }

    private void heed(WebhookRequest request) {
        if (request.off()) {
            // Also where it was switched off by itself: somebody has seen that, and leaves it so.
            disabledBecause = WebhookDisabled.STAFF;
            enabled = false;
        } else if (!enabled) {
            enabled = true;
            disabledBecause = null;
            works();
        }
    }

    private static String[] wires(WebhookRequest request) {
        return request.events().stream().distinct().map(WebhookEvent::wire).toArray(String[]::new);
    }

    private static UUID[] sites(WebhookRequest request) {
        return request.sites().stream().distinct().toArray(UUID[]::new);
    }

    void works() {
        failures = 0;
        failingSince = null;
        retryAt = null;
        askedUntil = null;
    }

    /** The receiver asked not to be called until then; it can make that later, and not earlier. */
    void waitUntil(Instant asked) {
        if (askedUntil == null || askedUntil.isBefore(asked)) {
            askedUntil = asked;
        }
    }

    /** Whether nothing may be sent now. */
    boolean waits(Instant now) {
        return retryAt != null && retryAt.isAfter(now) || askedUntil != null && askedUntil.isAfter(now);
    }

    void rotate(Instant now) {
        secretVersion++;
        previousUntil = now.plus(OVERLAP);
    }

    /** Until when the secret before the present one signs too; null if it does not. */
    @Nullable Instant overlap(Instant now) {
        return previousUntil != null && now.isBefore(previousUntil) ? previousUntil : null;
    }

    List<UUID> ofSites() {
        return List.of(sites);
    }

    WebhookView view(Instant now, long waiting, long dead) {
        return new WebhookView(
                id,
                address,
                description,
                Arrays.stream(events).map(WebhookEvent::of).toList(),
                ofSites(),
                enabled,
                disabledBecause,
                overlap(now),
                failingSince,
                retryAt,
                askedUntil != null && askedUntil.isAfter(now) ? askedUntil : null,
                createdAt,
                waiting,
                dead);
    }
}
