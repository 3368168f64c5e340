package dev.parley.platform;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque, authenticated places in a listing. A cursor is good only for the context it was made for (tenant, listing,
 * filter and order), so it can neither be edited nor carried over.
 */
@Singleton
public class Cursors {

    private static final int TAG = 16;
    private final SecretKeySpec key;

    Cursors(MasterKey master) {
        this.key = new SecretKeySpec(master.derive("cursor"), "HmacSHA256");
    }

    /**
     * @param context what the listing was: tenant, name, filter, order
     * @param place where to go on, such as the last id
     */
    public String write(String context, String place) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        byte[] tag = tag(context, text);
        byte[] all = Arrays.copyOf(tag, TAG + text.length);
        System.arraycopy(text, 0, all, TAG, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /**
     * The place that {@link #write} was given.
     *
     * @throws InvalidInput if the cursor was not made by this installation for this context
     */
    public String read(String context, String cursor) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        if (all.length < TAG || !canonical(cursor, all)) {
            throw refused();
        }
        byte[] text = Arrays.copyOfRange(all, TAG, all.length);
        if (!MessageDigest.isEqual(Arrays.copyOf(all, TAG), tag(context, text))) {
            throw refused();
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Base64 decoders forgive stray bits and padding; a cursor has exactly one spelling. */
    private static boolean canonical(String cursor, byte[] all) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all).equals(cursor);
    }

    private static InvalidInput refused() {
        return new InvalidInput("cursor", "is not one that this listing gave");
    }

    private byte[] tag(String context, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(context.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(text);
            return Arrays.copyOf(mac.doFinal(), TAG);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC is not available", e);
        }
    }
}
