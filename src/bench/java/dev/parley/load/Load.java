package dev.parley.load;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.standalone.Issuer;
import dev.parley.standalone.Rehearsal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./parley load [COMMENTS…]}: measures the production package on a durable PostgreSQL with so many comments (one
 * size after the other; 3,000, 100,000 and 1,000,000 if none is said), beside pgbench and nginx, and writes the tables
 * of docs/performance.md. Seconds of each measurement: {@code -Dparley.load.seconds}, 15; starts of each kind: {@code
 * -Dparley.load.starts}, 5; of posting before: {@code -Dparley.load.warm-up}, 240.
 */
public final class Load {

    private static final Path PACKAGE = Path.of("target/production/quarkus-app");
    private static final Path AOT_PACKAGE = Path.of("target/production/aot");
    private static final int SECONDS = Integer.getInteger("parley.load.seconds", 15);

    /** Posting before anything is measured: the compiler needs minutes for all that a comment goes through. */
    private static final int WARM_UP = Integer.getInteger("parley.load.warm-up", 240);

    /** Of that posting, what it cost is told of every so many seconds. */
    private static final int WARM_UP_ROUND = 20;

    private static final int WRITERS = 8;
    private static final int READERS = 32;
    private static final int MODERATORS = 4;
    private static final int STARTS = Integer.getInteger("parley.load.starts", 5);
    private static final int DEEP_PAGES = 40;

    /** A comment every 50 ms into the thread that others read. */
    private static final Duration PACE = Duration.ofMillis(50);

    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");

    private final Path folder;
    private final EmbeddedDatabase database;
    private final Issuer issuer;
    private final References references;
    private final HttpClient http = HttpClient.newHttpClient();

    private Load(Path folder, EmbeddedDatabase database, Issuer issuer, References references) {
        this.folder = folder;
        this.database = database;
        this.issuer = issuer;
        this.references = references;
    }

