package dev.parley.delivery;

import dev.parley.platform.Repeats;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Sends the mails of all tenants, each inside its own walls. */
@ApplicationScoped
class Mailing {

    private static final String NAME = "Mailing";
    private static final Logger LOG = Logger.getLogger(Mailing.class);

    private final Rounds rounds;
    private final Tenants tenants;
    private final Mails mails;
    private final Sender sender;
    private final MailSettings settings;

    Mailing(Rounds rounds, Tenants tenants, Mails mails, Sender sender, MailSettings settings) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.mails = mails;
        this.sender = sender;
        this.settings = settings;
    }

    void say(@Observes StartupEvent start) {
        if (!settings.on()) {
            LOG.warn("Mails are off: nobody can prove an address, and policies that require it hold every comment");
        }
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(1), this::sendWhatIsNew);
        repeats.every(Duration.ofSeconds(60), this::sweep);
    }

    void sendWhatIsNew() {
        round(mails.takeHints());
    }

    /** Finds what no hint told of, what waited for its time, and what is to be tried again. */
    void sweep() {
        round(tenants.activeIds());
    }

    /** All tenants share one server: where it is away for one, the others wait for the next round too. */
    private void round(Collection<String> some) {
        if (!settings.on()) {
            return;
        }
        var away = new AtomicBoolean();
        rounds.each(
                NAME,
                some,
                _ -> {
                    while (!away.get()) {
                        var round = sender.send();
                        if (round != Sender.Round.MORE) {
                            away.set(round == Sender.Round.UNREACHABLE);
                            return;
                        }
                    }
                });
    }
}
