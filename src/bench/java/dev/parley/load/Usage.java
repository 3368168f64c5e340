package dev.parley.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What processes take of the machine, from {@code /proc}. */
final class Usage {

    /** Clock ticks of {@code /proc/PID/stat} in a second: {@code getconf CLK_TCK}, 100 on every Linux of today. */
    private static final double TICKS = 100;

    /** Positions in {@code stat} behind the name in brackets. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;
    private static final int USER_OF_ENDED = 13;
    private static final int SYSTEM_OF_ENDED = 14;

    private Usage() {}

    /** Processor time in seconds of a process and all below it, those that ended included. */
    static double cpuSeconds(long pid) throws IOException {
        double ticks = 0;
        for (var process : family(pid)) {
            var fields = stat(process.pid());
            if (!fields.isEmpty()) {
                ticks += number(fields, USER) + number(fields, SYSTEM);
                ticks += number(fields, USER_OF_ENDED) + number(fields, SYSTEM_OF_ENDED);
            }
        }
        return ticks / TICKS;
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

    /** Empty if the process has just ended. */
    private static List<String> stat(long pid) throws IOException {
        var file = Path.of("/proc/" + pid + "/stat");
        try {
            var line = Files.readString(file);
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (java.nio.file.NoSuchFileException e) {
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