    /** The command. */
    public static void main(String... arguments) throws Exception {
        var sizes =
                arguments.length == 0
                        ? List.of(3_000, 100_000, 1_000_000)
                        : java.util.Arrays.stream(arguments).map(Integer::valueOf).toList();
        var folder = Files.createTempDirectory("parley-load");
        var cache = folder.resolve("parley.aot").toString();
        say("Rehearsing for the AOT cache");
        rehearse(cache);
        try (var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"),
                                0,
                                DatabasePasswords.random(),
                                Durability.KEPT,
                                Map.of("shared_buffers", "512MB", "max_wal_size", "4GB"));
                var issuer = new Issuer();
                var references = new References(database, folder)) {
            var load = new Load(folder, database, issuer, references);
            var report = new Report();
            load.starts(report, cache);
            try (var app = new App(AOT_PACKAGE, database, issuer, folder, "-XX:AOTCache=" + cache)) {
                load.measure(app, sizes, report);
            }
            load.sizes(report);
            report.write();
        }
    }

    private static void rehearse(String cache) throws Exception {
        var jar = AOT_PACKAGE.resolve("quarkus-run.jar").toAbsolutePath();
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.add("-XX:AOTCacheOutput=" + cache);
        line.addAll(App.OPTIONS);
        line.addAll(List.of("-jar", jar.toString()));
        Rehearsal.main(line.toArray(String[]::new));
    }

    /** The first start of each makes the schema or fills the disk cache, and is not counted. */
    private void starts(Report report, String cache) throws IOException, InterruptedException {
        var packages = new LinkedHashMap<String, List<String>>();
        packages.put(
                "as in the image (aot-jar and AOT cache)", List.of(AOT_PACKAGE.toString(), "-XX:AOTCache=" + cache));
        packages.put("the same without its cache", List.of(AOT_PACKAGE.toString()));
        packages.put("fast-jar", List.of(PACKAGE.toString()));
        for (var one : packages.entrySet()) {
            var options = one.getValue().subList(1, one.getValue().size()).toArray(String[]::new);
            List<Double> seconds = new ArrayList<>();
            double idle = 0;
            for (int i = 0; i <= STARTS; i++) {
                try (var app = new App(Path.of(one.getValue().getFirst()), database, issuer, folder, options)) {
                    if (i > 0) {
                        seconds.add(app.tookToStart().toMillis() / 1e3);
                    }
                    if (i == STARTS) {
                        Thread.sleep(10_000);
                        idle = Usage.residentMebibytes(app.pid());
                    }
                }
            }
            report.start(one.getKey(), seconds, idle);
        }
    }

    private void measure(App app, List<Integer> sizes, Report report) throws Exception {
        var seed = new Seed(database, app.address());
        seed.start();
        say("Warming up");
        for (int after = 0; after < WARM_UP; after += WARM_UP_ROUND) {
            warmUp(app, after, Math.min(WARM_UP_ROUND, WARM_UP - after), report);
        }
        Wrk.run("get", READERS, SECONDS, thread(app));
        Wrk.run("get", READERS, SECONDS, counts(app));
        for (int size : sizes) {
            long began = System.nanoTime();
            seed.growTo(size);
            say(
                    "%,d published and %,d waiting after %d s"
                            .formatted(size, size, (System.nanoTime() - began) / 1_000_000_000));
            report.add(size, rows(app));
            report.write();
        }
    }

    private void warmUp(App app, int after, int seconds, Report report) throws IOException, InterruptedException {
        double database = Usage.cpuSeconds(postmaster());
        double program = Usage.cpuSeconds(app.pid());
        var compilers = Usage.compilerSeconds(app.pid());
        var run = post(app, seconds);
        double compiling = 0;
        for (var thread : Usage.compilerSeconds(app.pid()).entrySet()) {
            compiling += thread.getValue() - compilers.getOrDefault(thread.getKey(), 0.0);
        }
        double millis = 1e3 / run.requests();
        report.warming(
                after,
                after + seconds,
                run,
                compiling * millis,
                (Usage.cpuSeconds(app.pid()) - program - compiling) * millis,
                (Usage.cpuSeconds(postmaster()) - database) * millis);
    }

    /** Rows and bytes of the tables that grow with comments, after the last size. */
    private void sizes(Report report) throws SQLException {
        try (var backup = database.asSuperuser();
                var statement = backup.createStatement();
                var found =
                        statement.executeQuery(
                                """
                                select relname, n_live_tup, pg_relation_size(relid), pg_indexes_size(relid)
                                from pg_stat_user_tables where schemaname = 'parley' and n_live_tup > 10000
                                order by pg_total_relation_size(relid) desc\
                                """)) {
            while (found.next()) {
                report.table(found.getString(1), found.getLong(2), found.getLong(3), found.getLong(4));
            }
        }
    }

    /** The rows of the table, by name. */
    private Map<String, Row> rows(App app) throws Exception {
        var rows = new LinkedHashMap<String, Row>();
        double inserts = references.insertsPerSecond(WRITERS, SECONDS);
        row(rows, "pgbench: a row, durable, 8 connections", new Row(inserts, inserts, 0, 0, 0, 0));
        var file = Wrk.run("get", READERS, SECONDS, references.file());
        row(rows, "nginx: a file of 20 kB", Row.of(file, file.perSecond(), 0));

        row(rows, Report.POST, timed(app, inserts, () -> post(app, SECONDS)));
        row(rows, Report.THREAD, timed(app, file.perSecond(), () -> Wrk.run("get", READERS, SECONDS, thread(app))));
        row(
                rows,
                "the same, gzipped",
                timed(
                        app,
                        file.perSecond(),
                        () -> Wrk.run("get", READERS, SECONDS, thread(app), "Accept-Encoding: gzip")));
        row(rows, Report.BUSY_THREAD, timed(app, file.perSecond(), () -> whilePosting(app)));
        row(rows, Report.COUNTS, timed(app, file.perSecond(), () -> Wrk.run("get", READERS, SECONDS, counts(app))));
        var authorization = "Authorization: Bearer " + issuer.token(Seed.MODERATOR);
        for (var tenant : List.of(1, 2)) {
            var queue = app.address() + "/api/v1/tenants/" + Seed.site(tenant) + "/queue?limit=50";
            row(
                    rows,
                    tenant == 1 ? Report.QUEUE : "queue, 50, of a tenant with few",
                    timed(app, file.perSecond(), () -> Wrk.run("get", MODERATORS, SECONDS, queue, authorization)));
        }
        row(rows, Report.DEEP_QUEUE, deep(app));
        double resident = Usage.residentMebibytes(app.pid());
        double own = Usage.ownMebibytes(app.pid());
        rows.put(Report.MEMORY, new Row(resident, 0, 0, 0, 0, 0));
        rows.put(Report.OWN_MEMORY, new Row(own, 0, 0, 0, 0, 0));
        say("resident %.0f MiB, without pages of files %.0f".formatted(resident, own));
        return rows;
    }

    private interface Measurement {
        Wrk.Run run() throws Exception;
    }

    /** With the processor time that application and database took meanwhile. */
    private Row timed(App app, double reference, Measurement measurement) throws Exception {
        double before = cpu(app);
        var run = measurement.run();
        return Row.of(run, reference, (cpu(app) - before) * 1e3 / run.requests());
    }

    private double cpu(App app) throws IOException {
        return Usage.cpuSeconds(app.pid()) + Usage.cpuSeconds(postmaster());
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("pg/postmaster.pid")).getFirst().strip());
    }

    private static Wrk.Run post(App app, int seconds) throws IOException, InterruptedException {
        var mark = Long.toString(System.nanoTime(), 36);
        return Wrk.run(
                "post",
                WRITERS,
                seconds,
                app.address(),
                Integer.toString(Seed.TENANTS),
                Integer.toString(Seed.ARTICLES),
                mark);
    }

    private static String thread(App app) {
        return app.address() + "/api/v1/sites/" + Seed.site(1) + "/articles/thread/comments?limit=50";
    }

    private static String counts(App app) {
        return app.address()
                + "/api/v1/sites/"
                + Seed.site(1)
                + "/counts?"
                + IntStream.rangeClosed(1, 20).mapToObj(i -> "article=a-" + i).collect(Collectors.joining("&"));
    }

    private Wrk.Run whilePosting(App app) throws Exception {
        var stop = new AtomicBoolean();
        var posted = new ArrayList<Integer>();
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!stop.get()) {
                                posted.add(postIntoThread(app, posted.size()));
                                try {
                                    Thread.sleep(PACE);
                                } catch (InterruptedException e) {
                                    return;
                                }
                            }
                        });
        try {
            return Wrk.run("get", READERS, SECONDS, thread(app));
        } finally {
            stop.set(true);
            writer.join();
            say(
                    posted.stream().collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()))
                            + " posted meanwhile");
        }
    }

    private int postIntoThread(App app, int number) {
        var json =
                "{\"name\":\"Reader\",\"email\":\"busy-%d@mail.example\",\"body\":\"A careful report about the harbour, thanks from reader %s.\"}"
                        .formatted(number, UUID.randomUUID());
        var request =
                HttpRequest.newBuilder(URI.create(thread(app)))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            return 0;
        }
    }

    /** Page after page of the queue, by their cursors, as one client. */
    private Row deep(App app) throws Exception {
        List<Double> taken = new ArrayList<>();
        @Nullable String cursor = null;
        double before = cpu(app);
        var token = issuer.token(Seed.MODERATOR);
        for (int i = 0; i < DEEP_PAGES; i++) {
            var address =
                    app.address()
                            + "/api/v1/tenants/"
                            + Seed.site(1)
                            + "/queue?limit=50"
                            + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
            var began = Instant.now();
            var answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            taken.add(Duration.between(began, Instant.now()).toNanos() / 1e6);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The queue answered " + answer.statusCode());
            }
            var found = CURSOR.matcher(answer.body());
            cursor = null;
            while (found.find()) {
                cursor = found.group(1);
            }
            if (cursor == null) {
                break;
            }
        }
        taken.sort(null);
        double whole = taken.stream().mapToDouble(it -> it).sum();
        return new Row(
                taken.size() * 1e3 / whole,
                0,
                at(taken, .5),
                at(taken, .95),
                at(taken, .99),
                (cpu(app) - before) * 1e3 / taken.size());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static void row(Map<String, Row> rows, String name, Row row) {
        rows.put(name, row);
        say(
                "%s: %,.0f/s, p50 %.1f p95 %.1f p99 %.1f ms, CPU %.3f ms, %.3f of the reference"
                        .formatted(
                                name, row.perSecond(), row.p50(), row.p95(), row.p99(), row.cpuMillis(), row.share()));
    }

    static void say(String line) {
        System.out.println(line);
    }
}
