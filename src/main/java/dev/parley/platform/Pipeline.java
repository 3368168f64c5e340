package dev.parley.platform;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Statements that travel to the database together: those of one transaction are kept back until an answer is wanted,
 * until {@link #flush}, or until the commit, and then go in one round trip, in the order in which they came. The way to
 * the database and back costs more than what an insert does there.
 *
 * <p>It knows nothing of what Hibernate has not written yet, nor Hibernate of what waits here: whoever reads in the
 * same transaction what was sent calls {@link #flush} before. Every statement names its tenant, as all native SQL does.
 */
@Singleton
public class Pipeline {

    /** Longer ones would fill the driver's cache of prepared statements with texts that come only once. */
    private static final int MOST_AT_ONCE = 32;

    /** Bound while a connection is taken here, so that whoever looks after it can tell that from other takings. */
    private static final ScopedValue<Opening> OPENING = ScopedValue.newInstance();

    private final TransactionSynchronizationRegistry transaction;
    private final DataSource dataSource;

    Pipeline(TransactionSynchronizationRegistry transaction, DataSource dataSource) {
        this.transaction = transaction;
        this.dataSource = dataSource;
    }

    /** Makes a value of all rows of a result. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        T read(ResultSet rows) throws SQLException;
    }

    /** What will be known once the statement has come to the database. */
    public final class Answer<T extends @Nullable Object> {
        private final Reader<T> reader;
        private boolean known;
        private @Nullable T value;

        private Answer(Reader<T> reader) {
            this.reader = reader;
        }

        /**
         * The answer; sends all that waits if it is not there yet. Only in the transaction that asked, or once known.
         */
        @SuppressWarnings("NullAway") // null only where T is nullable
        public T get() {
            if (!known) {
                flush();
            }
            return value;
        }

        private void take(ResultSet rows) throws SQLException {
            value = reader.read(rows);
            known = true;
        }
    }

    private record Waiting(String sql, @Nullable Object[] parameters, @Nullable Answer<?> answer) {}

    private static final Waiting COMMIT = new Waiting("commit", new Object[0], null);

    private static final class Opening {
        private @Nullable Waiting first;
    }

    /** What the current transaction has to send. */
    private static final class Queued {
        private final List<Waiting> statements = new ArrayList<>();
        private boolean committed;
    }

    /**
     * Adds a statement that returns no rows to the current transaction; fails without one.
     *
     * @param parameters strings, numbers, booleans, UUIDs, instants, enum values, bytes; arrays of strings, UUIDs,
     *     longs and bytes; or null
     */
    public void send(String sql, @Nullable Object... parameters) {
        queued().statements.add(new Waiting(sql, parameters, null));
    }

    /** As {@link #send}, with a statement that returns rows, be they none. */
    public <T extends @Nullable Object> Answer<T> ask(String sql, Reader<T> reader, @Nullable Object... parameters) {
        var answer = new Answer<T>(reader);
        queued().statements.add(new Waiting(sql, parameters, answer));
        return answer;
    }

    /** Makes a list of a result; the reader is given each row alone. */
    public static <T> Reader<List<T>> listing(Reader<T> row) {
        return rows -> {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        };
    }

    /** Makes a map of a result, with an entry for each row; both readers are given the row alone. */
    public static <K, V> Reader<Map<K, V>> mapping(Reader<K> key, Reader<V> value) {
        return rows -> {
            Map<K, V> entries = new HashMap<>();
            while (rows.next()) {
                entries.put(key.read(rows), value.read(rows));
            }
            return entries;
        };
    }

    /** A moment in a row of a result; null if there is none. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    /** Sends what the current transaction has waiting. */
    public void flush() {
        flush(queued().statements, false);
    }

    /**
     * Sends what the current transaction has waiting, and has the database commit with it, which saves a way there and
     * back. Whoever calls this began the transaction, has nothing of Hibernate to be written in it, and does nothing
     * else in it: a later statement fails here. If one of those that are sent fails, nothing is stored.
     */
    public void commit() {
        var queued = queued();
        flush(queued.statements, true);
        queued.committed = true;
    }

    private void flush(List<Waiting> all, boolean last) {
        while (!all.isEmpty()) {
            var next = all.subList(0, Math.min(all.size(), MOST_AT_ONCE));
            send(List.copyOf(next), last && next.size() == all.size());
            next.clear();
        }
    }

    /**
     * Lets whoever looks after a connection that this class takes for a transaction have a statement go before the
     * first one, in the same trip.
     *
     * @return false if it is not this class that takes it: then nothing was done
     */
    public static boolean sendsFirst(String sql, @Nullable Object... parameters) {
        if (!OPENING.isBound()) {
            return false;
        }
        OPENING.get().first = new Waiting(sql, parameters, null);
        return true;
    }

    /** Of the current transaction. */
    private Queued queued() {
        var present = (Queued) transaction.getResource(this);
        if (present != null) {
            if (present.committed) {
                throw new IllegalStateException("This transaction was committed already");
            }
            return present;
        }
        var fresh = new Queued();
        transaction.putResource(this, fresh);
        transaction.registerInterposedSynchronization(
                new Synchronization() {
                    @Override
                    public void beforeCompletion() {
                        if (!fresh.committed && transaction.getTransactionStatus() == Status.STATUS_ACTIVE) {
                            flush(fresh.statements, false);
                        }
                    }

                    @Override
                    public void afterCompletion(int status) {
                        fresh.statements.clear();
                    }
                });
        return fresh;
    }

    private void send(List<Waiting> waiting, boolean last) {
        var opening = new Opening();
        try (var connection = ScopedValue.where(OPENING, opening).call(dataSource::getConnection)) {
            var statements = new ArrayList<Waiting>(waiting.size() + 2);
            if (opening.first != null) {
                statements.add(opening.first);
            }
            statements.addAll(waiting);
            if (last) {
                statements.add(COMMIT);
            }
            execute(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException("The database did not take " + waiting.size() + " statements", e);
        }
    }

    private static void execute(Connection connection, List<Waiting> statements) throws SQLException {
        var sql = statements.stream().map(Waiting::sql).collect(Collectors.joining(";\n"));
        try (var prepared = connection.prepareStatement(sql)) {
            int position = 0;
            for (var statement : statements) {
                for (var parameter : statement.parameters) {
                    bind(connection, prepared, ++position, parameter);
                }
            }
            boolean rows = prepared.execute();
            for (var statement : statements) {
                if (statement.answer != null) {
                    if (!rows) {
                        throw new IllegalStateException("No rows come from: " + statement.sql);
                    }
                    statement.answer.take(prepared.getResultSet());
                }
                rows = prepared.getMoreResults();
            }
        }
    }

    private static void bind(
            Connection connection, PreparedStatement prepared, int position, @Nullable Object parameter)
            throws SQLException {
        switch (parameter) {
            case null -> prepared.setNull(position, Types.NULL);
            case Instant instant -> prepared.setObject(position, instant.atOffset(ZoneOffset.UTC));
            case Enum<?> name -> prepared.setString(position, name.name());
            case String[] texts -> prepared.setArray(position, connection.createArrayOf("text", texts));
            case UUID[] ids -> prepared.setArray(position, connection.createArrayOf("uuid", ids));
            case Long[] numbers -> prepared.setArray(position, connection.createArrayOf("bigint", numbers));
            case byte[][] bytes -> prepared.setArray(position, connection.createArrayOf("bytea", bytes));
            default -> prepared.setObject(position, parameter);
        }
    }
}
