package dev.parley.load;

import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.RowCopies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fifty tenants, each with a site of twenty articles. A few comments of each come over the API, so that they have all
 * that comments have; the many are copies of their rows, made in the database, with commenters of their own (one for
 * ten comments). Entries of the audit trail and answered keys are not copied.
 */
final class Seed {

    static final int TENANTS = 50;
    static final int ARTICLES = 20;

    /** Of the article {@code thread} of the first tenant, whatever the size of the rest. */
    static final int THREAD = 1000;

    static final String MODERATOR = "load-moderator";

    private static final int PUBLISHED_ORIGINALS = 3;
    private static final int HELD_ORIGINALS = 3;
    private static final int COMMENTS_OF_A_COMMENTER = 10;

    private final EmbeddedDatabase database;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();
    private int published;
    private int pending;

    Seed(EmbeddedDatabase database, String address) {
        this.database = database;
        this.address = address;
    }

    static String site(int tenant) {
        return "load-" + tenant;
    }

    /** Tenants, their originals, and the thread. */
    void start() throws SQLException, IOException, InterruptedException {
        try (var backup = database.asBackup()) {
            for (int tenant = 1; tenant <= TENANTS; tenant++) {
                tenant(backup, site(tenant));
            }
            article(backup, site(1), "thread");
        }
        for (int tenant = 1; tenant <= TENANTS; tenant++) {
            for (int i = 0; i < PUBLISHED_ORIGINALS; i++) {
                post(site(tenant), "Thank you for this careful report on the harbour bridge, which is report %d.", i);
            }
            for (int i = 0; i < HELD_ORIGINALS; i++) {
                post(site(tenant), "You are a stupid idiot and a pathetic liar, and that is opinion %d.", i);
            }
        }
        try (var connection = database.asSuperuser();
                var sql = prepared(connection)) {
            copy(sql, site(1), "PUBLISHED", THREAD, "thread");
            connection.commit();
        }
    }

    /** Adds until so many are published over all tenants, and so many wait in the first tenant's queue. */
    void growTo(int comments) throws SQLException {
        try (var connection = database.asSuperuser();
                var sql = prepared(connection)) {
            int each = (comments - published) / TENANTS;
            for (int tenant = 1; tenant <= TENANTS; tenant++) {
                copy(sql, site(tenant), "PUBLISHED", each, null);
                connection.commit();
            }
            copy(sql, site(1), "HELD", comments - pending, null);
            connection.commit();
            published = comments;
            pending = comments;
            connection.setAutoCommit(true);
            sql.execute("vacuum analyze");
            sql.execute("checkpoint");
        }
    }

    /** Copies of what is whole are whole; to check each of their references would take minutes. */
    private static Statement prepared(Connection connection) throws SQLException {
        var sql = connection.createStatement();
        sql.execute("set search_path = parley");
        sql.execute("set session_replication_role = replica");
        connection.setAutoCommit(false);
        return sql;
    }

    private static void copy(Statement sql, String tenant, String status, int number, @Nullable String article)
            throws SQLException {
        sql.execute("drop table if exists copy, writer");
        sql.execute(
                """
                create temp table copy as
                select gen_random_uuid() id, n,
                    (select commenter_id from commenter_address where tenant_id = '%s' limit 1) original
                from generate_series(0, %d) n\
                """
                        .formatted(tenant, number / COMMENTS_OF_A_COMMENTER));
        RowCopies.add(sql, tenant, "commenter", Map.of("id", "c.id"), "t.id = c.original");
        RowCopies.add(
                sql,
                tenant,
                "commenter_address",
                Map.of("commenter_id", "c.id", "lookup", "sha256(c.id::text::bytea)"),
                "t.commenter_id = c.original");
        sql.execute("alter table copy rename to writer");
        sql.execute(
                """
                create temp table copy as
                select uuidv7() id, gen_random_uuid() statement, w.id commenter, a.id article, o.id original, g.n
                from generate_series(1, %1$d) g(n)
                join (select id, row_number() over () - 1 place, count(*) over () total
                      from (select id from comment where tenant_id = '%2$s' and status = '%3$s' order by id limit 3)) o
                    on g.n %% o.total = o.place
                join (select id, row_number() over (order by key) - 1 place, count(*) over () total
                      from article where tenant_id = '%2$s' and %4$s) a
                    on (g.n / 7) %% a.total = a.place
                join writer w on w.n = g.n / %5$d
                order by g.n\
                """
                        .formatted(
                                number,
                                tenant,
                                status,
                                article == null ? "key <> 'thread'" : "key = '" + article + "'",
                                COMMENTS_OF_A_COMMENTER));
        if (status.equals("HELD")) {
            RowCopies.add(
                    sql,
                    tenant,
                    "statement",
                    Map.of("id", "c.statement", "comment_id", "c.id"),
                    "t.comment_id = c.original");
        }
        var others =
                status.equals("HELD")
                        ? Map.of(
                                "id", "c.id",
                                "article_id", "c.article",
                                "commenter_id", "c.commenter",
                                "statement_id", "c.statement")
                        : Map.of("id", "c.id", "article_id", "c.article", "commenter_id", "c.commenter");
        RowCopies.add(sql, tenant, "comment", others, "t.id = c.original");
        RowCopies.add(sql, tenant, "revision", Map.of("comment_id", "c.id"), "t.comment_id = c.original");
        RowCopies.add(
                sql,
                tenant,
                "queue_item",
                Map.of(
                        "comment_id", "c.id",
                        "article_id", "c.article",
                        "risk", "t.risk * (1 - c.n / 1e7)",
                        "entered_at", "t.entered_at - interval '1 day' * c.n / 1e6"),
                "t.comment_id = c.original");
        if (status.equals("PUBLISHED")) {
            sql.execute(
                    """
                    update article a set comment_count = comment_count + added, thread_version = thread_version + 1
                    from (select article, count(*) added from copy group by article) x
                    where a.tenant_id = '%s' and a.id = x.article\
                    """
                            .formatted(tenant));
        }
    }

    private static void tenant(Connection backup, String key) throws SQLException {
        var site = UUID.randomUUID();
        var member = UUID.randomUUID();
        run(backup, "insert into tenant values (?, 'Load', 'ACTIVE', now(), now())", key);
        run(backup, "insert into tenant_settings (tenant_id, id) values (?, 1)", key);
        run(backup, "insert into site_directory values (?, ?, ?)", key, key, site);
        run(
                backup,
                "insert into site values (?, ?, ?, 'Load News', 'en', '{https://load.example}', now())",
                key,
                site,
                key);
        run(backup, "insert into member_directory values (?, ?)", MODERATOR, key);
        run(
                backup,
                "insert into member (tenant_id, id, subject, role, name, all_sites, created_at) values (?, ?, ?, 'MODERATOR', 'Load', true, now())",
                key,
                member,
                MODERATOR);
        for (int i = 1; i <= ARTICLES; i++) {
            article(backup, key, "a-" + i);
        }
    }

    private static void article(Connection backup, String site, String key) throws SQLException {
        run(
                backup,
                "insert into article (tenant_id, id, site_id, key, provisional, created_at) select tenant_id, gen_random_uuid(), id, ?, false, now() from site where key = ?",
                key,
                site);
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private void post(String site, String text, int number) throws IOException, InterruptedException {
        var json =
                "{\"name\": \"Reader %d\", \"email\": \"original-%d@mail.example\", \"body\": \"%s\"}"
                        .formatted(number, number, text.formatted(number));
        var request =
                HttpRequest.newBuilder(URI.create(address + "/api/v1/sites/" + site + "/articles/a-1/comments"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("A comment was answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
