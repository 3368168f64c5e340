package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.standalone.HaltBeforeAnswer;
import dev.parley.testing.History;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import dev.parley.testing.Writer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged program is killed while readers write, at random moments and between a commit and its answer, and
 * started again on a PostgreSQL with fsync. What was acknowledged is there, once. The short form of R1; the long one is
 * {@code ./parley fault Kill}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {

    private static final Newsroom NEWSROOM =
            new Newsroom("killed", "killed-news", List.of("bridge", "harbour", "library"));

    private static final String TENANT = NEWSROOM.tenant();

    private static final int WRITERS = Integer.getInteger("parley.kill.writers", 12);
    private static final int KILLS = Integer.getInteger("parley.kill.times", 3);

    /** Generous, since the machine that runs the tests is busy; the goal of 10 s is printed beside what it took. */
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    /** The halted start answers so many posts before it halts. */
    private static final int HALTED_ANSWER = 40;

    /** Goal R15. */
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    /** Of a JVM that ended because it was asked to. */
    private static final int TERMINATED = 143;

    /** Answers after which a start may be killed. */
    private static final int TRAFFIC = 60;

    /** Of the wait for them; the long form gives more time, since many more writers wait for the first answers. */
    private static final Duration TRAFFIC_LIMIT = Duration.ofSeconds(Integer.getInteger("parley.kill.patience", 60));

    private static final List<String> WATCHED =
            List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics");

    private final History history = new History();
    private EmbeddedDatabase database;
    private List<String> unanswered;
    private Instant askedToEnd;
    private Duration took;
    private List<String> logged;

    /** Statuses by address, of a running one. */
    private final Map<String, Integer> answered = new TreeMap<>();

    @BeforeAll
    void a_history_with_kills(@TempDir Path folder) throws Exception {
        database =
                EmbeddedDatabase.start(folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
        long seed = Long.getLong("parley.kill.seed", System.nanoTime());
        var random = new Random(seed);
        var log = Files.createDirectories(Path.of("target")).resolve("kill.log");
        Files.deleteIfExists(log);
        var ready = new ArrayList<Duration>();
        var stop = new AtomicBoolean();
        try (var parley = new PackagedParley(PackagedParley.settings(database, folder), log);
                var http =
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .connectTimeout(Duration.ofSeconds(5))
                                .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                // Closed before the threads, which would else write on when something here fails.
                AutoCloseable _ = () -> stop.set(true)) {
            parley.start();
            try (var backup = database.asBackup()) {
                NEWSROOM.seed(backup);
            }
            for (var path : WATCHED) {
                answered.put("public " + path, status(http, parley.address() + path));
                answered.put("management " + path, status(http, parley.management() + path));
            }
            var writing = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                var writer =
                        new Writer(
                                "w" + i,
                                parley.address() + "/api/v1/sites/" + NEWSROOM.site(),
                                NEWSROOM.articles(),
                                http,
                                history,
                                seed + i);
                writing.add(
                        threads.submit(() -> {
                            writer.write(stop::get);
                            return null;
                        }));
            }
            for (int i = 0; i < KILLS; i++) {
                awaitTraffic();
                Thread.sleep(random.nextInt(3_000));
                parley.kill();
                boolean haltsNext = i == KILLS - 1;
                ready.add(
                        haltsNext
                                ? parley.start("-D" + HaltBeforeAnswer.PROPERTY + "=" + HALTED_ANSWER)
                                : parley.start());
            }
            assertThat(parley.awaitEnd(Duration.ofSeconds(60))).isEqualTo(HaltBeforeAnswer.EXIT_CODE);
            try (var backup = database.asBackup()) {
                unanswered = new HistoryChecker(backup, TENANT).storedButUnanswered(history);
            }
            ready.add(parley.start());
            awaitTraffic();
            askedToEnd = Instant.now();
            parley.terminate();
            assertThat(parley.awaitEnd(END_LIMIT)).isEqualTo(TERMINATED);
            took = Duration.between(askedToEnd, Instant.now());
            ready.add(parley.start());
            awaitTraffic();
            stop.set(true);
            for (var one : writing) {
                one.get();
            }
        }
        logged = Files.readAllLines(log);
        System.out.printf(
                "Kill test, seed %d: %d writers, %d kills and 1 halt between commit and answer; %d calls; %d outcomes were unknown for a while;"
                        + " %d posts acknowledged, %d taken back, %d refused; %d stored without an answer at the halt;"
                        + " ended %.1f s after it was asked to (goal 30 s), with %d calls in flight;"
                        + " ready in %s s (goal 10 s)%n",
                seed,
                WRITERS,
                KILLS,
                history.attempts().size(),
                history.everUnknown(),
                history.posts(Outcome.OK).size(),
                history.withdrawals(Outcome.OK).size(),
                history.count(Outcome.REFUSED),
                unanswered.size(),
                took.toMillis() / 1e3,
                inFlight().size(),
                ready.stream().map(time -> "%.1f".formatted(time.toMillis() / 1e3)).toList());
        assertThat(ready).allMatch(time -> time.compareTo(READY_LIMIT) < 0);
    }

    @AfterAll
    void stop() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void nothing_acknowledged_is_lost_or_doubled_and_no_invariant_is_broken() throws SQLException {
        try (var backup = database.asBackup()) {
            assertThat(new HistoryChecker(backup, TENANT).faults(history)).isEmpty();
        }
        assertThat(history.posts(Outcome.OK)).hasSizeGreaterThan(100);
        assertThat(history.withdrawals(Outcome.OK)).isNotEmpty();
    }

    @Test
    void whoever_was_being_answered_when_it_was_asked_to_end_got_their_answer() {
        assertThat(inFlight()).isNotEmpty().allMatch(attempt -> attempt.outcome() == Outcome.OK);
    }

    @Test
    void nobody_was_cut_off_at_the_end_because_others_went_on_to_come() {
        assertThat(logged).anyMatch(line -> line.contains("All HTTP requests complete"));
        assertThat(logged).noneMatch(line -> line.contains("Timed out waiting for graceful shutdown"));
    }

    /** What writers had asked for, and were not yet told, when the end was asked for. */
    private List<History.Attempt> inFlight() {
        return history.attempts().stream()
                .filter(attempt -> attempt.called().isBefore(askedToEnd) && attempt.answered().isAfter(askedToEnd))
                .toList();
    }

    @Test
    void health_and_metrics_stand_on_the_management_port_alone() {
        for (var path : WATCHED) {
            assertThat(answered).containsEntry("public " + path, 404).containsEntry("management " + path, 200);
        }
    }

    @Test
    void the_log_is_an_object_a_line() {
        assertThat(logged)
                .filteredOn(line -> line.contains("Installed features"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    var entry = new ObjectMapper().readTree(line);
                    assertThat(entry.fieldNames())
                            .toIterable()
                            .containsExactlyInAnyOrder(
                                    "timestamp",
                                    "sequence",
                                    "loggerName",
                                    "level",
                                    "message",
                                    "threadName",
                                    "mdc",
                                    "hostName");
                });
    }

    @Test
    void every_outcome_became_known_and_none_was_an_error_of_the_server() {
        assertThat(history.posts(Outcome.UNKNOWN)).isEmpty();
        assertThat(history.withdrawals(Outcome.UNKNOWN)).isEmpty();
        assertThat(history.attempts())
                .noneMatch(attempt -> attempt.http() == 500 || attempt.outcome() == Outcome.REFUSED);
    }

    @Test
    void the_halt_came_between_a_commit_and_its_answer_and_the_repeated_key_got_that_comment() throws SQLException {
        assertThat(unanswered).isNotEmpty();
        assertThat(history.posts(Outcome.OK).keySet()).containsAll(unanswered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HELD      | delete from queue_item where comment_id = ?                                | in the queue
                    PUBLISHED | delete from audit_entry where subject_id = ?::text                         | entry in the trail
                    PUBLISHED | delete from outbox_event where subject_id = ?                              | event in the outbox
                    PUBLISHED | delete from idempotency where subject_id = ?                               | is noted 0 times
                    PUBLISHED | delete from revision where comment_id = ?                                  | acknowledged and lost
                    PUBLISHED | delete from comment where id = ?                                           | acknowledged and lost
                    HELD      | delete from statement where comment_id = ?                                 | has a statement
                    PUBLISHED | delete from commenter_address a using comment c where a.commenter_id = c.commenter_id and c.id = ? | sealed address
                    PUBLISHED | update revision set scores = '{}' where comment_id = ?                     | has scores
                    PUBLISHED | update comment set status = 'HELD', statement_id = id where id = ?         | and is HELD
                    PUBLISHED | update article a set comment_count = comment_count + 1 from comment c where a.id = c.article_id and c.id = ? | counts its visible
                    PUBLISHED | update comment set visible_replies = visible_replies + 1 where id = ?      | counts its replies
                    """)
    void the_checker_names_a_row_that_was_taken_away_or_changed(String status, String damage, String fault)
            throws SQLException {
        // As superuser with the triggers of foreign keys off, and rolled back in the end.
        try (var connection = database.asSuperuser()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("set local search_path = parley");
            connection.createStatement().execute("set local session_replication_role = replica");
            var checker = new HistoryChecker(connection, TENANT);
            assertThat(checker.faults(history)).isEmpty();
            try (var statement = connection.prepareStatement(damage)) {
                statement.setObject(1, acknowledged(status));
                assertThat(statement.executeUpdate()).isPositive();
            }

            assertThat(checker.faults(history)).anyMatch(line -> line.contains(fault));
            connection.rollback();
        }
    }

    @Test
    void the_checker_names_a_comment_that_is_there_twice() throws SQLException {
        try (var connection = database.asSuperuser()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("set local search_path = parley");
            connection.createStatement().execute("set local session_replication_role = replica");
            for (var copy :
                    List.of(
                            "create temporary table twin on commit drop as select * from comment where id = ?",
                            "insert into revision select tenant_id, gen_random_uuid(), number, body, language, scores, signals,"
                                    + " decision, created_at from revision where comment_id = ?")) {
                try (var statement = connection.prepareStatement(copy)) {
                    statement.setObject(1, acknowledged("PUBLISHED"));
                    statement.executeUpdate();
                }
            }
            connection
                    .createStatement()
                    .execute(
                            "update twin set id = (select comment_id from revision r where not exists"
                                    + " (select from comment c where c.id = r.comment_id))");
            connection.createStatement().execute("insert into comment select * from twin");

            assertThat(new HistoryChecker(connection, TENANT).faults(history))
                    .anyMatch(line -> line.startsWith("doubled"));
            connection.rollback();
        }
    }

    /**
     * A start that serves nobody would prove nothing. The first requests of a start are slow, so time alone won't do.
     */
    private void awaitTraffic() throws InterruptedException {
        long enough = history.count(Outcome.OK) + TRAFFIC;
        var until = Instant.now().plus(TRAFFIC_LIMIT);
        while (history.count(Outcome.OK) < enough) {
            if (Instant.now().isAfter(until)) {
                throw new IllegalStateException("Not %d answers within %s".formatted(TRAFFIC, TRAFFIC_LIMIT));
            }
            Thread.sleep(20);
        }
    }

    /** An acknowledged comment that stands as it was answered. */
    private UUID acknowledged(String status) {
        var withdrawn = history.withdrawals(Outcome.OK).keySet();
        return history.posts(Outcome.OK).values().stream()
                .filter(post -> post.status().orElseThrow().equals(status) && !withdrawn.contains(post.key()))
                .findFirst()
                .flatMap(History.Attempt::id)
                .orElseThrow();
    }

    private static int status(HttpClient http, String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
