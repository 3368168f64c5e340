package dev.parley.widget;

import dev.parley.platform.MasterKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signed slips of paper in the plain form: when the page was made, for which article, and a random key, so that a
 * reload does not post twice. Nothing is stored for them.
 */
@Singleton
class FormTickets {

    /** Quicker than this is no person. */
    static final Duration QUICKEST = Duration.ofSeconds(2);

    /** A page that stood open longer is asked to be sent again. */
    static final Duration OLDEST = Duration.ofHours(24);

    private static final int KEY = 16;
    private static final int TAG = 16;

    private final SecretKeySpec secret;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    FormTickets(MasterKey master, Clock clock) {
        this(master.derive("widget-form"), clock);
    }

    FormTickets(byte[] secret, Clock clock) {
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    enum Verdict {
        GOOD,
        TOO_QUICK,
        TOO_OLD,
        NOT_OURS
    }

    /**
     * @param key names this one sending; empty unless the ticket is ours
     */
    record Ticket(Verdict verdict, String key) {

        /** Whether it is good enough for a form that one may well send at once. */
        boolean isOurs() {
            return verdict == Verdict.GOOD || verdict == Verdict.TOO_QUICK;
        }
    }

    String issue(String site, String article) {
        return issue(site, article, clock.instant());
    }

    /** A ticket of a page that was made then. */
    String issue(String site, String article, Instant made) {
        byte[] key = new byte[KEY];
        random.nextBytes(key);
        byte[] content = ByteBuffer.allocate(Long.BYTES + KEY).putLong(made.toEpochMilli()).put(key).array();
        byte[] tag = tag(site, article, content);
        return encoded(ByteBuffer.allocate(content.length + TAG).put(content).put(tag).array());
    }

    /** A ticket for the same page, sent once more: it keeps the age of one that was good and gets a new key. */
    String renew(String site, String article, @Nullable String old) {
        var content = content(site, article, old);
        if (content == null) {
            return issue(site, article);
        }
        var made = made(content);
        return verdict(made) == Verdict.GOOD ? issue(site, article, made) : issue(site, article);
    }

    Ticket read(String site, String article, @Nullable String ticket) {
        var content = content(site, article, ticket);
        if (content == null) {
            return new Ticket(Verdict.NOT_OURS, "");
        }
        var key = encoded(Arrays.copyOfRange(content, Long.BYTES, content.length));
        return new Ticket(verdict(made(content)), key);
    }

    private Verdict verdict(Instant made) {
        var age = Duration.between(made, clock.instant());
        if (age.compareTo(QUICKEST) < 0) {
            return Verdict.TOO_QUICK;
        }
        return age.compareTo(OLDEST) > 0 ? Verdict.TOO_OLD : Verdict.GOOD;
    }

    private static Instant made(byte[] content) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(content).getLong());
    }

    private byte @Nullable [] content(String site, String article, @Nullable String ticket) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(ticket == null ? "" : ticket);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (all.length != Long.BYTES + KEY + TAG) {
            return null;
        }
        byte[] content = Arrays.copyOf(all, Long.BYTES + KEY);
        byte[] tag = Arrays.copyOfRange(all, content.length, all.length);
        return MessageDigest.isEqual(tag, tag(site, article, content)) ? content : null;
    }

    private byte[] tag(String site, String article, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            // Neither key can hold a slash, so the two cannot be shifted into each other.
            mac.update((site + "/" + article + "/").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(content), TAG);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC is not available", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
