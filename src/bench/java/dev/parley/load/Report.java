package dev.parley.load;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Writes what was measured between two marks of docs/performance.md, and the picture beside it. */
final class Report {

    static final String POST = "accepted comment, scored, durable, 8 connections";
    static final String THREAD = "first page of 50 of a thread of 1,000, 32 connections";
    static final String BUSY_THREAD = "the same while 20 comments a second are posted to that thread";
    static final String COUNTS = "counts for 20 articles in one call";
    static final String QUEUE = "queue page of 50, all pending of one tenant, 4 moderators";
    static final String DEEP_QUEUE = "40 pages of that queue, one after another";
    static final String MEMORY = "memory";
    static final String OWN_MEMORY = "memory without pages of files";

    private static final Path DOCUMENT = Path.of("docs/performance.md");
    private static final Path PICTURE = Path.of("docs/images/load-growth.png");
    private static final String BEGIN = "<!-- written by ./parley load -->\n";
    private static final String END = "<!-- end of what ./parley load wrote -->\n";

    private final List<Integer> sizes = new ArrayList<>();
    private final List<Map<String, Row>> measured = new ArrayList<>();
    private final List<String> starts = new ArrayList<>();
    private final List<String> warming = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();

    /** A figure to reach: of which row, what of it, and the bounds as they are written. */
    private record Figure(String what, String row, String must, String goal, String form, ToDoubleFunction<Row> value) {
        double of(Map<String, Row> rows) {
            return value.applyAsDouble(Objects.requireNonNull(rows.get(row), row));
        }
    }

    private static final List<Figure> FIGURES =
            List.of(
                    new Figure("accepted comment: share of the pgbench rate", POST, "0.13", "0.25", "%.3f", Row::share),
                    new Figure("its CPU time, ms", POST, "0.75", "0.5", "%.2f", Row::cpuMillis),
                    new Figure("page of a thread: share of the nginx rate", THREAD, "0.20", "0.40", "%.2f", Row::share),
                    new Figure("the same while comments are posted", BUSY_THREAD, "0.15", "0.30", "%.2f", Row::share),
                    new Figure("counts for 20 articles, CPU ms", COUNTS, "0.18", "0.08", "%.3f", Row::cpuMillis),
                    new Figure("queue page of 50, p95 ms", QUEUE, "150", "20", "%.1f", Row::p95),
                    new Figure("deep page of it, p95 ms", DEEP_QUEUE, "150", "", "%.1f", Row::p95),
                    new Figure("memory under load, MiB", MEMORY, "400", "250", "%.0f", Row::perSecond),
                    new Figure("of it without pages of files", OWN_MEMORY, "", "", "%.0f", Row::perSecond));

    void start(String what, List<Double> seconds, double idle) {
        if (seconds.isEmpty()) {
            return;
        }
        var sorted = seconds.stream().sorted().toList();
        var line =
                "| %s | %.1f | %.1f – %.1f | %.0f |"
                        .formatted(what, sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast(), idle);
        starts.add(line);
        Load.say(line);
    }

    /**
     * What a comment cost while the program grew warm.
     *
     * @param from seconds of posting before
     * @param compilers milliseconds of processor time for a comment, as program and database
     */
    void warming(int from, int to, Wrk.Run run, double compilers, double program, double database) {
        var line =
                "| %d – %d | %.0f | %.1f | %.2f | %.2f | %.2f |"
                        .formatted(from, to, run.perSecond(), run.p95(), compilers, program, database);
        warming.add(line);
        Load.say(line);
    }

    /**
     * @param bytes of the rows
     * @param indexBytes of all its indexes
     */
    void table(String name, long rows, long bytes, long indexBytes) {
        tables.add(
                "| `%s` | %,d | %.0f | %.0f | %.0f |"
                        .formatted(
                                name,
                                rows,
                                (bytes + indexBytes) / 1e6,
                                bytes / (double) rows,
                                indexBytes / (double) rows));
    }

    void add(int size, Map<String, Row> rows) {
        Load.say("Measured at %,d".formatted(size));
        sizes.add(size);
        measured.add(rows);
    }

