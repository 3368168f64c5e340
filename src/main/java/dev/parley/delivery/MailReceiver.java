package dev.parley.delivery;

import dev.parley.comment.CommentPublished;
import dev.parley.comment.CommentRejected;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.intake.ProofWanted;
import dev.parley.invitation.Invited;
import dev.parley.moderation.Statements;
import dev.parley.outbox.Delivery;
import dev.parley.outbox.Receiver;
import dev.parley.platform.Json;
import dev.parley.policy.ReasonCode;
import dev.parley.privacy.Addresses;
import dev.parley.reader.LinkAsked;
import dev.parley.reader.LinkRequests;
import dev.parley.reader.Preferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Decides which events are mailed, to whom. Writes that down only; the {@link Sender} mails. */
@ApplicationScoped
class MailReceiver implements Receiver {

    private static final String PUBLISHED = CommentPublished.class.getSimpleName();
    private static final Set<String> WANTED =
            Set.of(
                    ProofWanted.class.getSimpleName(),
                    LinkAsked.class.getSimpleName(),
                    Invited.class.getSimpleName(),
                    PUBLISHED,
                    CommentRejected.class.getSimpleName());

    private final Mails mails;
    private final Comments comments;
    private final Commenters commenters;
    private final Statements statements;
    private final LinkRequests requests;
    private final Preferences preferences;
    private final Addresses addresses;
    private final MailSettings settings;
    private final Json json;

    MailReceiver(
            Mails mails,
            Comments comments,
            Commenters commenters,
            Statements statements,
            LinkRequests requests,
            Preferences preferences,
            Addresses addresses,
            MailSettings settings,
            Json json) {
        this.mails = mails;
        this.comments = comments;
        this.commenters = commenters;
        this.statements = statements;
        this.requests = requests;
        this.preferences = preferences;
        this.addresses = addresses;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public boolean wants(String type) {
        return settings.on() && WANTED.contains(type);
    }

    @Override
    public void receive(List<Delivery> deliveries) {
        // Read at once; each is then found in the session.
        comments.all(deliveries.stream().filter(d -> d.type().equals(PUBLISHED)).map(Delivery::subject).toList());
        deliveries.forEach(this::receive);
    }

    private void receive(Delivery delivery) {
        if (delivery.type().equals(ProofWanted.class.getSimpleName())) {
            proofWanted(json.read(delivery.payload(), ProofWanted.class));
        } else if (delivery.type().equals(LinkAsked.class.getSimpleName())) {
            var asked = json.read(delivery.payload(), LinkAsked.class);
            requests.commenterFor(asked.subject()).ifPresent(commenter -> mails.link(commenter, asked.site()));
        } else if (delivery.type().equals(Invited.class.getSimpleName())) {
            mails.invite(delivery.subject());
        } else if (delivery.type().equals(PUBLISHED)) {
            published(json.read(delivery.payload(), CommentPublished.class));
        } else {
            rejected(json.read(delivery.payload(), CommentRejected.class));
        }
    }

    /** Who proved the address already gets no other link for commenting again. */
    private void proofWanted(ProofWanted wanted) {
        if (wanted.mails()) {
            preferences.change(wanted.subject(), true);
        }
        if (!preferences.of(wanted.subject()).proven()) {
            mails.prove(wanted.subject(), wanted.site(), wanted.comment());
        }
    }

    private void published(CommentPublished event) {
        var found = comments.find(event.subject()).filter(c -> c.visibleRevision() != null);
        if (found.isEmpty()) {
            return; // gone meanwhile
        }
        var comment = found.get();
        boolean approved = event.version() > 0 && wasRestricted(comment.id(), event.revision());
        // An edit that readers see at once is neither an answer nor a decision.
        if (event.version() == 0 || approved) {
            tellParent(comment);
        }
        if (approved && !waitedForProofOnly(comment.id(), event.revision())) {
            tell(comment);
        }
    }

    /** Who is rejected at once is told so in the answer to the submission. */
    private void rejected(CommentRejected event) {
        if (event.version() > 0) {
            comments.find(event.subject()).filter(c -> c.status() == CommentStatus.REJECTED).ifPresent(this::tell);
        }
    }

    private void tellParent(CommentState answer) {
        if (answer.parentId() == null) {
            return;
        }
        var asked = present(comments.get(answer.parentId()).commenterId());
        var author = present(answer.commenterId());
        if (!asked.equals(author) && wantsMails(asked) && !addresses.share(asked, author)) {
            mails.reply(asked, answer);
        }
    }

    private void tell(CommentState comment) {
        var commenter = present(comment.commenterId());
        if (wantsMails(commenter)) {
            mails.decision(commenter, comment);
        }
    }

    private boolean wantsMails(UUID commenter) {
        var preference = preferences.of(commenter);
        return preference.proven() && preference.mails();
    }

    /** Whom this commenter was merged into, else the commenter. */
    private UUID present(UUID commenter) {
        return commenters.get(commenter).id();
    }

    private boolean wasRestricted(UUID comment, int revision) {
        return statements.about(comment).stream().anyMatch(s -> s.revision() == revision);
    }

    /** Then the commenter published it by using the link, and knows. */
    private boolean waitedForProofOnly(UUID comment, int revision) {
        return statements.about(comment).stream()
                .filter(s -> s.revision() == revision)
                .allMatch(s ->
                        s.reasons().stream().allMatch(r -> r.code().equals(ReasonCode.ADDRESS_UNPROVEN.publicCode())));
    }
}
