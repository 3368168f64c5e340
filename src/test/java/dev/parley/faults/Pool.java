package dev.parley.faults;

import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.testing.PackagedParley;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The program's connections, as its metrics and the database count them.
 *
 * @param active in use
 * @param idle not in use
 * @param awaited how many wait for one
 * @param counted by the database, those of live events left out
 * @param live connections for live events, by the database
 * @param threads of the platform in the program; virtual ones are not counted
 */
record Pool(int active, int idle, int awaited, int counted, int live, int threads) {

    static Pool of(PackagedParley parley, EmbeddedDatabase database)
            throws IOException, InterruptedException, SQLException {
        var metrics = parley.metrics();
        try (var connection = database.asSuperuser();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select count(*) filter (where application_name <> 'parley-live'),"
                                                + " count(*) filter (where application_name = 'parley-live')"
                                                + " from pg_stat_activity where usename = 'parley_app'")) {
            rows.next();
            return new Pool(
                    (int) metrics.value("agroal_active_count"),
                    (int) metrics.value("agroal_available_count"),
                    (int) metrics.value("agroal_awaiting_count"),
                    rows.getInt(1),
                    rows.getInt(2),
                    (int) metrics.value("jvm_threads_live_threads"));
        }
    }

    /** Waits until nothing is in use or waited for and both count the same, and says how it is then, or at the end. */
    static Pool atRest(PackagedParley parley, EmbeddedDatabase database, Duration limit)
            throws IOException, InterruptedException, SQLException {
        var until = Instant.now().plus(limit);
        var now = of(parley, database);
        while (!now.isAtRest() && Instant.now().isBefore(until)) {
            Thread.sleep(250);
            now = of(parley, database);
        }
        return now;
    }

    /**
     * Nobody waits, and the pool holds as many connections as the database counts. That none of them is in use can't be
     * asked: when connections die while they are handed out, Agroal counts some as given back that it never counted as
     * taken, and its number of active ones stays too small by those.
     */
    boolean isAtRest() {
        return active <= 0 && awaited == 0 && counted == active + idle && live == 1;
    }
}
