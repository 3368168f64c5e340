package dev.parley.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes take of the machine, from {@code /proc}. */
final class Usage {

    /** Clock ticks of {@code /proc/PID/stat} in a second: {@code getconf CLK_TCK}, 100 on every Linux of today. */
    private static final double TICKS = 100;

    /** Positions in {@code stat}, where number and name, in brackets, are the first. */
    private static final int USER = 12;

    private static final int SYSTEM = 13;
    private static final int USER_OF_ENDED = 14;
    private static final int SYSTEM_OF_ENDED = 15;

    /** The names of their threads in the system, which are cut to fifteen characters. */
    private static final Pattern COMPILER = Pattern.compile("C[12] CompilerThre");

    private Usage() {}

    /** Processor time in seconds of a process and all below it, those that ended included. */
    static double cpuSeconds(long pid) throws IOException {
        double ticks = 0;
        for (var process : family(pid)) {
            var fields = stat(Long.toString(process.pid()));
            if (!fields.isEmpty()) {
                ticks += number(fields, USER) + number(fields, SYSTEM);
                ticks += number(fields, USER_OF_ENDED) + number(fields, SYSTEM_OF_ENDED);
            }
        }
        return ticks / TICKS;
    }

    /** Processor time in seconds of each thread of a JVM that compiles, by its number in the system. */
    static Map<String, Double> compilerSeconds(long pid) throws IOException {
        Map<String, Double> seconds = new HashMap<>();
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads.toList()) {
                var fields = stat(pid + "/task/" + thread.getFileName());
                if (!fields.isEmpty() && COMPILER.matcher(fields.getFirst()).find()) {
                    double ticks = number(fields, USER) + number(fields, SYSTEM);
                    seconds.put(thread.getFileName().toString(), ticks / TICKS);
                }
            }
        }
        return seconds;
    }

    /** Memory of one process that is in RAM now, in MiB. */
    static double residentMebibytes(long pid) throws IOException {
        return status(pid, "VmRSS:");
    }

    /** The same without pages of files, which the system takes back when it needs them: those of the AOT cache. */
    static double ownMebibytes(long pid) throws IOException {
        return status(pid, "RssAnon:");
    }

    private static List<ProcessHandle> family(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
                .toList();
    }

    /** Empty if the process or thread has just ended. */
    private static List<String> stat(String path) throws IOException {
        var file = Path.of("/proc/" + path + "/stat");
        try {
            var line = Files.readString(file);
            int end = line.lastIndexOf(')') + 2;
            var fields = new ArrayList<>(List.of(line.substring(end).split(" ")));
            fields.addFirst(line.substring(0, end));
            return fields;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static double number(List<String> fields, int position) {
        return Double.parseDouble(fields.get(position));
    }

    private static double status(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
