package dev.parley.tenant;

import dev.parley.platform.Pipeline;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Second wall: PostgreSQL's row-level security reads the tenant from a value that is set at every hand-out of a
 * connection, by a statement of its own or, where {@link Pipeline} takes it, by the first that goes. In a transaction
 * it is the transaction's, and ends with it, whatever becomes of the connection; outside of one it is the session's,
 * and is cleared when the connection comes back. Without a tenant the database shows nothing.
 *
 * <p>A connection on which that fails is closed, so that nothing can be asked through it, and handed on: whoever uses
 * it gets the error of a closed connection, at which the pool drops it. An exception thrown from here would leave the
 * connection in the pool for ever, or never let it come back.
 */
@Singleton
class DatabaseWall implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(DatabaseWall.class);

    private static final String TELL = "select set_config('parley.tenant', ?, ?)";

    private final TenantContext context;
    private final Instance<AgroalDataSource> pool;

    /** Those that were handed out with a tenant, and are not back. */
    private final Set<Connection> outsideTransactions = ConcurrentHashMap.newKeySet();

    DatabaseWall(TenantContext context, Instance<AgroalDataSource> pool) {
        this.context = context;
        this.pool = pool;
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        say(connection, context.currentIfAny().orElse(""));
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        if (outsideTransactions.remove(connection)) {
            say(connection, "");
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        outsideTransactions.remove(connection);
    }

    private void say(Connection connection, String tenant) {
        try {
            boolean inTransaction = !connection.getAutoCommit();
            if (!inTransaction && !tenant.isEmpty()) {
                outsideTransactions.add(connection);
            }
            if (inTransaction && Pipeline.sendsFirst(TELL, tenant, true)) {
                return;
            }
            try (var statement = connection.prepareStatement(TELL)) {
                statement.setString(1, tenant);
                statement.setBoolean(2, inTransaction);
                statement.execute();
            }
        } catch (SQLException e) {
            LOG.warnf("The tenant could not be set on a connection, which is closed: %s", e.getSQLState());
            abort(connection);
            // What killed one has mostly killed all; those in use go when they come back.
            pool.get().flush(FlushMode.GRACEFUL);
        }
    }

    /** Not {@code close}, which would say good-bye to a server that may hang. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("A connection without its tenant could not be closed", e);
        }
    }

    /** Refuses to start where the wall would not hold: on a role that may pass it, or with a table left open. */
    void refuseToStartWithoutWall(@Observes StartupEvent start) {
        var gaps = new ArrayList<String>();
        try (var connection = pool.get().getConnection()) {
            gaps.addAll(
                    column(
                            connection,
                            "select 'role ' || rolname || ' can pass row security' from pg_roles"
                                    + " where pg_has_role(current_user, oid, 'member')"
                                    + " and (rolsuper or rolbypassrls)"));
            gaps.addAll(
                    column(
                            connection,
                            "select 'role ' || current_user || ' owns table ' || relname from pg_class"
                                    + " where relkind in ('r', 'p') and relnamespace = 'parley'::regnamespace"
                                    + " and pg_has_role(current_user, relowner, 'member')"));
            gaps.addAll(
                    column(
                            connection,
                            "select 'table ' || c.relname || ' has no forced row security' from pg_class c"
                                    + " join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'"
                                    + " where c.relkind in ('r', 'p') and c.relnamespace = 'parley'::regnamespace"
                                    + " and c.relname not in ('api_key_directory', 'site_directory', 'member_directory')"
                                    + " and not (c.relrowsecurity and c.relforcerowsecurity)"));
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be asked about its walls", e);
        }
        if (!gaps.isEmpty()) {
            throw new IllegalStateException("Refusing to start: " + String.join("; ", gaps));
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
