package dev.parley.comment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A person as one tenant knows them. The address is kept elsewhere, sealed. Dynamic updates, so that who switches mails
 * never writes over whom they were merged into meanwhile.
 */
@Entity
@DynamicUpdate
class Commenter {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String name;
    @Nullable String website;

    @Column(name = "verified_at")
    @Nullable Instant verifiedAt;

    /** The proven commenter whom this one became; null for one who stands for themself. */
    @Column(name = "merged_into")
    @Nullable UUID mergedInto;

    /** True once they asked for mails, until they switch them off. */
    boolean mails;

    @Column(name = "erased_at")
    @Nullable Instant erasedAt;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Commenter() {}

    void forget(String neutral, Instant now) {
        name = neutral;
        website = null;
        mails = false;
        erasedAt = now;
    }

    CommenterView view() {
        return new CommenterView(id, name, website, verifiedAt != null, mails, erasedAt != null, createdAt);
    }
}
