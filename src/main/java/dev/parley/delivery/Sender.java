package dev.parley.delivery;

import dev.parley.comment.Commenters;
import dev.parley.invitation.Invitations;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.Recipient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sends the entered tenant's mails, at least once: a mail is claimed in one transaction, sent in none, and marked in
 * another. Where the last step is lost the mail comes again, with a link of its own and the same Message-ID.
 */
@ApplicationScoped
class Sender {

    /** What a round came to. */
    enum Round {
        /** Nothing is due any more. */
        DONE,
        /** There may be more. */
        MORE,
        /** The server could not be reached; another mail would not get through either. */
        UNREACHABLE
    }

    /** A mail that this sender has claimed. */
    record Claimed(UUID id, Letter letter, Recipient recipient) {

        @Override
        public String toString() {
            return "Claimed[" + id + "]";
        }
    }

    private static final int BATCH = 50;
    private static final Logger LOG = Logger.getLogger(Sender.class);

    private final MailRepository repository;
    private final Letters letters;
    private final Addresses addresses;
    private final Commenters commenters;
    private final Invitations invitations;
    private final Transport transport;
    private final Clock clock;
    private final MeterRegistry registry;

    Sender(
            MailRepository repository,
            Letters letters,
            Addresses addresses,
            Commenters commenters,
            Invitations invitations,
            Transport transport,
            Clock clock,
            MeterRegistry registry) {
        this.repository = repository;
        this.letters = letters;
        this.addresses = addresses;
        this.commenters = commenters;
        this.invitations = invitations;
        this.transport = transport;
        this.clock = clock;
        this.registry = registry;
    }

    /** So that a rate can be told from the first mail on. */
    void count(@Observes StartupEvent start) {
        for (var outcome : MailOutcome.values()) {
            mails(outcome);
        }
    }

    /** Sends what is due, at most 50 mails. Must not be called in a transaction. */
    Round send() {
        var due = QuarkusTransaction.requiringNew().call(() -> repository.due(clock.instant(), BATCH));
        for (var id : due) {
            var claimed = claim(id);
            if (claimed.isPresent() && !send(claimed.get())) {
                return Round.UNREACHABLE;
            }
        }
        return due.size() < BATCH ? Round.DONE : Round.MORE;
    }

    /** Takes a mail and writes it; empty if another sender has it, or there is nothing to send any more. */
    Optional<Claimed> claim(UUID id) {
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> repository.lockDue(id, clock.instant()).flatMap(this::written));
        } catch (RuntimeException e) {
            // The attempt was rolled back with its transaction and counts all the same, else it would never end.
            QuarkusTransaction.requiringNew()
                    .run(() ->
                            repository
                                    .lockDue(id, clock.instant())
                                    .ifPresent(mail -> {
                                        mail.claim(clock.instant());
                                        fail(mail, e.getClass().getName(), false);
                                    }));
            LOG.debug("A mail could not be written", e);
            return Optional.empty();
        }
    }

    private Optional<Claimed> written(Mail mail) {
        mail.claim(clock.instant());
        if (mail.kind == MailKind.INVITATION) {
            return invitation(mail);
        }
        var commenter = commenters.find(mail.commenter()).filter(c -> !c.erased());
        commenter.ifPresent(c -> mail.commenterId = c.id()); // merged meanwhile
        var recipient = commenter.flatMap(c -> addresses.openForMail(c.id(), mail.id));
        var letter = recipient.isEmpty() ? Optional.<Letter>empty() : letters.write(mail);
        if (letter.isEmpty()) {
            drop(mail);
            return Optional.empty();
        }
        return Optional.of(new Claimed(mail.id, letter.get(), recipient.orElseThrow()));
    }

    private Optional<Claimed> invitation(Mail mail) {
        var invited = invitations.letter(Objects.requireNonNull(mail.invitationId));
        if (invited.isEmpty()) {
            drop(mail);
        }
        return invited.map(letter -> new Claimed(mail.id, letters.invitation(mail, letter), letter.recipient()));
    }

    /**
     * @return false if the server cannot be reached
     */
    private boolean send(Claimed claimed) {
        try {
            transport.send(claimed.letter(), claimed.recipient());
        } catch (NotSent e) {
            boolean refused = e.kind() == NotSent.Kind.REFUSED;
            mark(claimed.id(), mail -> fail(mail, e.error(), refused));
            return e.kind() != NotSent.Kind.UNREACHABLE;
        }
        mark(claimed.id(), mail -> mail.end(MailOutcome.SENT, clock.instant()));
        mails(MailOutcome.SENT).increment();
        return true;
    }

    private void drop(Mail mail) {
        mail.end(MailOutcome.DROPPED, clock.instant());
        mails(MailOutcome.DROPPED).increment();
    }

    private Counter mails(MailOutcome outcome) {
        return Counter.builder("parley.mails")
                .description("Mails by how they ended")
                .tag("outcome", outcome.name())
                .register(registry);
    }

    private void mark(UUID id, java.util.function.Consumer<Mail> how) {
        QuarkusTransaction.requiringNew().run(() -> repository.lockWaiting(id).ifPresent(how));
    }

    private void fail(Mail mail, String error, boolean refused) {
        mail.failed(error, refused, clock.instant());
        if (mail.outcome == MailOutcome.GIVEN_UP) {
            mails(MailOutcome.GIVEN_UP).increment();
            LOG.errorf(
                    "Mail %s (%s) of tenant %s was given up after %d attempts: %s",
                    mail.id, mail.kind, mail.tenantId, mail.attempts, error);
        } else {
            LOG.warnf("Mail %s of tenant %s was not sent: %s", mail.id, mail.tenantId, error);
        }
    }
}
