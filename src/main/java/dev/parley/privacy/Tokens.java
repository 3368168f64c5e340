package dev.parley.privacy;

import dev.parley.platform.Frames;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that nobody stores: each is an HMAC under the entered tenant's key, so that a replayed answer can repeat it,
 * and another tenant's token is worth nothing. Nothing here needs a transaction.
 */
@ApplicationScoped
public class Tokens {

    private static final int ID = 16;
    private static final int TAG = 32;

    private final TenantKeys keys;

    Tokens(TenantKeys keys) {
        this.keys = keys;
    }

    /** Lets its holder edit and withdraw one comment. */
    public String editToken(UUID comment) {
        return text(tag("edit", Frames.bytes(comment)));
    }

    /** Whether the token is that comment's; false for anything malformed. Takes the same time wherever it differs. */
    public boolean fitsEdit(@Nullable String token, UUID comment) {
        byte[] tag = bytes(token, TAG);
        return tag.length == TAG && fits(tag, "edit", Frames.bytes(comment));
    }

    /** Lets its holder comment again as the same commenter. */
    public String readerToken(UUID commenter) {
        byte[] id = Frames.bytes(commenter);
        byte[] all = Arrays.copyOf(id, ID + TAG);
        System.arraycopy(tag("reader", id), 0, all, ID, TAG);
        return text(all);
    }

    /** The commenter that a reader token names; empty for anything malformed. The commenter may be gone by now. */
    public Optional<UUID> reader(@Nullable String token) {
        byte[] all = bytes(token, ID + TAG);
        if (all.length != ID + TAG) {
            return Optional.empty();
        }
        byte[] id = Arrays.copyOf(all, ID);
        if (!fits(Arrays.copyOfRange(all, ID, all.length), "reader", id)) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(id);
        return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
    }

    /**
     * A keyed digest of 32 bytes, such as of a whole request that holds an address. Each part counts with its length.
     *
     * @param purpose names the use; digests of different purposes are unrelated
     */
    public byte[] digest(String purpose, byte[]... parts) {
        return tag("digest", Frames.bytes(purpose), Frames.of(parts));
    }

    private byte[] tag(String kind, byte[]... parts) {
        try {
            return keys.mine().token().computeMac(framed(kind, parts));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A token could not be computed", e);
        }
    }

    /** Tink compares in constant time. */
    private boolean fits(byte[] tag, String kind, byte[]... parts) {
        try {
            keys.mine().token().verifyMac(tag, framed(kind, parts));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] framed(String kind, byte[]... parts) {
        return Frames.of(Frames.bytes(kind), Frames.of(parts));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The decoded token, or nothing if it is not the one spelling of so many bytes. */
    private static byte[] bytes(@Nullable String token, int size) {
        if (token == null || token.length() != (size * 8 + 5) / 6) {
            return new byte[0];
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            return text(bytes).equals(token) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
