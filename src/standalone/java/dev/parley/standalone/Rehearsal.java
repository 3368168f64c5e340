package dev.parley.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * {@code java … dev.parley.standalone.Rehearsal COMMAND…}: runs a packaged Parley once through what it does most, on a
 * PostgreSQL of its own, and asks it to end. With {@code -XX:AOTCacheOutput=FILE} in the command the JVM writes down
 * what it learned on the way. Used where the image is built; fails with an exception if anything is not as it should.
 *
 * <p>The address is {@code http://127.0.0.1:8080}, that of the management interface {@code http://127.0.0.1:9000}.
 */
public final class Rehearsal {

    private static final String ORIGIN = "http://127.0.0.1:8080";
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration END_LIMIT = Duration.ofMinutes(5);
    private static final int ROUNDS = 30;
    private static final String ARTICLE = ORIGIN + "/api/v1/sites/rehearsal/articles/a";

    /** 128 + 15: ended by SIGTERM, as it was asked. */
    private static final int ENDED = 143;

    private static final String MODERATOR = "rehearsal-moderator";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Rehearsal() {}

    /** The command. */
    public static void main(String... command) throws Exception {
        var folder = Files.createTempDirectory("rehearsal");
        try (var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.FORGETFUL, Map.of());
                var issuer = new Issuer()) {
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(configuration(database, issuer, folder));
            var parley = builder.start();
            try {
                awaitReady(parley);
                seed(database);
                var token = issuer.token(MODERATOR);
                for (int i = 0; i < ROUNDS; i++) {
                    play(i);
                    moderate(token);
                }
                parley.destroy();
                if (!parley.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("Parley did not end within " + END_LIMIT);
                }
                if (parley.exitValue() != ENDED && parley.exitValue() != 0) {
                    throw new IllegalStateException("Parley ended with code " + parley.exitValue());
                }
            } finally {
                parley.destroyForcibly();
            }
        }
    }

    private static Map<String, String> configuration(EmbeddedDatabase database, Issuer issuer, Path folder)
            throws IOException {
        var key = Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]));
        return Map.of(
                "PARLEY_DATABASE_URL",
                database.url(),
                "PARLEY_DATABASE_APP_PASSWORD",
                database.passwords().app(),
                "PARLEY_DATABASE_OWNER_PASSWORD",
                database.passwords().owner(),
                "PARLEY_MASTER_KEY_FILE",
                key.toString(),
                "PARLEY_CONSOLE_SESSION_SECRET",
                "a secret of the rehearsal that opens nothing",
                "PARLEY_PUBLIC_ORIGIN",
                ORIGIN,
                "PARLEY_MAIL_ENABLED",
                "false",
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                issuer.url(),
                "PARLEY_INTAKE_SENDER_BURST",
                "1000",
                "QUARKUS_HTTP_HOST",
                "127.0.0.1");
    }

    private static void awaitReady(Process parley) throws InterruptedException {
        var until = Instant.now().plus(READY_LIMIT);
        while (!isReady()) {
            if (!parley.isAlive() || Instant.now().isAfter(until)) {
                throw new IllegalStateException("Parley was not ready within " + READY_LIMIT);
            }
            Thread.sleep(100);
        }
    }

    private static boolean isReady() throws InterruptedException {
        for (var origin : List.of("http://127.0.0.1:9000", ORIGIN)) {
            try {
                if (get(origin + "/q/health/ready").statusCode() == 200) {
                    return true;
                }
            } catch (IOException e) {
                // Not listening yet, or no such interface.
            }
        }
        return false;
    }

    private static void seed(EmbeddedDatabase database) throws SQLException {
        var site = UUID.randomUUID();
        try (var connection = database.asBackup();
                var statement = connection.createStatement()) {
            statement.execute("insert into tenant values ('rehearsal', 'Rehearsal', 'ACTIVE', now(), now())");
            statement.execute("insert into tenant_settings (tenant_id, id) values ('rehearsal', 1)");
            statement.execute("insert into site_directory values ('rehearsal', 'rehearsal', '%s')".formatted(site));
            statement.execute(
                    "insert into site values ('rehearsal', '%s', 'rehearsal', 'Rehearsal', 'en', '{https://rehearsal.example}', now())"
                            .formatted(site));
            statement.execute(
                    "insert into article (tenant_id, id, site_id, key, provisional, created_at) values ('rehearsal', gen_random_uuid(), '%s', 'a', false, now())"
                            .formatted(site));
            statement.execute("insert into member_directory values ('%s', 'rehearsal')".formatted(MODERATOR));
            statement.execute(
                    "insert into member (tenant_id, id, subject, role, name, all_sites, created_at) values ('rehearsal', gen_random_uuid(), '%s', 'MODERATOR', 'Rehearsal', true, now())"
                            .formatted(MODERATOR));
        }
    }

    /** Comments that are published and held, the thread, the framed page, counts, the console's page, a refusal. */
    private static void play(int round) throws IOException, InterruptedException {
        expect(201, post("Thank you for this careful report, number %d of many.".formatted(round), round));
        expect(201, post("You are a stupid idiot and a pathetic liar, for time %d.".formatted(round), round));
        expect(200, get(ARTICLE + "/comments?sort=newest&limit=50"));
        expect(200, get(ORIGIN + "/embed/rehearsal/a"));
        expect(200, get(ORIGIN + "/api/v1/sites/rehearsal/counts?article=a"));
        expect(200, get(ORIGIN + "/embed.js"));
        expect(200, get(ORIGIN + "/console"));
        expect(401, get(ORIGIN + "/api/v1/tenants/rehearsal/queue"));
    }

    /** The queue, its counts, its first item from opening to the decision. */
    private static void moderate(String token) throws IOException, InterruptedException {
        var queue = ORIGIN + "/api/v1/tenants/rehearsal/queue";
        var listed = get(queue + "?limit=50", token);
        expect(200, listed);
        expect(200, get(queue + "/counts", token));
        var first = JSON.readTree(listed.body()).path("items").path(0).path("comment");
        var comment = ORIGIN + "/api/v1/tenants/rehearsal/comments/" + first.path("id").asText();
        expect(200, get(comment, token));
        expect(
                200,
                HTTP.send(
                        request(comment + "/decisions", token)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"revision\": 1, \"stateVersion\": %d, \"action\": \"APPROVE\"}"
                                                        .formatted(first.path("stateVersion").asInt())))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    private static HttpResponse<String> post(String text, int round) throws IOException, InterruptedException {
        var body =
                "{\"name\": \"Reader %d\", \"email\": \"reader-%d@mail.example\", \"body\": \"%s\"}"
                        .formatted(round, round, text);
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(ARTICLE + "/comments"))
                        .header("Content-Type", "application/json")
                        .header("Origin", "https://rehearsal.example")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String address, String token) throws IOException, InterruptedException {
        return HTTP.send(request(address, token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
        }
    }
}
