package dev.parley.delivery;

import dev.parley.delivery.NotSent.Kind;
import dev.parley.platform.PlatformConfig;
import dev.parley.privacy.Recipient;
import io.quarkus.arc.DefaultBean;
import io.quarkus.mailer.Mailer;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Sends over SMTP as {@code quarkus.mailer.*} says. */
@ApplicationScoped
@DefaultBean
public class SmtpTransport implements Transport {

    private static final int FIRST_FINAL = 500;

    private final Mailer mailer;
    private final MailSettings settings;
    private final String host;

    SmtpTransport(Mailer mailer, MailSettings settings, PlatformConfig platform) {
        this.mailer = mailer;
        this.settings = settings;
        this.host = URI.create(platform.publicOrigin()).getHost();
    }

    @Override
    public void send(Letter letter, Recipient recipient) throws NotSent {
        var mail =
                io.quarkus.mailer.Mail.withText(recipient.forTheMail(), letter.subject(), letter.text())
                        .setFrom(settings.from().orElseThrow())
                        .addHeader("Message-ID", "<" + letter.id() + "@" + host + ">")
                        // RFC 3834: no vacation notice shall answer.
                        .addHeader("Auto-Submitted", "auto-generated");
        letter.unsubscribe()
                .ifPresent(link ->
                        mail.addHeader("List-Unsubscribe", "<" + link + ">")
                                .addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        try {
            mailer.send(mail);
        } catch (RuntimeException e) {
            throw notSent(e);
        }
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
