package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reads the database's own catalogue: a table that breaks a rule of the walls fails the build. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class CatalogueTest {

    /** Tables without a wall: read before a tenant is known, or across tenants. No content, no personal data. */
    private static final List<String> DIRECTORY =
            List.of(
                    "api_key_directory",
                    "member_directory",
                    "site_directory",
                    "site_origin",
                    "tenant",
                    "tenant_backlog",
                    "tenant_load");

    /** Flyway's own; the application may read it. */
    private static final String HISTORY = "flyway_schema_history";

    /** What the application may do with a table as a whole: a(ppend), r(ead), w(rite over), d(elete). */
    private static final Map<String, String> RIGHTS =
            Map.ofEntries(
                    Map.entry("api_key", "arw"),
                    Map.entry("api_key_directory", "ar"),
                    Map.entry("article", "arw"),
                    Map.entry("audit_entry", "ar"),
                    Map.entry("audit_link", "ar"),
                    Map.entry("comment", "arw"),
                    Map.entry("commenter", "arw"),
                    Map.entry("commenter_address", "ad"), // and to read all but the sealed column, below
                    Map.entry("flag", "arw"),
                    Map.entry("idempotency", "ard"),
                    Map.entry("invitation", "arwd"),
                    Map.entry("invitation_address", "ad"), // and to read all but the sealed column, below
                    Map.entry("label", "arwd"),
                    Map.entry("link", "arwd"),
                    Map.entry("link_request", "ard"),
                    Map.entry("mail", "arwd"),
                    Map.entry("member", "arwd"),
                    Map.entry("member_directory", "ard"),
                    Map.entry("member_site", "ard"),
                    Map.entry("note", "ard"),
                    Map.entry("outbox_event", "arwd"),
                    Map.entry("own_model", "arwd"),
                    Map.entry("own_training", "arw"),
                    Map.entry("policy", "ar"),
                    Map.entry("moderation_decision", "arw"),
                    Map.entry("queue_claim", "arwd"),
                    Map.entry("queue_item", "arwd"),
                    Map.entry("rescoring", "arw"),
                    Map.entry("rescoring_failure", "arwd"),
                    Map.entry("simulation", "arw"),
                    Map.entry("revision", "ar"), // and to write over what was thought of a text, below
                    Map.entry("sanction", "arw"),
                    Map.entry("site", "arw"),
                    Map.entry("site_directory", "arw"),
                    Map.entry("site_origin", "ard"),
                    Map.entry("statement", "ar"),
                    Map.entry("tenant", "arw"),
                    Map.entry("tenant_backlog", "arw"),
                    Map.entry("tenant_keyset", "ard"),
                    Map.entry("tenant_load", "arw"),
                    Map.entry("tenant_settings", "arw"),
                    Map.entry("webhook", "arwd"),
                    Map.entry("webhook_delivery", "arwd"));

    private static final String TABLES =
            " from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'parley'::regnamespace"
                    + " and c.relname <> '"
                    + HISTORY
                    + "'";

    private static final String WALLED = TABLES + " and c.relname not in ('" + String.join("', '", DIRECTORY) + "')";

    @Test
    void only_the_directory_tables_have_no_wall() throws SQLException {
        assertThat(
                        strings(
                                "select c.relname"
                                        + TABLES
                                        + " and not (c.relrowsecurity and c.relforcerowsecurity) order by 1"))
                .containsExactlyElementsOf(DIRECTORY);
        assertThat(
                        strings(
                                "select c.relname"
                                        + WALLED
                                        + " and not exists (select from pg_attribute a where a.attrelid = c.oid"
                                        + " and a.attname = 'tenant_id' and a.attnotnull and a.atttypid = 'text'::regtype)"))
                .as("tables without a tenant")
                .isEmpty();
    }

    @Test
    void each_wall_is_one_policy_that_checks_what_is_read_and_what_is_written() throws SQLException {
        String wall = "(tenant_id = NULLIF(current_setting('parley.tenant'::text, true), ''::text))";

        assertThat(
                        strings(
                                "select c.relname"
                                        + WALLED
                                        + " and (select count(*) from pg_policy p where p.polrelid = c.oid) <> 1"))
                .as("tables with no policy, or several: any one would open the wall")
                .isEmpty();
        assertThat(
                        strings(
                                "select c.relname"
                                        + WALLED
                                        + " and not exists (select from pg_policy p"
                                        + " where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'"
                                        + " and pg_get_expr(p.polqual, p.polrelid) = $wall$"
                                        + wall
                                        + "$wall$"
                                        + " and pg_get_expr(p.polwithcheck, p.polrelid) = $wall$"
                                        + wall
                                        + "$wall$)"))
                .as("tables with another policy than the wall")
                .isEmpty();
    }

    @Test
    void each_primary_key_and_unique_index_begins_with_the_tenant() throws SQLException {
        assertThat(
                        strings(
                                "select c.relname"
                                        + WALLED
                                        + " and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)"))
                .as("tables without a primary key")
                .isEmpty();
        assertThat(
                        strings(
                                "select i.indexrelid::regclass::text from pg_index i"
                                        + " where i.indisunique and i.indrelid in (select c.oid"
                                        + WALLED
                                        + ")"
                                        + " and not exists (select from pg_attribute a where a.attrelid = i.indrelid"
                                        + " and a.attnum = i.indkey[0] and a.attname = 'tenant_id')"))
                .as("unique indexes that do not begin with the tenant")
                .isEmpty();
    }

    @Test
    void each_foreign_key_carries_the_tenant_and_none_takes_it_away() throws SQLException {
        assertThat(
                        strings(
                                "select f.conname from pg_constraint f where f.contype = 'f'"
                                        + " and f.conrelid in (select c.oid"
                                        + WALLED
                                        + ")"
                                        + " and not exists (select from unnest(f.conkey, f.confkey) as k (own, other)"
                                        + "  join pg_attribute o on o.attrelid = f.conrelid and o.attnum = k.own and o.attname = 'tenant_id'"
                                        + "  join pg_attribute p on p.attrelid = f.confrelid and p.attnum = k.other"
                                        + "   and p.attname = case f.confrelid when 'parley.tenant'::regclass then 'id' else 'tenant_id' end)"))
                .as("foreign keys without the tenant")
                .isEmpty();
        assertThat(
                        strings(
                                "select f.conname from pg_constraint f where f.contype = 'f'"
                                        + " and f.connamespace = 'parley'::regnamespace and f.confupdtype in ('n', 'd', 'c')"))
                .as("foreign keys that act on an update")
                .isEmpty();
        assertThat(
                        strings(
                                "select f.conname from pg_constraint f where f.contype = 'f'"
                                        + " and f.connamespace = 'parley'::regnamespace and f.confdeltype in ('n', 'd')"
                                        + " and (f.confdelsetcols is null or exists (select from pg_attribute a"
                                        + "  where a.attrelid = f.conrelid and a.attnum = any (f.confdelsetcols) and a.attname = 'tenant_id'))"))
                .as("foreign keys that would empty the tenant")
                .isEmpty();
    }

    @Test
    void the_application_has_the_rights_that_are_listed_here_and_no_more() throws SQLException {
        var granted = new TreeMap<String, String>();
        for (var row :
                strings(
                        "select c.relname || ' ' || coalesce((select string_agg(case g.privilege_type"
                                + " when 'INSERT' then 'a' when 'SELECT' then 'r' when 'UPDATE' then 'w'"
                                + " when 'DELETE' then 'd' else '?' || g.privilege_type end, ''"
                                + " order by position(g.privilege_type in 'INSERT SELECT UPDATE DELETE'))"
                                + " from aclexplode(c.relacl) g where g.grantee = 'parley_app'::regrole), '')"
                                + TABLES)) {
            var words = row.split(" ", 2);
            granted.put(words[0], words[1]);
        }
        assertThat(granted).containsExactlyInAnyOrderEntriesOf(RIGHTS);

        assertThat(
                        strings(
                                "select c.relname || '.' || a.attname || ' ' || g.privilege_type from pg_class c"
                                        + " join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g"
                                        + " where c.relnamespace = 'parley'::regnamespace and g.grantee = 'parley_app'::regrole order by 1"))
                .as("rights on columns")
                .containsExactly(
                        "commenter_address.commenter_id SELECT",
                        "commenter_address.lookup SELECT",
                        "commenter_address.tenant_id SELECT",
                        "invitation_address.invitation_id SELECT",
                        "invitation_address.tenant_id SELECT",
                        "revision.decision UPDATE",
                        "revision.language UPDATE",
                        "revision.models UPDATE",
                        "revision.scores UPDATE",
                        "revision.signals UPDATE");
        assertThat(
                        strings(
                                "select c.relname from pg_class c where c.relnamespace = 'parley'::regnamespace"
                                        + " and (c.relname = '"
                                        + HISTORY
                                        + "' or c.relkind not in ('r', 'p', 'i', 'I', 'S'))"
                                        + " and has_table_privilege('parley_app', c.oid, 'insert, update, delete, truncate'"
                                        + " || case c.relname when '"
                                        + HISTORY
                                        + "' then '' else ', select' end)"))
                .as("views, and the history of migrations but to read it")
                .isEmpty();
        assertThat(
                        strings(
                                "select c.relname from pg_class c, aclexplode(c.relacl) g"
                                        + " where c.relnamespace = 'parley'::regnamespace and (g.grantee = 0 or g.is_grantable"
                                        + "  and g.grantee <> c.relowner)"))
                .as("rights of everybody, and rights to pass on")
                .isEmpty();
    }

    @Test
    void the_application_owns_nothing_and_cannot_pass_the_walls() throws SQLException {
        assertThat(
                        strings(
                                "select rolname from pg_roles where rolname in ('parley_app', 'parley_owner')"
                                        + " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"))
                .isEmpty();
        assertThat(
                        strings(
                                "select m.roleid::regrole::text from pg_auth_members m where m.member = 'parley_app'::regrole"))
                .as("roles it could become")
                .isEmpty();
        assertThat(
                        strings(
                                "select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_(toast|temp)'"
                                        + " and has_schema_privilege('parley_app', oid, 'create')"
                                        + " union all select 'owns ' || relname from pg_class where relowner = 'parley_app'::regrole"))
                .isEmpty();
    }

    @Test
    void functions_that_run_with_the_owners_rights_are_those_named_here() throws SQLException {
        assertThat(
                        strings(
                                "select p.proname || ' ' || array_to_string(p.proconfig, ',') from pg_proc p"
                                        + " where p.pronamespace = 'parley'::regnamespace and p.prosecdef"))
                .containsExactlyInAnyOrder(
                        "blank_rejected search_path=parley, pg_temp",
                        "blank_revisions search_path=parley, pg_temp",
                        "open_address search_path=parley, pg_temp",
                        "open_address_for_mail search_path=parley, pg_temp",
                        "open_invited_address search_path=parley, pg_temp");
        assertThat(
                        strings(
                                "select p.proname from pg_proc p, aclexplode(p.proacl) g"
                                        + " where p.pronamespace = 'parley'::regnamespace and p.prosecdef and g.grantee = 0"))
                .as("open to everybody")
                .isEmpty();
    }

    private static List<String> strings(String sql) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
