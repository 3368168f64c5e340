package dev.parley.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the mails. How the server is reached is said by {@code quarkus.mailer.*}. */
@ConfigMapping(prefix = "parley.mail")
public interface MailSettings {

    /** False sends no mail and writes none down: no address can be proven then. */
    @WithDefault("true")
    boolean enabled();

    /** Sender of all mails, such as {@code comments@news.example}. Without one no mail is sent. */
    Optional<String> from();

    /** Whether mails are sent at all. */
    default boolean on() {
        return enabled() && from().isPresent();
    }
}
