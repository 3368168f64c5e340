package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** No migration stops the version that runs beside it; and each rule finds what it is for. */
class MigrationLintTest {

    /** Those before it ran on no production: whoever had Parley then began with an empty database. */
    private static final int FIRST = 62;

    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    private static final String NAME = "V9000__x.sql";
    private static final String ALONE = "executeInTransaction=false\n";

    /** SQL, and the rule that refuses it. */
    private static final Map<String, String> PLANTED =
            Map.ofEntries(
                    Map.entry("create index i on comment (tenant_id)", "index"),
                    Map.entry("create unique index if not exists i on parley.comment (tenant_id)", "index"),
                    Map.entry("create /* on t */ index i on \"comment\" (tenant_id)", "index"),
                    Map.entry("drop index i", "index"),
                    Map.entry("create index concurrently i on comment (tenant_id)", "transaction"),
                    Map.entry("drop index concurrently i", "transaction"),
                    Map.entry("alter table comment add column c text not null", "not null"),
                    Map.entry("alter table comment alter column c set not null", "not null"),
                    Map.entry("alter table comment add column c timestamptz default now()", "rewrite"),
                    Map.entry("alter table comment add column c uuid not null default gen_random_uuid()", "rewrite"),
                    Map.entry("alter table comment add column c int generated always as (1) stored", "rewrite"),
                    Map.entry("alter table comment add column c bigserial", "rewrite"),
                    Map.entry("alter table comment alter column c type bigint", "rewrite"),
                    Map.entry(
                            "alter table if exists only parley.comment alter column c set data type bigint", "rewrite"),
                    Map.entry("alter table comment add column a text, add column c int check (c > 0)", "constraint"),
                    Map.entry("alter table comment add column c text references tenant (id)", "constraint"),
                    Map.entry("alter table comment add column c text unique", "constraint"),
                    Map.entry("alter table comment add constraint k check (a in ('not valid', ';'))", "constraint"),
                    Map.entry("alter table comment add constraint k foreign key (a) references b (c)", "constraint"),
                    Map.entry("alter table comment add constraint k not null c", "constraint"),
                    Map.entry("alter table comment add constraint k unique (a)", "constraint"),
                    Map.entry("alter table comment add constraint k primary key (a)", "constraint"),
                    Map.entry(
                            "alter table comment add constraint k check (a > 0) not valid; alter table comment validate constraint k",
                            "validate"),
                    Map.entry("alter table comment drop column c", "contract"),
                    Map.entry("alter table comment drop constraint k, drop column c", "contract"),
                    Map.entry("alter table comment rename column c to d", "contract"),
                    Map.entry("alter table comment rename to remark", "contract"),
                    Map.entry("alter table comment alter column c drop default", "contract"),
                    Map.entry("drop table comment", "contract"),
                    Map.entry("drop function f", "contract"),
                    Map.entry("revoke select on comment from parley_app", "contract"),
                    Map.entry("update comment set c = 1", "rows"),
                    Map.entry("update only comment set c = 1 where c is null", "rows"),
                    Map.entry("delete from comment", "rows"),
                    Map.entry("insert into note select * from comment", "rows"),
                    Map.entry("do $$ begin update comment set c = 1; end $$", "rows"),
                    Map.entry("do $x$ begin alter table comment drop column c; end $x$", "block"),
                    Map.entry("do $$ begin execute 'drop table comment'; end $$", "block"),
                    Map.entry("set lock_timeout = 0", "timeout"),
                    Map.entry("set statement_timeout = '1h'", "timeout"),
                    Map.entry("truncate comment", "unknown"),
                    Map.entry("lock table comment", "unknown"),
                    Map.entry("vacuum full comment", "unknown"),
                    Map.entry("cluster comment", "unknown"),
                    Map.entry("reindex table comment", "unknown"),
                    Map.entry("create trigger t before insert on comment execute function f()", "unknown"),
                    Map.entry("alter table comment disable row level security", "unknown"),
                    Map.entry("alter table comment set unlogged", "unknown"),
                    Map.entry("alter type t add value 'x'", "unknown"),
                    Map.entry("call anything()", "unknown"));

