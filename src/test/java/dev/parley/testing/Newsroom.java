package dev.parley.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * A tenant with one site and articles, as runs against the packaged program need it.
 *
 * @param site key of the site
 * @param articles the publisher's keys
 */
public record Newsroom(String tenant, String site, List<String> articles) {

    /**
     * Writes it past the application.
     *
     * @param connection of a role that may write all rows, with schema parley on its path
     */
    public void seed(Connection connection) throws SQLException {
        var id = UUID.randomUUID();
        run(connection, "insert into tenant values (?, ?, 'ACTIVE', now(), now())", tenant, tenant);
        // Runs of more than five minutes take back what they posted at the beginning.
        run(
                connection,
                "insert into tenant_settings (tenant_id, id, edit_window_seconds) values (?, 1, 86400)",
                tenant);
        run(connection, "insert into site_directory values (?, ?, ?)", site, tenant, id);
        run(
                connection,
                "insert into site values (?, ?, ?, ?, 'en', array['https://' || ? || '.example'], now())",
                tenant,
                id,
                site,
                site,
                site);
        for (var article : articles) {
            run(
                    connection,
                    "insert into article (tenant_id, id, site_id, key, provisional, created_at) values (?, ?, ?, ?, false, now())",
                    tenant,
                    UUID.randomUUID(),
                    id,
                    article);
        }
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
