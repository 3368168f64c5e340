package dev.parley.privacy;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the next round of retention would forget, tenant by tenant, without forgetting it: counted by the same
 * conditions, in one moment, in a transaction that can write nothing. For the operator at a terminal, as {@code
 * parley_backup}, who passes the walls; it prints counts and times only.
 *
 * <p>{@code PARLEY_DATABASE_URL=… PARLEY_DATABASE_BACKUP_PASSWORD=… java -cp … dev.parley.privacy.RetentionPreview}.
 * Exit codes: 0, 1 if the database can't be read, 78 if a setting is missing.
 */
public final class RetentionPreview {

    private static final int FAILED = 1;
    private static final int CONFIGURATION_ERROR = 78;

    private RetentionPreview() {}

    /**
     * What goes of one kind.
     *
     * @param what as in the log of the round
     * @param count rows; comments where texts are erased
     * @param oldest of those
     */
    public record Due(String tenant, String what, long count, Instant oldest) {}

    /** The command. */
    public static void main(String... arguments) {
        System.exit(run(System.getenv("PARLEY_DATABASE_URL"), System.getenv("PARLEY_DATABASE_BACKUP_PASSWORD")));
    }

    static int run(@Nullable String url, @Nullable String password) {
        if (url == null || password == null) {
            System.err.println("Set PARLEY_DATABASE_URL and PARLEY_DATABASE_BACKUP_PASSWORD.");
            return CONFIGURATION_ERROR;
        }
        try (var connection = DriverManager.getConnection(url, "parley_backup", password)) {
            print(of(connection), System.out);
            return 0;
        } catch (SQLException e) {
            System.err.println("The database can't be read: " + e.getMessage());
            return FAILED;
        }
    }

    /** Prints a line for each kind and tenant. */
    public static void print(List<Due> due, PrintStream out) {
        if (due.isEmpty()) {
            out.println("Nothing is past its time.");
        }
        for (var one : due) {
            out.printf("%-40s %10d  oldest %s  %s%n", one.tenant, one.count, one.oldest, one.what);
        }
    }

    /**
     * What would go now; kinds of which nothing would are left out.
     *
     * @param connection as a role that passes row-level security
     */
    public static List<Due> of(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        try {
            var due = new ArrayList<Due>();
            for (var tenant : tenants(connection)) {
                for (var rule : Retention.RULES) {
                    var before = "(now() - interval '%d seconds')".formatted(rule.kept().toSeconds());
                    add(due, connection, tenant.id, rule.what(), rule.preview("now()").replace(":before", before));
                }
                if (tenant.days > 0) {
                    var sql = "select count(*), min(" + RejectedTexts.AGE + ")" + RejectedTexts.DUE;
                    add(due, connection, tenant.id, "rejected texts", sql.replace(":days", "" + tenant.days));
                }
            }
            return due;
        } finally {
            connection.rollback();
        }
    }

    /**
     * @param days after which texts of rejected comments go; 0: never
     */
    private record Terms(String id, int days) {}

    private static List<Terms> tenants(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select t.id, coalesce(s.rejected_retention_days, 0) from parley.tenant t"
                                        + " left join parley.tenant_settings s on s.tenant_id = t.id order by t.id")) {
            var all = new ArrayList<Terms>();
            while (rows.next()) {
                all.add(new Terms(rows.getString(1), rows.getInt(2)));
            }
            return all;
        }
    }

    private static void add(List<Due> due, Connection connection, String tenant, String what, String sql)
            throws SQLException {
        int places = sql.split(":tenant", -1).length - 1;
        try (var query = connection.prepareStatement(sql.replace(":tenant", "?"))) {
            for (int place = 1; place <= places; place++) {
                query.setString(place, tenant);
            }
            try (var rows = query.executeQuery()) {
                rows.next();
                if (rows.getLong(1) > 0) {
                    due.add(new Due(tenant, what, rows.getLong(1), rows.getTimestamp(2).toInstant()));
                }
            }
        }
    }
}
