package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.faults.DeskLog.Decided;
import dev.parley.faults.DeskLog.Hold;
import dev.parley.faults.Moderator.Timed;
import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.Fixtures;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R17, as far as it is about who gets what: moderators work on one queue at the same time until nothing waits, and
 * some of them leave with what they have. The goal asks its times of a queue of a million ({@link LongQueueFault});
 * here they are printed only. Figures of {@code -Dparley.fault.items} and {@code .moderators}; {@code .lease} (seconds)
 * is how long a claim lives.
 */
class ModeratorsFault {

    private static final Newsroom NEWSROOM = new Newsroom("desk", "desk-news", List.of("bridge", "harbour", "library"));
    private static final int ITEMS = Integer.getInteger("parley.fault.items", 2_000);
    private static final int MODERATORS = Integer.getInteger("parley.fault.moderators", 20);
    private static final Duration LEASE = Duration.ofSeconds(Integer.getInteger("parley.fault.lease", 8));
    private static final int WRITERS = 8;

    /** Milliseconds, below a second: they would be slow machines, but they are fast people. */
    private static final int THOUGHT = 400;

    @Test
    void nobody_gets_what_a_colleague_has_and_everything_is_decided_once(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-moderators.log");
        Files.deleteIfExists(log);
        try (var signIn = new SignIn().start();
                var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of())) {
            var settings = Crew.settings(database, folder);
            settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", signIn.issuer());
            settings.put("PARLEY_CLAIMS_LEASE", LEASE.toSeconds() + "S");
            try (var parley = new PackagedParley(settings, log);
                    var http = Crew.client()) {
                parley.start();
                try (var backup = database.asBackup()) {
                    NEWSROOM.seed(backup);
                    for (int i = 0; i < MODERATORS; i++) {
                        employ(backup, NEWSROOM.tenant(), "moderator" + i);
                    }
                }
                fill(parley, http);
                Set<UUID> waiting;
                try (var backup = database.asBackup()) {
                    waiting = ids(backup, "select comment_id from queue_item where tenant_id = ?");
                }
                assertThat(waiting).hasSize(ITEMS);

                var desk = new DeskLog();
                var began = Instant.now();
                var calls = moderate(parley, http, signIn, desk);
                var took = Duration.between(began, Instant.now());

                var holds = desk.holds(LEASE);
                var back = back(desk, holds);
                System.out.printf(
                        "R17: %d moderators on a queue of %d, a claim lives %d s: all decided in %.1f s; %d claims; %d claims of items of"
                                + " a colleague and %d decisions on such or on decided ones refused; %d claims lapsed undecided, %d of these"
                                + " items came to somebody else, the last %.1f s after that, the others back to the same one; p50, p95 and p99"
                                + " of %s%n",
                        MODERATORS,
                        ITEMS,
                        LEASE.toSeconds(),
                        took.toMillis() / 1e3,
                        holds.size(),
                        calls.stream().filter(call -> call.what().equals("open") && call.status() == 409).count(),
                        desk.decided(409).size(),
                        lapsed(holds).size(),
                        back.size(),
                        back.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1e3,
                        times(calls));

                assertThat(desk.faults(LEASE)).isEmpty();
                assertThat(lapsed(holds)).as("somebody left").isNotEmpty();
                assertThat(back).as("a colleague got what was left").isNotEmpty();
                assertThat(desk.decided(200).stream().map(Decided::comment)).hasSize(ITEMS).hasSameElementsAs(waiting);
                try (var backup = database.asBackup()) {
                    assertThat(ids(backup, "select comment_id from queue_item where tenant_id = ?")).isEmpty();
                    assertThat(ids(backup, "select comment_id from moderation_decision where tenant_id = ?"))
                            .isEqualTo(waiting);
                    for (var one : Set.of("PUBLISHED", "REJECTED")) {
                        assertThat(
                                        ids(
                                                backup,
                                                "select id from comment where tenant_id = ? and status = '%s'"
                                                        .formatted(one)))
                                .isEqualTo(decided(desk, one));
                    }
                    assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).brokenInvariants()).isEmpty();
                }
            }
        }
    }

    private static List<Timed> moderate(PackagedParley parley, HttpClient http, SignIn signIn, DeskLog desk)
            throws Exception {
        var tenant = parley.address() + "/api/v1/tenants/" + NEWSROOM.tenant();
        var moderators = new ArrayList<Moderator>();
        for (int i = 0; i < MODERATORS; i++) {
            var name = "moderator" + i;
            moderators.add(new Moderator(name, tenant, signIn.token(name), http, desk, LEASE, THOUGHT, i));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = new ArrayList<Future<?>>();
            for (var moderator : moderators) {
                working.add(
                        threads.submit(() -> {
                            moderator.work(() -> desk.decided(200).size() > ITEMS * 0.95, () -> false);
                            return null;
                        }));
            }
            var counting =
                    threads.submit(() -> {
                        while (working.stream().anyMatch(one -> !one.isDone())) {
                            moderators.getFirst().count();
                            Thread.sleep(1_000);
                        }
                        return null;
                    });
            for (var one : working) {
                one.get(10, TimeUnit.MINUTES);
            }
            counting.get(1, TimeUnit.MINUTES);
        }
        return moderators.stream().flatMap(moderator -> moderator.calls().stream()).toList();
    }

    /** Claims that ended by themselves. */
    private static List<Hold> lapsed(List<Hold> holds) {
        return holds.stream().filter(Hold::open).toList();
    }

    /** How long after its end somebody else got, or decided, an item that was left. */
    private static List<Duration> back(DeskLog desk, List<Hold> holds) {
        var back = new ArrayList<Duration>();
        for (var left : lapsed(holds)) {
            var others = new ArrayList<Instant>();
            holds.stream()
                    .filter(hold -> hold.comment().equals(left.comment()) && !hold.member().equals(left.member()))
                    .map(Hold::from)
                    .forEach(others::add);
            desk.decided(200).stream()
                    .filter(one -> one.comment().equals(left.comment()) && !one.member().equals(left.member()))
                    .map(Decided::answered)
                    .forEach(others::add);
            others.stream()
                    .filter(at -> !at.isBefore(left.until()))
                    .min(Instant::compareTo)
                    .ifPresent(at -> back.add(Duration.between(left.until(), at)));
        }
        return back;
    }

    private static Set<UUID> decided(DeskLog desk, String status) {
        var ids = new HashSet<UUID>();
        desk.decided(200).stream().filter(one -> one.action().equals(status)).map(Decided::comment).forEach(ids::add);
        return ids;
    }

    private static Map<String, String> times(List<Timed> calls) {
        var times = new TreeMap<String, String>();
        for (var what : List.of("next", "open", "page", "decide", "counts")) {
            var took = calls.stream().filter(call -> call.what().equals(what)).map(Timed::took).sorted().toList();
            times.put(
                    what + " (" + took.size() + ")",
                    "%d, %d and %d ms".formatted(within(took, 0.5), within(took, 0.95), within(took, 0.99)));
        }
        return times;
    }

    private static long within(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1).toMillis();
    }

    /** Insults, so that all of them wait. */
    private static void fill(PackagedParley parley, HttpClient http) throws Exception {
        var number = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                var name = "writer" + i;
                writing.add(
                        threads.submit(() -> {
                            for (int n = number.incrementAndGet(); n <= ITEMS; n = number.incrementAndGet()) {
                                post(parley, http, NEWSROOM, name, n);
                            }
                            return null;
                        }));
            }
            for (var one : writing) {
                one.get();
            }
        }
    }

    /** An insult that waits afterwards; each number is one of its own. */
    static void post(PackagedParley parley, HttpClient http, Newsroom newsroom, String name, int number)
            throws Exception {
        var article = newsroom.articles().get(number % newsroom.articles().size());
        var body =
                "{\"name\":\"%s\",\"email\":\"%s@writers.example\",\"body\":\"%s, number %d.\"}"
                        .formatted(name, name, Fixtures.INSULT, number);
        var answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "%s/api/v1/sites/%s/articles/%s/comments"
                                                        .formatted(parley.address(), newsroom.site(), article)))
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).contains("\"HELD\"");
    }

    /** Makes somebody a moderator of all sites of a tenant. */
    static void employ(Connection backup, String tenant, String name) throws SQLException {
        try (var statement =
                backup.prepareStatement(
                        "insert into member (tenant_id, id, subject, role, name, all_sites, created_at)"
                                + " values (?, ?, ?, 'MODERATOR', ?, true, now())")) {
            statement.setString(1, tenant);
            statement.setObject(2, UUID.randomUUID());
            statement.setString(3, name);
            statement.setString(4, name);
            statement.executeUpdate();
        }
    }

    /** As many as there are rows, else it fails. */
    private static Set<UUID> ids(Connection backup, String sql) throws SQLException {
        var ids = new HashSet<UUID>();
        try (var query = backup.prepareStatement(sql)) {
            query.setString(1, NEWSROOM.tenant());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    assertThat(ids.add(rows.getObject(1, UUID.class))).as("once: " + rows.getString(1)).isTrue();
                }
            }
        }
        return ids;
    }
}
