package dev.parley.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The passwords of the embedded database: made once, kept beside its data, never printed. */
public record DatabasePasswords(String superuser, String owner, String app, String backup) {

    public static DatabasePasswords random() {
        return new DatabasePasswords(
                PrivateFiles.randomText(24),
                PrivateFiles.randomText(24),
                PrivateFiles.randomText(24),
                PrivateFiles.randomText(24));
    }

    /** Reads the passwords from the file, which is made if it is missing. */
    static DatabasePasswords in(Path file) {
        try {
            if (!Files.exists(file)) {
                random().write(file);
            }
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            return new DatabasePasswords(
                    required(properties, "postgres", file),
                    required(properties, EmbeddedDatabase.OWNER, file),
                    required(properties, EmbeddedDatabase.APP, file),
                    required(properties, EmbeddedDatabase.BACKUP, file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private void write(Path file) {
        PrivateFiles.write(
                file,
                """
                # Passwords of this folder's PostgreSQL. Without this file its data cannot be opened.
                postgres=%s
                %s=%s
                %s=%s
                %s=%s
                """
                        .formatted(
                                superuser,
                                EmbeddedDatabase.OWNER,
                                owner,
                                EmbeddedDatabase.APP,
                                app,
                                EmbeddedDatabase.BACKUP,
                                backup));
    }

    private static String required(Properties properties, String role, Path file) {
        var password = properties.getProperty(role);
        if (password == null || password.isBlank()) {
            throw new IllegalStateException(file + " holds no password for " + role);
        }
        return password;
    }

    @Override
    public String toString() {
        return "<passwords>";
    }
}
