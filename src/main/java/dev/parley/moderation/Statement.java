package dev.parley.moderation;

import dev.parley.comment.CommentStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/** Statement of reasons for a restriction (DSA article 17). Never changed. */
@Entity
@Immutable
class Statement {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "comment_id")
    UUID commentId;

    int revision;

    @Enumerated(EnumType.STRING)
    CommentStatus restriction;

    @JdbcTypeCode(SqlTypes.JSON)
    String reasons;

    boolean automated;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Statement() {}
}
