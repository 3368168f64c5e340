package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The schema can be partitioned by the hash of the tenant as it is ({@code docs/scaling.md}): PostgreSQL itself is
 * asked to, for every walled table with all its keys, indexes, checks and foreign keys, in a transaction that is taken
 * back. Citus wants the same of a table that it distributes: the tenant in each key, and in each reference to another
 * such table.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class PartitionsTest {

    /** Small, without a tenant's rows of any number, and read before a tenant is known: whole on every node. */
    private static final List<String> EVERYWHERE =
            List.of(
                    "api_key_directory", // by hash of a key; leads to the tenant
                    "member_directory", // by subject of a token; leads to the tenants
                    "site_directory", // by site key; leads to the tenant
                    "site_origin", // by origin; leads to the site
                    "tenant", // what all refer to
                    "tenant_backlog", // a row for each tenant
                    "tenant_load"); // a row for each tenant

    private static final String REFERENCES =
            """
            select f.conrelid::regclass::text || '|' || pg_get_constraintdef(f.oid)
            from pg_constraint f
            where f.contype = 'f' and f.connamespace = 'parley'::regnamespace and f.conparentid = 0
            order by f.conname
            """;

    @Test
    void every_table_of_tenants_can_be_partitioned_with_all_its_keys() throws SQLException {
        try (var connection = PostgresResource.asSuperuser()) {
            connection.setAutoCommit(false);
            execute(connection, "set local search_path = parley");
            var tables =
                    strings(
                            connection,
                            "select relname from pg_class where relnamespace = 'parley'::regnamespace"
                                    + " and relkind in ('r', 'p') and relname <> 'flyway_schema_history' order by 1");
            var references = strings(connection, REFERENCES);
            assertThat(tables).hasSizeGreaterThan(40).containsAll(EVERYWHERE);
            assertThat(references).hasSizeGreaterThan(40);

            execute(connection, "create schema parted");
            int partitioned = 0;
            for (var table : tables) {
                if (EVERYWHERE.contains(table)) {
                    execute(connection, "create table parted.%1$s (like parley.%1$s including all)".formatted(table));
                } else {
                    partition(connection, table);
                    partitioned++;
                }
            }
            execute(connection, "set local search_path = parted");
            for (var reference : references) {
                var parts = reference.split("\\|", 2);
                execute(connection, "alter table parted.%s add %s".formatted(parts[0], parts[1]));
            }

            assertThat(
                            strings(
                                    connection,
                                    "select relname from pg_class where relnamespace = 'parted'::regnamespace and relkind = 'p'"))
                    .hasSize(partitioned);
            assertThat(
                            strings(
                                    connection,
                                    "select conname from pg_constraint where connamespace = 'parted'::regnamespace"
                                            + " and contype = 'f' and conparentid = 0"))
                    .hasSameSizeAs(references);
            connection.rollback();
        }
    }

    @Test
    void a_key_without_the_tenant_is_refused() throws SQLException {
        for (var key : List.of("primary key (id)", "unique (id)")) {
            try (var connection = PostgresResource.asSuperuser()) {
                connection.setAutoCommit(false);
                execute(connection, "set local search_path = parley");
                execute(connection, "create table planted (tenant_id text not null, id uuid not null, " + key + ")");
                execute(connection, "create schema parted");
                assertThatThrownBy(() -> partition(connection, "planted"))
                        .as(key)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("partition");
                connection.rollback();
            }
        }
    }

    private static void partition(Connection connection, String table) throws SQLException {
        execute(
                connection,
                "create table parted.%1$s (like parley.%1$s including all) partition by hash (tenant_id)"
                        .formatted(table));
        execute(
                connection,
                "create table parted.%1$s_0 partition of parted.%1$s for values with (modulus 1, remainder 0)"
                        .formatted(table));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
