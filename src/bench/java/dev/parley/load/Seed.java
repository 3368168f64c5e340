package dev.parley.load;

import dev.parley.standalone.CommentCopies;
import dev.parley.standalone.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Fifty tenants, each with a site of twenty articles. A few comments of each come over the API; the many are copies of
 * them ({@link CommentCopies}).
 */
final class Seed {

    static final int TENANTS = 50;
    static final int ARTICLES = 20;

    /** Of the article {@code thread} of the first tenant, whatever the size of the rest. */
    static final int THREAD = 1000;

    static final String MODERATOR = "load-moderator";

    private static final int PUBLISHED_ORIGINALS = 3;
    private static final int HELD_ORIGINALS = 3;

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
                var sql = CommentCopies.prepared(connection)) {
            CommentCopies.add(sql, site(1), "PUBLISHED", THREAD, "thread");
            connection.commit();
        }
    }

    /** Adds until so many are published over all tenants, and so many wait in the first tenant's queue. */
    void growTo(int comments) throws SQLException {
        try (var connection = database.asSuperuser();
                var sql = CommentCopies.prepared(connection)) {
            int each = (comments - published) / TENANTS;
            for (int tenant = 1; tenant <= TENANTS; tenant++) {
                CommentCopies.add(sql, site(tenant), "PUBLISHED", each, null);
                connection.commit();
            }
            CommentCopies.add(sql, site(1), "HELD", comments - pending, null);
            connection.commit();
            published = comments;
            pending = comments;
            connection.setAutoCommit(true);
            sql.execute("vacuum analyze");
            sql.execute("checkpoint");
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
