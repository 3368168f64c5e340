package dev.parley.tenant;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Second wall: PostgreSQL's row-level security reads the tenant from a session value, which is set at every hand-out of
 * a connection and cleared on its return. Without a tenant the database shows nothing.
 */
@Singleton
class DatabaseWall implements AgroalPoolInterceptor {

    private final TenantContext context;

    DatabaseWall(TenantContext context) {
        this.context = context;
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        say(connection, context.currentIfAny().orElse(""));
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        say(connection, "");
    }

    private static void say(Connection connection, String tenant) {
        try (var statement = connection.prepareStatement("select set_config('parley.tenant', ?, false)")) {
            statement.setString(1, tenant);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("The tenant could not be set on a connection", e);
        }
    }

    /** Refuses to start where the wall would not hold: on a role that may pass it, or with a table left open. */
    void refuseToStartWithoutWall(@Observes StartupEvent start, Instance<AgroalDataSource> dataSource) {
        var gaps = new ArrayList<String>();
        try (var connection = dataSource.get().getConnection()) {
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
