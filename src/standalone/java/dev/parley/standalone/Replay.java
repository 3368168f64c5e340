package dev.parley.standalone;

import dev.parley.standalone.ReplayOutcome.Fate;
import dev.parley.training.LabelledComment;
import dev.parley.training.LabelledFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./parley replay [--url URL] [--site KEY] [--limit N] [--connections N] FILE…}: posts labelled comments to a
 * running Parley as many readers over many articles, then says what became of them and how that fits their labels.
 *
 * <p>Texts that were sent within a day are held as repeats, so the table is that of the models only on data that were
 * not replayed before. The articles are known from readers' requests only and so come under the strictest policy of any
 * category: on a site whose tenant reads a category first, all is held.
 *
 * <p>Exit code 1 on an answer 5xx, a lost or a doubled comment; 2 if it cannot begin.
 */
public final class Replay {

    private static final int COMMENTS_OF_ONE_ARTICLE = 50;

    private record Options(String url, String site, int limit, int connections, List<Path> files) {}

    private Replay() {}

    /** The command. */
    public static void main(String... arguments) throws IOException {
        System.exit(run(arguments));
    }

    static int run(String... arguments) throws IOException {
        var options = options(arguments);
        if (options == null) {
            System.err.println(
                    "Usage: ./parley replay [--url http://127.0.0.1:8080] [--site herald] [--limit N] [--connections 8] FILE…\n"
                            + "FILE: JSONL, also .gz, with text, src and labels 0 or 1 such as toxic, spam.");
            return 2;
        }
        List<LabelledComment> comments = new ArrayList<>();
        for (var file : options.files()) {
            if (!Files.isReadable(file)) {
                System.err.println("Cannot read " + file);
                return 2;
            }
            comments.addAll(LabelledFiles.read(file));
        }
        comments = comments.subList(0, Math.min(options.limit(), comments.size()));
        int articles = Math.ceilDiv(Math.max(comments.size(), 1), COMMENTS_OF_ONE_ARTICLE);

        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var site = options.url() + "/api/v1/sites/" + options.site();
            var threads = new ReplayThreads(http, site);
            var posts = new ReplayPosts(http, site, options.url(), articles);
            var before = threads.read(articles);
            System.out.printf(
                    Locale.ROOT,
                    "%,d comments go to site %s at %s: %,d articles, %d connections.%n",
                    comments.size(),
                    options.site(),
                    options.url(),
                    articles,
                    options.connections());
            long began = System.nanoTime();
            var outcomes = post(comments, posts, options.connections());
            var took = Duration.ofNanos(System.nanoTime() - began);
            return report(outcomes, posts, took, before, threads.read(articles)) ? 0 : 1;
        } catch (IllegalStateException | java.io.UncheckedIOException e) {
            System.err.println("The replay stopped. " + e.getMessage());
            return 2;
        }
    }

    private static List<ReplayOutcome> post(List<LabelledComment> comments, ReplayPosts posts, int connections) {
        var free = new Semaphore(connections);
        try (var bar = new ProgressBar("Replay", comments.size());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<ReplayOutcome>>();
            for (int i = 0; i < comments.size(); i++) {
                int number = i;
                free.acquireUninterruptibly(); // here, so that comments go out in the order of the files
                running.add(
                        threads.submit(() -> {
                            try {
                                return posts.post(number, comments.get(number));
                            } finally {
                                free.release();
                                bar.step();
                            }
                        }));
            }
            threads.close();
            return running.stream().map(Future::resultNow).toList();
        }
    }

    /**
     * @return whether all is well
     */
    private static boolean report(
            List<ReplayOutcome> outcomes, ReplayPosts posts, Duration took, List<UUID> before, List<UUID> after) {
        var times = posts.latencies();
        print("");
        print(
                "Throughput   %,d comments in %.1f s, %.1f a second",
                outcomes.size(), seconds(took), outcomes.size() / Math.max(seconds(took), 1e-9));
        print(
                "Latency      p50 %d ms, p95 %d ms, p99 %d ms",
                times.percentile(50).toMillis(), times.percentile(95).toMillis(), times.percentile(99).toMillis());
        print("Answers      %s", answers(posts.statuses()));
        for (var fate : Fate.values()) {
            var these = outcomes.stream().filter(outcome -> outcome.fate() == fate).toList();
            if (!these.isEmpty()) {
                print(
                        "%-12s %,7d  %s",
                        fate.name().charAt(0) + fate.name().substring(1).toLowerCase(Locale.ROOT),
                        these.size(),
                        reasons(these));
            }
        }
        int failures = failures(posts.statuses());
        print(failures == 0 ? "Errors       no 5xx" : "Errors       %,d answers 5xx: FAILED", failures);
        if (posts.statuses().containsKey(429)) {
            print(
                    "             429: rates were limited; a standalone run lifts that with PARLEY_LOOPBACK_UNLIMITED=true");
        }
        var standing = Standing.of(published(outcomes), waiting(outcomes), before, after);
        print("Read back    %s", standing);
        print("");
        print("Holding against the labels, held or rejected for whatever reason:");
        print("");
        System.out.print(ReplayTable.text(outcomes));
        boolean allKnown = outcomes.stream().noneMatch(outcome -> outcome.fate() == Fate.UNKNOWN);
        return failures == 0 && allKnown && standing.isWell();
    }

    /**
     * What readers see against what was answered.
     *
     * @param lost published by the answer, and not there
     * @param later held by the answer for want of a score, then scored and shown
     * @param doubled there twice, or there without an answer that says so
     */
    record Standing(int published, int shown, int lost, int later, int doubled) {

        /**
         * @param waiting held by the answer for a reason that may be the want of a score
         * @param before what stood there before the replay
         */
        static Standing of(
                Collection<UUID> published, Collection<UUID> waiting, Collection<UUID> before, List<UUID> after) {
            var shown = new ArrayList<>(after);
            shown.removeAll(new HashSet<>(before));
            var once = new HashSet<>(shown);
            var missing = new HashSet<>(published);
            missing.removeAll(once);
            var unasked = new HashSet<>(once);
            unasked.removeAll(new HashSet<>(published));
            var later = new HashSet<>(waiting);
            later.retainAll(unasked);
            return new Standing(
                    published.size(),
                    shown.size(),
                    missing.size(),
                    later.size(),
                    shown.size() - once.size() + unasked.size() - later.size());
        }

        boolean isWell() {
            return lost == 0 && doubled == 0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d published by the answers, %,d in the threads: %,d lost, %,d scored and shown later, %,d doubled%s",
                    published,
                    shown,
                    lost,
                    later,
                    doubled,
                    isWell() ? "" : ": FAILED");
        }
    }

    private static List<UUID> published(List<ReplayOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.fate() == Fate.PUBLISHED)
                .map(ReplayOutcome::id)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    /** Held for no reason but one that readers are not told, which the want of a score is among. */
    private static List<UUID> waiting(List<ReplayOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.fate() == Fate.HELD && outcome.reasons().equals(List.of("REVIEW")))
                .map(ReplayOutcome::id)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private static int failures(Map<Integer, Integer> statuses) {
        return statuses.entrySet().stream().filter(s -> s.getKey() >= 500).mapToInt(Map.Entry::getValue).sum();
    }

    private static String answers(Map<Integer, Integer> statuses) {
        return statuses.entrySet().stream()
                .map(s -> String.format(Locale.ROOT, "%s %,d", s.getKey() == 0 ? "none" : s.getKey(), s.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Each with its count, the most frequent first. */
    private static String reasons(List<ReplayOutcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.reasons().stream().distinct())
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(reason -> String.format(Locale.ROOT, "%s %,d", reason.getKey(), reason.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /**
     * @return null if the arguments are not what the usage says
     */
    private static @Nullable Options options(String... arguments) {
        var url = "http://127.0.0.1:8080";
        var site = "herald";
        int limit = Integer.MAX_VALUE;
        int connections = 8;
        var files = new ArrayList<Path>();
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--url" -> url = arguments[++i];
                    case "--site" -> site = arguments[++i];
                    case "--limit" -> limit = Integer.parseInt(arguments[++i]);
                    case "--connections" -> connections = Integer.parseInt(arguments[++i]);
                    default -> files.add(Path.of(arguments[i]));
                }
            }
            URI.create(url).toURL();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | java.net.MalformedURLException e) {
            return null;
        }
        boolean usable =
                !files.isEmpty()
                        && limit > 0
                        && connections > 0
                        && files.stream().noneMatch(f -> f.toString().startsWith("--"));
        return usable ? new Options(url.replaceFirst("/+$", ""), site, limit, connections, files) : null;
    }
}
