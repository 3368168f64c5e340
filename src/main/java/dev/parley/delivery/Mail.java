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
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A mail that waits to be sent, or what became of it. Holds ids only. */
@Entity
class Mail {

    /** How many answers one mail names; of more it gives the number. */
    private static final int MOST_SUBJECTS = 20;

    /** How long to wait after each attempt; after the last one the mail is given up. */
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    Duration.ofHours(24));

    static final int ATTEMPTS = PAUSES.size() + 1;

    /** A server's "never" may be a mistake of its settings, which somebody mends within half an hour. */
    static final int ATTEMPTS_IF_REFUSED = 4;

    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Enumerated(EnumType.STRING)
    MailKind kind;

    /** To whom it goes; null for an invitation. */
    @Column(name = "commenter_id")
    @Nullable UUID commenterId;

    @Column(name = "site_id")
    @Nullable UUID siteId;

    /** What it invites to; null for the mails of readers. */
    @Column(name = "invitation_id")
    @Nullable UUID invitationId;

    @Column(name = "article_id")
    @Nullable UUID articleId;

    UUID[] subjects;
    int others;
    String language;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "due_at")
    Instant dueAt;

    int attempts;

    @Column(name = "last_error")
    @Nullable String lastError;

    @Enumerated(EnumType.STRING)
    @Nullable MailOutcome outcome;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @SuppressWarnings("NullAway.Init")
    protected Mail() {}

    Mail(
            UUID id,
            String tenantId,
            MailKind kind,
            UUID commenterId,
            UUID siteId,
            @Nullable UUID articleId,
            List<UUID> subjects,
            String language,
            Instant now,
            Instant dueAt) {
        this.id = id;
        this.tenantId = tenantId;
        this.kind = kind;
        this.commenterId = commenterId;
        this.siteId = siteId;
        this.articleId = articleId;
        this.subjects = subjects.toArray(UUID[]::new);
        this.language = language;
        this.createdAt = now;
        this.dueAt = dueAt;
    }

    /** The mail of an invitation; in which language is known when it is written. */
    Mail(UUID id, String tenantId, UUID invitationId, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.kind = MailKind.INVITATION;
        this.invitationId = invitationId;
        this.subjects = new UUID[0];
        this.language = "en";
        this.createdAt = now;
        this.dueAt = now;
    }

    /** The commenter to whom it goes. Fails for an invitation. */
    UUID commenter() {
        return Objects.requireNonNull(commenterId, "a mail of a reader");
    }

    /** The site that it is about. Fails for an invitation. */
    UUID site() {
        return Objects.requireNonNull(siteId, "a mail of a reader");
    }

    /** Whether nobody has tried to send it, so that it may still be about more. */
    boolean isUntouched() {
        return outcome == null && attempts == 0;
    }

    boolean isAbout(UUID comment) {
        return Arrays.asList(subjects).contains(comment);
    }

    void addSubject(UUID comment) {
        if (subjects.length == MOST_SUBJECTS) {
            others++;
            return;
        }
        var more = Arrays.copyOf(subjects, subjects.length + 1);
        more[subjects.length] = comment;
        subjects = more;
    }

    /** Begins an attempt. If nothing is heard of it, the mail is due again after the pause. */
    void claim(Instant now) {
        attempts++;
        dueAt = now.plus(PAUSES.get(Math.min(attempts, PAUSES.size()) - 1));
    }

    void end(MailOutcome how, Instant now) {
        outcome = how;
        endedAt = now;
    }

    /**
     * Notes that an attempt failed.
     *
     * @param refused whether the server said that it never takes this mail
     */
    void failed(String error, boolean refused, Instant now) {
        lastError = error;
        if (attempts >= (refused ? ATTEMPTS_IF_REFUSED : ATTEMPTS)) {
            end(MailOutcome.GIVEN_UP, now);
        }
    }
}
