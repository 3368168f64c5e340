package dev.parley.platform;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The one clock, by which ids are made too; tests replace it. Reads the database's every ten seconds. */
@Singleton
class ClockSource {

    private static final Logger LOG = Logger.getLogger(ClockSource.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final DatabaseClock clock = new DatabaseClock(InstantSource.system(), System::nanoTime);
    private final Instance<AgroalDataSource> pool;

    /** Of its own: it must go on where the machine's clock jumps. */
    private final ScheduledExecutorService readings =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("parley-clock").factory());

    private boolean differs;

    ClockSource(Instance<AgroalDataSource> pool) {
        this.pool = pool;
    }

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return clock;
    }

    /** Before anything looks at the time. */
    void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        Ids.by(clock);
        read();
        readings.scheduleWithFixedDelay(this::read, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    void end(@Observes ShutdownEvent end) {
        readings.shutdownNow();
    }

    /** Without the database the last reading stands. */
    private void read() {
        try (var connection = pool.get().getConnection();
                var statement = connection.createStatement()) {
            long asked = System.nanoTime();
            try (var row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                var database = row.getObject(1, OffsetDateTime.class).toInstant();
                tell(clock.read(database, asked, System.nanoTime()));
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debugf("The database's clock could not be read: %s", e.getClass().getName());
        }
    }

    private void tell(Duration ahead) {
        boolean beyond = ahead.abs().compareTo(DatabaseClock.TOLERANCE) > 0;
        if (beyond && !differs) {
            LOG.warnf(
                    "This machine's clock is %.1f s ahead of the database's, whose time is used; only tokens of the sign-in are"
                            + " still judged by it. Is it kept by NTP?",
                    ahead.toMillis() / 1e3);
        } else if (!beyond && differs) {
            LOG.info("This machine's clock is the database's again");
        }
        differs = beyond;
    }
}
