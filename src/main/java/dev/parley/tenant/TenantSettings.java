package dev.parley.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** What a tenant may set for itself: its one row. */
@Entity
@Table(name = "tenant_settings")
class TenantSettings {
    static final int ONLY = 1;

    @Id int id = ONLY;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "reply_depth")
    int replyDepth = 3;

    @Column(name = "edit_window_seconds")
    int editWindowSeconds = 300;

    @Column(name = "hide_while_edit_is_held")
    boolean hideWhileEditIsHeld;

    @Enumerated(EnumType.STRING)
    @Column(name = "personal_data")
    PersonalDataRule personalData = PersonalDataRule.MASK;

    @Column(name = "rejected_retention_days")
    @Nullable Integer rejectedRetentionDays;

    @Column(name = "nudges")
    boolean nudges;

    @SuppressWarnings("NullAway.Init")
    protected TenantSettings() {}

    TenantSettings(String tenantId) {
        this.tenantId = tenantId;
    }
}
