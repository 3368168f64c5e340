package dev.parley.standalone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

    @TempDir Path cache;

    private Process process;

    @BeforeEach
    void aProcess() throws Exception {
        process = new ProcessBuilder("sleep", "600").start();
        new Children(cache).record(process.toHandle());
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void a_process_when_its_parent_lives_is_left_alone() throws Exception {
        new Children(cache).endOrphans();

        assertTrue(process.isAlive());
        assertTrue(Files.exists(file()));
    }

    @Test
    void a_process_when_its_parent_was_killed_is_ended_and_forgotten() throws Exception {
        theParentIsGone();

        new Children(cache).endOrphans();

        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "the orphan still runs");
        assertFalse(Files.exists(file()));
    }

    @Test
    void another_program_when_it_has_the_number_of_a_former_child_is_left_alone() throws Exception {
        theParentIsGone();
        var lines = Files.readAllLines(file());
        Files.writeString(file(), process.pid() + " 2020-01-01T00:00:00Z\n" + lines.get(1) + "\n");

        new Children(cache).endOrphans();

        assertTrue(process.isAlive());
        assertFalse(Files.exists(file()));
    }

    private Path file() {
        return cache.resolve("running").resolve(process.pid() + ".process");
    }

    /** As if the process that wrote the file had another start time than whoever has its number now. */
    private void theParentIsGone() throws Exception {
        var lines = Files.readAllLines(file());
        Files.writeString(file(), lines.getFirst() + "\n" + ProcessHandle.current().pid() + " 2020-01-01T00:00:00Z\n");
    }
}
