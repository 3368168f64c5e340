package dev.parley.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells all replicas what changed, at most every 100 ms, in a statement of its own: a NOTIFY inside a writing
 * transaction would make commits wait for each other. What can't be told is not lost but made good: then all replicas
 * are told that something was missed.
 */
@ApplicationScoped
class Announcer {

    static final String CHANNEL = "parley_live";

    /** Instead of announcements: some were lost. */
    static final String MISSED = "*";

    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int WAITING = 10_000;

    /** PostgreSQL takes less than 8000 bytes at a time; a line of ours has at most 108. */
    private static final int LINES = 50;

    private final AgroalDataSource dataSource;
    private final BlockingQueue<Announcement> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicBoolean missed = new AtomicBoolean();
    private volatile Thread worker = Thread.currentThread();

    Announcer(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Never waits. */
    void add(Announcement news) {
        if (!waiting.offer(news)) {
            missed.set(true);
        }
    }

    void begin(@Observes StartupEvent start) {
        worker = Thread.ofVirtual().name("announcer").start(this::work);
    }

    void end(@Observes ShutdownEvent shutdown) {
        worker.interrupt();
    }

    private void work() {
        try {
            while (true) {
                var first = waiting.take();
                var batch = new LinkedHashSet<Announcement>();
                batch.add(first);
                waiting.drainTo(batch);
                try {
                    tell(batch);
                    Thread.sleep(PAUSE);
                } catch (SQLException e) {
                    // What was in this batch is made good by asking everybody to look again.
                    missed.set(true);
                    LOG.debugf("Changes could not be announced: %s", e.getClass().getName());
                    Thread.sleep(AFTER_FAILURE);
                    waiting.offer(first);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    private void tell(Set<Announcement> batch) throws SQLException {
        List<String> payloads = new ArrayList<>();
        if (missed.get()) {
            payloads.add(MISSED);
        } else {
            var lines = batch.stream().map(Announcement::line).toList();
            for (int i = 0; i < lines.size(); i += LINES) {
                payloads.add(String.join("\n", lines.subList(i, Math.min(lines.size(), i + LINES))));
            }
        }
        try (var connection = dataSource.getConnection();
                var notify =
                        connection.prepareStatement(
                                "select pg_notify('" + CHANNEL + "', payload) from unnest(?) payload")) {
            notify.setArray(1, connection.createArrayOf("text", payloads.toArray()));
            notify.execute();
        }
        if (payloads.getFirst().equals(MISSED)) {
            missed.set(false);
        }
    }
}
