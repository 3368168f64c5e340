package dev.parley.delivery;

import dev.parley.delivery.NotSent.Kind;
import dev.parley.platform.PlatformConfig;
import dev.parley.privacy.Recipient;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends over SMTP as {@code quarkus.mailer.*} says. Through the client below Quarkus' mailer, which would add an empty
 * {@code Cc} and can be told to log whole mails.
 */
@ApplicationScoped
@DefaultBean
public class SmtpTransport implements Transport {

    private static final int FIRST_FINAL = 500;

    /** A server that takes a mail and says nothing must not hold all others up. */
    private static final int SECONDS = 30;

    private final Vertx vertx;
    private final MailClient client;
    private final MailSettings settings;
    private final String host;

    SmtpTransport(Vertx vertx, MailClient client, MailSettings settings, PlatformConfig platform) {
        this.vertx = vertx;
        this.client = client;
        this.settings = settings;
        this.host = URI.create(platform.publicOrigin()).getHost();
    }

    @Override
    public void send(Letter letter, Recipient recipient) throws NotSent {
        try {
            handOver(message(letter, recipient)).get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw notSent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notSent(e);
        }
    }

    /**
     * On an event loop: called from any other thread the client listens to a new connection from one event loop while
     * the connection lives on another, and a greeting that comes in between is lost, and the mail with it.
     */
    private CompletableFuture<MailResult> handOver(MailMessage message) {
        var done = new CompletableFuture<MailResult>();
        vertx.runOnContext(
                _ -> client.sendMail(message).onSuccess(done::complete).onFailure(done::completeExceptionally));
        return done;
    }

    private MailMessage message(Letter letter, Recipient recipient) {
        var mail =
                new MailMessage(settings.from().orElseThrow(), recipient.forTheMail(), letter.subject(), letter.text())
                        .addHeader("Message-ID", "<" + letter.id() + "@" + host + ">")
                        // RFC 3834: no vacation notice shall answer.
                        .addHeader("Auto-Submitted", "auto-generated");
        letter.unsubscribe()
                .ifPresent(link ->
                        mail.addHeader("List-Unsubscribe", "<" + link + ">")
                                .addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        return mail;
    }

    private static NotSent notSent(Throwable e) {
        var answer = answer(e);
        if (answer == null) {
            return new NotSent(Kind.UNREACHABLE, last(e).getClass().getName());
        }
        var error = "SMTP " + answer.getReplyCode();
        return new NotSent(answer.getReplyCode() >= FIRST_FINAL ? Kind.REFUSED : Kind.PUT_OFF, error);
    }

    private static @Nullable SMTPException answer(@Nullable Throwable e) {
        return e == null ? null : e instanceof SMTPException answer ? answer : answer(e.getCause());
    }

    private static Throwable last(Throwable e) {
        return e.getCause() == null ? e : last(e.getCause());
    }
}
