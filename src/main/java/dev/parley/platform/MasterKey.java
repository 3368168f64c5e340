package dev.parley.platform;

import com.google.crypto.tink.subtle.Hkdf;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** The installation's root secret. Everything keyed is derived from it or wrapped by it; it is never printed. */
@Singleton
public class MasterKey {

    private static final int BYTES = 32;
    private final byte[] key;

    MasterKey(PlatformConfig config) {
        this.key = decode(config.masterKey().orElseGet(() -> fromFile(config)));
    }

    /**
     * A key of 32 bytes for one purpose, by HKDF with SHA-256 (RFC 5869).
     *
     * @param purpose names the use; different purposes give unrelated keys
     */
    public byte[] derive(String purpose) {
        try {
            return Hkdf.computeHkdf("HMACSHA256", key, new byte[0], purpose.getBytes(StandardCharsets.UTF_8), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF is not available", e);
        }
    }

    private static String fromFile(PlatformConfig config) {
        var file =
                config.masterKeyFile()
                        .orElseThrow(
                                () -> new IllegalStateException("Set parley.master-key-file or parley.master-key"));
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException("The master key file can't be read: " + file, e);
        }
    }

    private static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text.strip());
        if (bytes.length != BYTES) {
            throw new IllegalStateException("The master key must be 32 bytes in base64");
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "<master key>";
    }
}
