package dev.parley.standalone;

import dev.parley.privacy.RetentionPreview;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * {@code ./parley retention}: what the next round of retention would forget in the running Parley of {@code
 * PARLEY_DATA}, without forgetting it. Exit code 1 if none runs.
 */
public final class RetentionAhead {

    private RetentionAhead() {}

    /** The command. */
    public static void main(String... arguments) {
        var data = Standalone.data(System.getenv("PARLEY_DATA"));
        if (!Files.exists(data.resolve("pg/postmaster.pid"))) {
            System.err.println("No Parley runs on " + data + ".");
            System.exit(1);
        }
        var password = DatabasePasswords.in(data.resolve("database-passwords.properties")).backup();
        try (var connection = DriverManager.getConnection(Backup.runningUrl(data), EmbeddedDatabase.BACKUP, password)) {
            RetentionPreview.print(RetentionPreview.of(connection), System.out);
        } catch (SQLException | IOException e) {
            System.err.println("The database can't be read: " + e.getMessage());
            System.exit(1);
        }
    }
}
