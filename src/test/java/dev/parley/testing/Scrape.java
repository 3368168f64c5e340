package dev.parley.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Prometheus reads, and what an expression of its language asks of that. */
public final class Scrape {

    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern SAMPLE =
            Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: # .*)?$", Pattern.MULTILINE);
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*\\{([^{}\"]*(?:\"[^\"]*\"[^{}\"]*)*)}");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*(?!\\w*\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "h", "m", "s", "d");

    /** One line: name, labels, value. */
    public record Series(String name, Map<String, String> labels, double value) {}

    private final String text;
    private final List<Series> series;

    private Scrape(String text, List<Series> series) {
        this.text = text;
        this.series = series;
    }

    public static Scrape of(String text) {
        var series =
                SAMPLE.matcher(text)
                        .results()
                        .map(line -> new Series(line.group(1), labels(line.group(2)), number(line.group(3))))
                        .toList();
        return new Scrape(text, series);
    }

    public String text() {
        return text;
    }

    /** Names as they stand in lines of type, without what a kind of meter appends. */
    public Set<String> families() {
        return TYPE.matcher(text)
                .results()
                .map(type -> type.group(1))
                // The largest value is a family of its own in the text, and belongs to its timer.
                .map(name -> name.endsWith("_seconds_max") ? name.substring(0, name.length() - 4) : name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All names of labels. */
    public Set<String> labels() {
        return series.stream().flatMap(one -> one.labels().keySet().stream()).collect(Collectors.toSet());
    }

    /** Names of the labels of a metric or family, those of buckets aside; fails if there is none of that name. */
    public Set<String> labelsOf(String family) {
        var found =
                series.stream()
                        .filter(one -> one.name().equals(family) || one.name().equals(family + "_count"))
                        .flatMap(one -> Stream.concat(Stream.of(""), one.labels().keySet().stream()))
                        .collect(Collectors.toSet());
        if (!found.remove("")) {
            throw new AssertionError("no metric " + family);
        }
        return found;
    }

    /** The series of a name that have these labels: name, value, name, value… */
    public List<Series> series(String name, String... labels) {
        return series.stream().filter(one -> one.name().equals(name)).filter(one -> has(one, labels)).toList();
    }

    /** The sum of {@link #series}; fails if there are none. */
    public double value(String name, String... labels) {
        var found = series(name, labels);
        if (found.isEmpty()) {
            throw new AssertionError("no " + name + " with " + List.of(labels));
        }
        return found.stream().mapToDouble(Series::value).sum();
    }

    /** All values of a label of a metric. */
    public Set<String> values(String name, String label) {
        return series(name).stream()
                .map(one -> one.labels().getOrDefault(label, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Metrics, labels and values of fixed labels of an expression that are not in this scrape. */
    public List<String> faults(String expression) {
        var faults = new ArrayList<String>();
        Map<String, Set<String>> known = new TreeMap<>();
        series.forEach(one -> known.computeIfAbsent(one.name(), _ -> new TreeSet<>()).addAll(one.labels().keySet()));
        SELECTOR.matcher(expression)
                .results()
                .filter(selector -> known.containsKey(selector.group(1)))
                .forEach(selector ->
                        labels(selector.group(2)).keySet().stream()
                                .filter(label -> !known.get(selector.group(1)).contains(label))
                                .forEach(label -> faults.add("label " + label + " of " + selector.group(1))));
        var bare =
                expression.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("\\{[^}]*}", " ").replaceAll("\\[[^]]*]", " ");
        var names =
                NAME.matcher(GROUPING.matcher(bare).replaceAll(" ").replaceAll("\\b\\d+(?:\\.\\d+)?[hmsd]?\\b", " "))
                        .results()
                        .map(name -> name.group())
                        .filter(name -> !WORDS.contains(name))
                        .toList();
        names.stream().filter(name -> !known.containsKey(name)).forEach(name -> faults.add("metric " + name));
        if (names.isEmpty()) {
            faults.add("no metric at all");
        }
        var labels =
                names.stream().map(name -> known.getOrDefault(name, Set.of())).flatMap(Collection::stream).toList();
        GROUPING.matcher(bare)
                .results()
                .flatMap(group -> Stream.of(group.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty() && faults.isEmpty() && !labels.contains(label))
                .forEach(label -> faults.add("grouping by " + label));
        return faults;
    }

    private static boolean has(Series one, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(one.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> labels(String written) {
        Map<String, String> labels = new HashMap<>();
        if (written != null) {
            LABEL.matcher(written).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    private static double number(String written) {
        return switch (written) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> Double.parseDouble(written);
        };
    }
}
