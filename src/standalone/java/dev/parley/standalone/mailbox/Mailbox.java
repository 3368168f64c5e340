package dev.parley.standalone.mailbox;

import dev.parley.delivery.Letter;
import dev.parley.delivery.NotSent;
import dev.parley.delivery.SmtpTransport;
import dev.parley.delivery.Transport;
import dev.parley.platform.PlatformConfig;
import dev.parley.privacy.Recipient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Where the mails of a standalone run end: in memory, the newest {@value #MOST}, without their addresses. A run that is
 * configured sends over SMTP.
 */
@ApplicationScoped
class Mailbox implements Transport {

    static final int MOST = 100;

    /** A mail that came. */
    record Kept(Letter letter, Instant at) {}

    private final SmtpTransport smtp;
    private final PlatformConfig platform;
    private final Clock clock;

    private final Deque<Kept> kept = new ArrayDeque<>();

    Mailbox(SmtpTransport smtp, PlatformConfig platform, Clock clock) {
        this.smtp = smtp;
        this.platform = platform;
        this.clock = clock;
    }

    @Override
    public void send(Letter letter, Recipient recipient) throws NotSent {
        if (!platform.standalone()) {
            smtp.send(letter, recipient);
            return;
        }
        synchronized (kept) {
            kept.addFirst(new Kept(letter, clock.instant()));
            if (kept.size() > MOST) {
                kept.removeLast();
            }
        }
    }

    /** Newest first. */
    List<Kept> all() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }
}
