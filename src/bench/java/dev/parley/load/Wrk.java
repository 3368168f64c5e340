package dev.parley.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs wrk with a script of {@code src/bench/lua}, all of which print the same line at their end. */
final class Wrk {

    private static final Path SCRIPTS = Path.of("src/bench/lua");
    private static final Pattern LINE =
            Pattern.compile(
                    "LOAD requests=(\\d+) micros=(\\d+) failed=(\\d+) bytes=(\\d+) p50=(\\d+) p95=(\\d+) p99=(\\d+)");

    /**
     * What a run of wrk came to.
     *
     * @param perSecond answers a second
     * @param failed answers other than 2xx and 3xx, and connections that broke
     * @param bytes of an answer on average, head included
     * @param p50 milliseconds, as p95 and p99
     */
    record Run(double perSecond, long requests, long failed, long bytes, double p50, double p95, double p99) {}

    private Wrk() {}

    /**
     * @param script its name without ending
     * @param arguments for the script
     * @throws IllegalStateException if a hundredth of the answers or more failed: their speed would say nothing
     */
    static Run run(String script, int connections, int seconds, String url, String... arguments)
            throws IOException, InterruptedException {
        var line =
                new ArrayList<>(
                        List.of(
                                "wrk",
                                "-t" + Math.min(2, connections),
                                "-c" + connections,
                                "-d" + seconds + "s",
                                "--timeout",
                                "10s",
                                "-s",
                                SCRIPTS.resolve(script + ".lua").toString(),
                                url,
                                "--"));
        line.addAll(List.of(arguments));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        var found = LINE.matcher(said);
        if (!found.find()) {
            throw new IllegalStateException("wrk said nothing that is understood:\n" + said);
        }
        long requests = Long.parseLong(found.group(1));
        var run =
                new Run(
                        requests / (Double.parseDouble(found.group(2)) / 1e6),
                        requests,
                        Long.parseLong(found.group(3)),
                        requests == 0 ? 0 : Long.parseLong(found.group(4)) / requests,
                        Double.parseDouble(found.group(5)) / 1e3,
                        Double.parseDouble(found.group(6)) / 1e3,
                        Double.parseDouble(found.group(7)) / 1e3);
        if (run.failed * 100 >= requests) {
            throw new IllegalStateException(
                    "%d of %d calls of %s failed:%n%s".formatted(run.failed, requests, script, said));
        }
        return run;
    }
}
