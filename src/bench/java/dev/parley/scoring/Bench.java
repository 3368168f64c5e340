package dev.parley.scoring;

import dev.parley.policy.DecidingBenchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code ./parley bench [JMH OPTIONS]}: runs {@link ScoringBenchmark} and {@link DecidingBenchmark} and writes a table
 * of each, in Markdown, to standard output and {@code target/bench/table.md}; also what the models cost in memory and
 * what the longest texts take.
 */
public final class Bench {
    private static final Path TABLE = Path.of("target/bench/table.md");
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int FIRST_COMMENTS = 100;
    private static final int LONGEST = 64_000;
    private static final List<String> PIECES =
            List.of("a ", "idiot ", "f.u.c.k ", "漢", "ж", "x.com ", "a*", "👍 ", "1a", "&#100;", "ﷺ ", "http://", "");

    /** The figures of one benchmark at one length. */
    private static final class Figures {
        double perSecond;
        double medianMicros;
        double p99Micros;
        double kilobytes;
    }

    private Bench() {}

    /** The command. */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException, IOException {
        var options =
                new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(ScoringBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build();
        var results = new Runner(options).run();
        var deciding =
                new Runner(
                                new OptionsBuilder()
                                        .parent(new CommandLineOptions(args))
                                        .include(DecidingBenchmark.class.getSimpleName())
                                        .addProfiler(GCProfiler.class)
                                        .shouldFailOnError(true)
                                        .build())
                        .run();
        try (var out = new PrintStream(Files.newOutputStream(TABLE), true, StandardCharsets.UTF_8)) {
            print(results, out);
            out.println();
            print(deciding, out);
            printWarmUp(out);
            printMemory(out);
            printLongest(out);
        }
        System.out.print(Files.readString(TABLE));
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        var byName = new TreeMap<String, Figures>();
        for (var run : results) {
            var label = run.getPrimaryResult().getLabel();
            int length = Integer.parseInt(run.getParams().getParam("length"));
            var figures = byName.computeIfAbsent("%05d %s".formatted(length, label), _ -> new Figures());
            var statistics = run.getPrimaryResult().getStatistics();
            figures.perSecond = 1 / statistics.getMean();
            figures.medianMicros = statistics.getPercentile(50) * 1e6;
            figures.p99Micros = statistics.getPercentile(99) * 1e6;
            run.getSecondaryResults()
                    .forEach((name, result) -> {
                        if (name.endsWith(ALLOCATED)) figures.kilobytes = result.getScore() / 1_000;
                    });
        }
        out.println("| characters | what | comments/s | × libraryEval | median, µs | p99, µs | allocated, kB |");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        byName.forEach((name, figures) -> {
            var library = byName.get(name.substring(0, 6) + "libraryEval");
            out.printf(
                    "| %,d | %s | %,.0f | %s | %,.1f | %,.1f | %,.1f |%n",
                    Integer.parseInt(name.substring(0, 5)),
                    name.substring(6),
                    figures.perSecond,
                    library == null ? "–" : "%.1f".formatted(figures.perSecond / library.perSecond),
                    figures.medianMicros,
                    figures.p99Micros,
                    figures.kilobytes);
        });
    }

    /** This JVM has scored nothing yet: the benchmarks ran in others. */
    private static void printWarmUp(PrintStream out) {
        var comments = SampleComments.of(200);
        long start = System.nanoTime();
        var scorers = new Scorers();
        scorers.warmUp();
        long ready = System.nanoTime();
        scorers.score(comments[0], "en");
        long first = System.nanoTime();
        for (int i = 1; i < FIRST_COMMENTS; i++) scorers.score(comments[i], "en");
        long all = System.nanoTime();
        out.printf(
                "%nLoading and warming up took %,d ms; then the first comment %.2f ms, the first %d %.2f ms each.%n",
                (ready - start) / 1_000_000,
                (first - ready) / 1e6,
                FIRST_COMMENTS,
                (all - ready) / 1e6 / FIRST_COMMENTS);
    }

    private static void printMemory(PrintStream out) throws IOException {
        var models = ScoringBenchmark.englishModels();
        out.printf("%n| models in a table | features | heap, MB | MB a model |%n| --- | --- | --- | --- |%n");
        for (var model : models) row(out, model.attribute(), List.of(model));
        row(out, "all", models);
    }

    private static void row(PrintStream out, String name, List<ModelFile> models) {
        var table = new WeightTable(models);
        double megabytes = table.bytes() / 1e6;
        out.printf("| %s | %,d | %.2f | %.2f |%n", name, table.features(), megabytes, megabytes / models.size());
    }

    private static void printLongest(PrintStream out) {
        var scorers = new Scorers();
        scorers.warmUp();
        out.printf("%n| %,d characters of | ms, best of five |%n| --- | --- |%n", LONGEST);
        for (var piece : PIECES) {
            var text = piece.isEmpty() ? SampleComments.different(LONGEST) : piece.repeat(LONGEST / piece.length());
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                scorers.score(text, "en");
                best = Math.min(best, System.nanoTime() - start);
            }
            out.printf(
                    "| %s | %.1f |%n",
                    piece.isEmpty() ? "words that are all different" : "`" + piece + "`", best / 1e6);
        }
    }
}