    private static final List<String> SAFE =
            List.of(
                    "create table t (a int not null, constraint t_pk primary key (a)); create index i on t (a);"
                            + " alter table t add column b text not null; update t set b = 'x'; call raise_wall('t')",
                    "alter table comment add column c int",
                    "alter table comment add column c int not null default -1, add column d text default 'a, (b'",
                    "alter table comment add constraint k check (a > 0) not valid",
                    "alter table comment add constraint k foreign key (a, b) references t (a, b) not valid",
                    "alter table comment add constraint k not null c not valid",
                    "alter table comment validate constraint k",
                    "alter table comment add constraint k unique using index i",
                    "alter table comment alter column c drop not null, drop constraint k",
                    "-- drop table comment;\n/* update comment /* set */ a = 1; */ comment on table comment is 'drop table x;'",
                    "create or replace function f() returns int language sql as $$ update comment set a = 1 $$;"
                            + " revoke all on function f() from public; grant execute on function f() to parley_app",
                    "do $$ declare t text; begin for t in select id from tenant loop perform set_config('parley.tenant', t, true);"
                            + " update comment set c = 1 where id in (select id from comment where c is null limit 1000 for update);"
                            + " end loop; end $$",
                    "-- Contract of V0061\nalter table comment drop column c; drop table note");

    @Test
    void every_migration_since_the_rule_is_safe_beside_the_version_before() throws IOException {
        var faults = new TreeMap<String, List<String>>();
        var seen = new ArrayList<Integer>();
        for (var file : migrations()) {
            int version = MigrationLint.version(file.getFileName().toString());
            seen.add(version);
            if (version >= FIRST) {
                var found = faults(file);
                if (!found.isEmpty()) {
                    faults.put(file.getFileName().toString(), found);
                }
            }
        }
        assertThat(seen).as("the folder was read").hasSizeGreaterThan(30).doesNotHaveDuplicates().contains(1, 61);
        assertThat(faults).as("not safe beside the version that runs; see docs/operations.md, Migrations").isEmpty();
    }

    @Test
    void what_stands_after_each_migration_gives_rights_and_no_more() throws IOException {
        var after = SqlWords.statements(Files.readString(FOLDER.resolve("afterMigrate.sql")));

        assertThat(after).isNotEmpty().allSatisfy(s -> assertThat(s.getFirst()).isEqualTo("grant"));
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.startsWith("V")))
                    .as("callbacks")
                    .containsExactly("afterMigrate.sql");
        }
    }

    @Test
    void each_planted_fault_is_found_by_its_rule() {
        PLANTED.forEach((sql, rule) ->
                assertThat(MigrationLint.faults(NAME, sql, ""))
                        .as(sql)
                        .isNotEmpty()
                        .allMatch(fault -> fault.startsWith(rule + ": ")));
        assertThat(
                        MigrationLint.faults(
                                NAME, "create index concurrently i on comment (a); grant select on t to u", ALONE))
                .singleElement()
                .asString()
                .startsWith("transaction: ");
        assertThat(MigrationLint.faults("V0061__x.sql", "-- Contract of V0061\ndrop table t", ""))
                .singleElement()
                .asString()
                .startsWith("contract: ");
    }

    @Test
    void what_is_safe_passes() {
        for (var sql : SAFE) {
            assertThat(MigrationLint.faults(NAME, sql, "")).as(sql).isEmpty();
        }
        assertThat(
                        MigrationLint.faults(
                                NAME, "set lock_timeout = 0; create index concurrently i on comment (a)", ALONE))
                .isEmpty();
    }

    @Test
    void older_migrations_would_not_all_pass_so_that_it_is_not_blind() throws IOException {
        var found = new TreeMap<Integer, List<String>>();
        for (var file : migrations()) {
            int version = MigrationLint.version(file.getFileName().toString());
            if (version < FIRST && !faults(file).isEmpty()) {
                found.put(version, faults(file));
            }
        }
        assertThat(found).containsKeys(10, 20, 51, 53, 54, 56).doesNotContainKeys(2, 3, 4, 5, 11, 57, 60, 61);
    }

    @Test
    void a_script_that_does_not_end_is_refused() {
        for (var sql : List.of("select 'a", "select \"a", "select $x$ a $y$", "/* /* */ a")) {
            assertThatThrownBy(() -> SqlWords.statements(sql)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(SqlWords.statements("a 'b;''c' E'\\';' \"D\" $1 $t$;$u$;$t$; -- e\n;F.g"))
                .containsExactly(
                        List.of("a", "'b;''c'", "'\\';'", "d", "$", "1", "$t$;$u$;$t$"), List.of("f", ".", "g"));
    }

    private static List<String> faults(Path file) throws IOException {
        var config = file.resolveSibling(file.getFileName() + ".conf");
        return MigrationLint.faults(
                file.getFileName().toString(),
                Files.readString(file),
                Files.exists(config) ? Files.readString(config) : "");
    }

    private static List<Path> migrations() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(f -> f.getFileName().toString().matches("V.*[.]sql")).sorted().toList();
        }
    }
}
