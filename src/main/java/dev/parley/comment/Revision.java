package dev.parley.comment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One state of a comment's text. The text is never changed; what is thought of it only by {@link RevisionRepository}.
 */
@Entity
@Immutable
@IdClass(RevisionKey.class)
class Revision {
    @Id
    @Column(name = "comment_id")
    UUID commentId;

    @Id int number;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String body;
    String language;

    @JdbcTypeCode(SqlTypes.JSON)
    String scores;

    /** Short name of the models that made the scores. */
    @Nullable String models;

    @JdbcTypeCode(SqlTypes.JSON)
    String signals;

    @JdbcTypeCode(SqlTypes.JSON)
    String decision;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Revision() {}

    Revision(UUID commentId, int number, String tenantId, RevisionText text, Instant now) {
        this.commentId = commentId;
        this.number = number;
        this.tenantId = tenantId;
        this.body = text.body();
        this.language = text.language();
        this.scores = text.scores();
        this.models = text.models();
        this.signals = text.signals();
        this.decision = text.decision();
        this.createdAt = now;
    }
}