    /** Also after each size: a run may be ended. */
    void write() throws IOException {
        var text = new StringBuilder();
        figures(text);
        text.append(
                "\n| start | seconds to ready, median | least and most | MiB at rest |\n| --- | --- | --- | --- |\n");
        starts.forEach(line -> text.append(line).append('\n'));
        text.append("\n| posting since, s | comments a second | p95 ms | CPU ms of a comment: compilers |");
        text.append(" the rest of the program | PostgreSQL |\n| --- | --- | --- | --- | --- | --- |\n");
        warming.forEach(line -> text.append(line).append('\n'));
        for (int i = 0; i < sizes.size(); i++) {
            all(text, i);
        }
        text.append("\n| table, at the end | rows | MB | bytes of a row | of its entries in indexes |\n");
        text.append("| --- | --- | --- | --- | --- |\n");
        tables.forEach(line -> text.append(line).append('\n'));
        var document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        var whole = document.substring(0, begin) + text + document.substring(document.indexOf(END));
        Files.writeString(DOCUMENT, whole);
        picture();
    }

    private void figures(StringBuilder text) {
        var columns = sizes.stream().map("%,d"::formatted).collect(Collectors.joining(" | "));
        text.append("| comments, and as many that wait | must | goal | ").append(columns).append(" |\n");
        text.append("| --- ".repeat(3 + sizes.size())).append("|\n");
        for (var figure : FIGURES) {
            text.append("| %s | %s | %s |".formatted(figure.what, figure.must, figure.goal));
            for (var rows : measured) {
                text.append(" ").append(figure.form.formatted(figure.of(rows))).append(" |");
            }
            text.append('\n');
        }
        text.append("\n| cost at ").append("%,d over the cost at %,d".formatted(sizes.getLast(), sizes.getFirst()));
        text.append(" | must | goal | here |\n| --- | --- | --- | --- |\n");
        costs().forEach((what, costs) ->
                text.append("| %s | 1.3 | 1.1 | %.2f |%n".formatted(what, costs.getLast() / costs.getFirst())));
    }

    /** CPU time by what cost it and size; for the queue as well, which is limited by what it waits for. */
    private Map<String, List<Double>> costs() {
        var costs = new LinkedHashMap<String, List<Double>>();
        for (var row : List.of(POST, THREAD, BUSY_THREAD, COUNTS, QUEUE)) {
            costs.put(row, measured.stream().map(rows -> Objects.requireNonNull(rows.get(row)).cpuMillis()).toList());
        }
        return costs;
    }

    private void all(StringBuilder text, int index) {
        text.append(
                "\n| with %,d | a second | of the reference | p50 ms | p95 ms | p99 ms | CPU ms |%n"
                        .formatted(sizes.get(index)));
        text.append("| --- ".repeat(7)).append("|\n");
        measured.get(index)
                .forEach((name, row) -> {
                    if (!name.equals(MEMORY) && !name.equals(OWN_MEMORY)) {
                        text.append(
                                "| %s | %,.0f | %s | %.1f | %.1f | %.1f | %.3f |%n"
                                        .formatted(
                                                name,
                                                row.perSecond(),
                                                row.reference() == 0 ? "" : "%.3f".formatted(row.share()),
                                                row.p50(),
                                                row.p95(),
                                                row.p99(),
                                                row.cpuMillis()));
                    }
                });
    }

    private void picture() throws IOException {
        if (sizes.size() < 2) {
            return;
        }
        System.setProperty("java.awt.headless", "true");
        var chart =
                new XYChartBuilder()
                        .width(900)
                        .height(420)
                        .title(
                                "CPU time of a call, as a multiple of that with "
                                        + "%,d comments".formatted(sizes.getFirst()))
                        .xAxisTitle("comments")
                        .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setYAxisMin(0.0);
        costs().forEach((what, costs) ->
                chart.addSeries(what, sizes, costs.stream().map(cost -> cost / costs.getFirst()).toList()));
        BitmapEncoder.saveBitmap(chart, PICTURE.toString(), BitmapFormat.PNG);
    }
}
