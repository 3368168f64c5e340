package dev.parley.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Bytes for hashing and sealing, each part behind its length, so that two lists of parts never give the same bytes. */
public final class Frames {

    private Frames() {}

    /** Each part behind its length as four bytes, big-endian. */
    public static byte[] of(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size = Math.addExact(size, Integer.BYTES + part.length);
        }
        var buffer = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            buffer.putInt(part.length).put(part);
        }
        return buffer.array();
    }

    /** UTF-8. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Eight bytes, big-endian. */
    public static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Sixteen bytes, big-endian. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
