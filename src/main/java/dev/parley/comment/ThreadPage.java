package dev.parley.comment;

import jakarta.ws.rs.core.EntityTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A page of a thread as it leaves.
 *
 * @param json the body
 * @param gzipped the same for who takes it so, packed once for all
 * @param tag changes when the body does; the same on every replica
 */
@SuppressWarnings("ArrayRecordComponent") // shared, and compared by nobody
record ThreadPage(byte[] json, byte[] gzipped, EntityTag tag) {

    private static final int TAG_BYTES = 12;

    static ThreadPage of(String body) {
        var json = body.getBytes(StandardCharsets.UTF_8);
        return new ThreadPage(json, gzip(json), new EntityTag(digest(json), true));
    }

    private static byte[] gzip(byte[] json) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written", e);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] json) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json), 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
