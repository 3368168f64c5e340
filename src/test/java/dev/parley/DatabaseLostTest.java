package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.History;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Writer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * All connections to the database are cut while readers write, more often than the pool has connections to lose. The
 * short form of R2; the long one kills the server: {@code ./parley fault DatabaseKilled}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class DatabaseLostTest {

    private static final int WRITERS = 8;
    private static final int CUTS = 8;

    /** Answers between two cuts. */
    private static final int TRAFFIC = 25;

    /** Generous: writers get the first answers after a cut within a second. */
    private static final int LIMIT_SECONDS = 60;

    @TestHTTPResource("/")
    URI base;

    @Inject AgroalDataSource pool;

    @Test
    void what_was_acknowledged_is_there_and_no_connection_is_lost_from_the_pool() throws Exception {
        var tenant = "lost-" + UUID.randomUUID().toString().substring(0, 8);
        var newsroom = new Newsroom(tenant, tenant + "-news", List.of("bridge", "harbour"));
        try (var backup = PostgresResource.asBackup()) {
            newsroom.seed(backup);
        }
        var history = new History();
        var stop = new AtomicBoolean();
        int cut = 0;
        var writing = new ArrayList<Future<?>>();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = () -> stop.set(true)) {
            for (int i = 0; i < WRITERS; i++) {
                var writer =
                        new Writer(
                                "w" + i,
                                base + "api/v1/sites/" + newsroom.site(),
                                newsroom.articles(),
                                http,
                                history,
                                i);
                writing.add(
                        threads.submit(() -> {
                            writer.write(stop::get);
                            return null;
                        }));
            }
            for (int i = 0; i < CUTS; i++) {
                awaitTraffic(history);
                cut += cutAll();
            }
            awaitTraffic(history);
            stop.set(true);
            for (var one : writing) {
                one.get();
            }
        }

        assertThat(cut).isGreaterThan(pool.getConfiguration().connectionPoolConfiguration().maxSize());
        assertThat(history.everUnknown()).isPositive();
        // 0: on a busy machine a writer may lose patience with the first answers of a start.
        assertThat(history.attempts())
                .allSatisfy(attempt -> assertThat(attempt.http()).isIn(0, 200, 201, 204, 409, 503));
        assertThat(history.posts(Outcome.UNKNOWN)).isEmpty();
        try (var backup = PostgresResource.asBackup()) {
            assertThat(new HistoryChecker(backup, tenant).faults(history)).isEmpty();
        }
        allCanBeHad();
    }

    /** Cuts those of the pool, as a crash of the server does; says how many there were. */
    private static int cutAll() throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                                + " where usename = 'parley_app' and application_name <> 'parley-live'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void awaitTraffic(History history) throws InterruptedException {
        long enough = history.count(Outcome.OK) + TRAFFIC;
        var until = Instant.now().plusSeconds(LIMIT_SECONDS);
        while (history.count(Outcome.OK) < enough) {
            assertThat(Instant.now()).as("writers are answered again").isBefore(until);
            Thread.sleep(20);
        }
    }

    /** As many as the pool may hold can be had at once, so none is lost. */
    private void allCanBeHad() throws SQLException {
        int most = pool.getConfiguration().connectionPoolConfiguration().maxSize();
        var taken = new ArrayList<java.sql.Connection>();
        try {
            for (int i = 0; i < most; i++) {
                taken.add(pool.getConnection());
            }
            assertThat(taken).hasSize(most);
        } finally {
            for (var one : taken) {
                one.close();
            }
        }
    }
}
