package dev.parley.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.standalone.EmbeddedDatabase.Durability;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    private final DatabasePasswords passwords = DatabasePasswords.random();

    @TempDir Path folder;

    @Test
    void rows_when_the_server_starts_again_are_still_there_and_every_commit_was_durable() throws Exception {
        try (var first = start(Durability.KEPT);
                var owner = first.asOwner()) {
            assertEquals("on", ask(owner, "show fsync"));
            assertEquals("on", ask(owner, "show full_page_writes"));
            assertEquals("on", ask(owner, "show synchronous_commit"));
            tell(owner, "create table kept (word text)");
            tell(owner, "insert into kept values ('still here')");
        }

        try (var second = start(Durability.KEPT);
                var owner = second.asOwner()) {
            assertEquals("still here", ask(owner, "select word from kept"));
        }
    }

    @Test
    void the_roles_when_made_have_the_rights_of_production_and_none_more() throws Exception {
        try (var database = start(Durability.FORGETFUL);
                var app = database.asApp();
                var owner = database.asOwner()) {
            assertEquals(
                    "parley_app:false:false parley_backup:false:true parley_owner:false:false",
                    ask(
                            app,
                            """
                            select string_agg(rolname || ':' || rolsuper || ':' || rolbypassrls, ' ' order by rolname)
                            from pg_roles where rolname like 'parley%'
                            """));
            assertEquals("parley", ask(app, "select current_schema"));
            assertThrows(SQLException.class, () -> tell(app, "create table mine (id int)"));
            assertThrows(SQLException.class, () -> tell(app, "create schema mine"));

            tell(owner, "create table secret (word text)");
            assertThrows(SQLException.class, () -> ask(app, "select word from secret"));
            assertEquals("parley_owner", ask(owner, "select tableowner from pg_tables where tablename = 'secret'"));
        }
    }

    @Test
    void a_connection_without_the_password_is_refused_the_superusers_too() throws Exception {
        try (var database = start(Durability.FORGETFUL)) {
            assertRefused(database.url(), "postgres", "");
            assertRefused(database.url(), "postgres", "postgres");
            assertRefused(database.url(), EmbeddedDatabase.APP, passwords.owner());
            assertFalse(database.url().contains("user"), "a user in the URL wins over the configured one");
        }
    }

    @Test
    void values_when_a_constraint_fails_do_not_reach_the_servers_log() throws Exception {
        try (var database = start(Durability.FORGETFUL);
                var owner = database.asOwner()) {
            tell(owner, "create table reader (address text unique)");
            for (var time = 0; time < 2; time++) {
                try (var insert = owner.prepareStatement("insert into reader values (?)")) {
                    insert.setString(1, "canary@reader.example");
                    insert.execute();
                } catch (SQLException expected) {
                    assertEquals("23505", expected.getSQLState());
                }
            }
        }
        var log = new StringBuilder();
        try (var files = Files.list(folder.resolve("pg/log"))) {
            for (var file : files.toList()) {
                log.append(Files.readString(file));
            }
        }
        assertTrue(log.toString().contains("duplicate key value"), log.toString());
        assertFalse(log.toString().contains("canary"), log.toString());
        assertFalse(log.toString().contains(passwords.app()), "a password stands in the log");
    }

    @Test
    void the_wished_port_when_taken_gives_way_to_a_free_one() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"),
                                taken.getLocalPort(),
                                passwords,
                                Durability.FORGETFUL,
                                Map.of())) {
            assertNotEquals(taken.getLocalPort(), database.port());
        }
    }

    /** As after a kill of the application: nobody closes the first server. */
    @Test
    void a_server_left_behind_when_the_next_starts_is_ended_and_its_rows_are_kept() throws Exception {
        var orphan = start(Durability.KEPT);
        var pid = Long.parseLong(Files.readAllLines(folder.resolve("pg/postmaster.pid")).getFirst());
        try (var owner = orphan.asOwner()) {
            tell(owner, "create table kept (word text)");
            tell(owner, "insert into kept values ('committed')");
        }
        releaseLockOf(orphan);

        try (var second = start(Durability.KEPT);
                var owner = second.asOwner()) {
            assertEquals("committed", ask(owner, "select word from kept"));
            assertFalse(ProcessHandle.of(pid).isPresent(), "the first server still runs");
        }
    }

    @Test
    void data_of_another_version_are_refused_in_plain_words() throws Exception {
        Files.createDirectories(folder.resolve("pg"));
        Files.writeString(folder.resolve("pg/PG_VERSION"), "17\n");

        var refusal = assertThrows(IllegalStateException.class, () -> start(Durability.KEPT));

        assertTrue(refusal.getMessage().contains("PostgreSQL 17"), refusal.getMessage());
    }

    private EmbeddedDatabase start(Durability durability) {
        return EmbeddedDatabase.start(folder.resolve("pg"), 0, passwords, durability, Map.of());
    }

    /** Within one JVM the first server's file lock must go by hand; a kill lets go of it. */
    private static void releaseLockOf(EmbeddedDatabase database) throws Exception {
        var server = EmbeddedDatabase.class.getDeclaredField("server");
        server.setAccessible(true);
        var lock = server.get(database).getClass().getDeclaredField("lock");
        lock.setAccessible(true);
        ((java.nio.channels.FileLock) lock.get(server.get(database))).release();
    }

    private static void assertRefused(String url, String user, String password) {
        var refusal = assertThrows(SQLException.class, () -> DriverManager.getConnection(url, user, password).close());
        assertTrue(refusal.getSQLState().startsWith("28") || refusal.getSQLState().equals("08004"), refusal::toString);
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            assertTrue(result.next(), sql);
            return result.getString(1);
        }
    }

    private static void tell(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
