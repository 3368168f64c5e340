package dev.parley.identity;

import dev.parley.platform.Frames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code parley_}, a public part to find it by, {@code _}, and 32 random bytes in
 * base64url. The prefix lets scanners find keys that were published by mistake.
 */
record ApiKeySecret(String publicId, String secret) {

    static final String PREFIX = "parley_";
    private static final Pattern SHAPE = Pattern.compile("parley_([a-z0-9]{16})_([A-Za-z0-9_-]{43})");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PUBLIC_LENGTH = 16;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static ApiKeySecret random() {
        var id = new StringBuilder(PUBLIC_LENGTH);
        for (int i = 0; i < PUBLIC_LENGTH; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return new ApiKeySecret(id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty for what has not the shape of a key. */
    static Optional<ApiKeySecret> of(String key) {
        var parts = SHAPE.matcher(key);
        return parts.matches() ? Optional.of(new ApiKeySecret(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** SHA-256: what is hashed is random and long, so that no slower hash would protect it better. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Frames.bytes(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    String key() {
        return PREFIX + publicId + "_" + secret;
    }

    @Override
    public String toString() {
        return "<api key " + publicId + ">";
    }
}
