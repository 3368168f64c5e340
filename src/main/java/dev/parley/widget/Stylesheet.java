package dev.parley.widget;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The frame's stylesheet under an address that names its content, so that browsers may keep it for ever. */
@Singleton
class Stylesheet {

    private static final String FILE = "/web/widget/widget.css";
    private static final int VERSION_BYTES = 6;

    private final String text;
    private final String version;

    Stylesheet() {
        this.text = read();
        this.version = version(text);
    }

    String text() {
        return text;
    }

    String version() {
        return version;
    }

    String path() {
        return "/assets/widget-" + version + ".css";
    }

    private static String read() {
        try (var stream = Stylesheet.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not in the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
