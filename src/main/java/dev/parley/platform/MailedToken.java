package dev.parley.platform;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a mailed link: what leads to the tenant, such as the key of a site, a dot, and 32 random bytes in
 * base64url.
 *
 * @param place what leads to the tenant
 * @param hash SHA-256 of the random bytes, which is all that is kept. A plain hash is enough: nobody can guess them
 */
public record MailedToken(String place, byte[] hash) {

    private static final int SECRET = 32;
    private static final int SECRET_TEXT = 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new token in plain, which is never stored. */
    public static String create(String place) {
        byte[] secret = new byte[SECRET];
        RANDOM.nextBytes(secret);
        return place + "." + text(secret);
    }

    /** The parts of a token; empty for anything that is not the one spelling of one. */
    public static Optional<MailedToken> parse(@Nullable String token) {
        int dot = token == null ? -1 : token.length() - SECRET_TEXT - 1;
        if (token == null || dot < 1 || token.charAt(dot) != '.') {
            return Optional.empty();
        }
        var secret = token.substring(dot + 1);
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(secret);
            return text(bytes).equals(secret)
                    ? Optional.of(new MailedToken(token.substring(0, dot), hash(bytes)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    @Override
    public String toString() {
        return "MailedToken[…]";
    }
}
