package dev.parley.delivery;

import dev.parley.platform.Frames;
import dev.parley.privacy.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets of the entered tenant's webhooks and the signatures made with them, as the Standard Webhooks specification
 * says. Nobody stores a secret: each is derived from the tenant's key, the webhook and a version.
 */
@ApplicationScoped
class WebhookSecrets {

    private static final String PREFIX = "whsec_";

    private final Tokens tokens;

    WebhookSecrets(Tokens tokens) {
        this.tokens = tokens;
    }

    /** As the receiver needs it. */
    String secret(UUID webhook, int version) {
        return PREFIX + Base64.getEncoder().encodeToString(key(webhook, version));
    }

    /**
     * The header {@code webhook-signature}.
     *
     * @param overlap whether the secret before the present one signs too
     * @param at moment of the attempt, the header {@code webhook-timestamp}
     */
    String signature(UUID webhook, int version, boolean overlap, UUID message, Instant at, String body) {
        byte[] signed = (message + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        var present = sign(key(webhook, version), signed);
        return overlap && version > 1 ? present + " " + sign(key(webhook, version - 1), signed) : present;
    }

    private byte[] key(UUID webhook, int version) {
        return tokens.digest("webhook-secret", Frames.bytes(webhook), Frames.bytes(version));
    }

    private static String sign(byte[] key, byte[] signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC is not available", e);
        }
    }
}
