package dev.parley.standalone;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Map;

/** Makes many rows of few, for measurements. */
public final class RowCopies {

    private RowCopies() {}

    /**
     * Copies rows of a tenant's table {@code t}, one for each row of the table {@code copy c} that the join finds, from
     * the greatest {@code c.n} on. Columns that the database makes are left to it.
     *
     * @param others what stands in columns that are not to be the original's, by column, as SQL
     */
    public static void add(Statement sql, String tenant, String table, Map<String, String> others, String join)
            throws SQLException {
        var columns = new ArrayList<String>();
        try (var found =
                sql.executeQuery(
                        "select column_name from information_schema.columns where table_schema = 'parley' and table_name = '"
                                + table
                                + "' and is_generated = 'NEVER' and is_identity = 'NO' order by ordinal_position")) {
            while (found.next()) {
                columns.add(found.getString(1));
            }
        }
        var values = columns.stream().map(column -> others.getOrDefault(column, "t." + column)).toList();
        sql.execute(
                "insert into %s (%s) select %s from %s t join copy c on %s where t.tenant_id = '%s' order by c.n desc"
                        .formatted(table, String.join(", ", columns), String.join(", ", values), table, join, tenant));
    }
}
