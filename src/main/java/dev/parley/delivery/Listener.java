package dev.parley.delivery;

import dev.parley.comment.Threads;
import dev.parley.delivery.Announcement.Topic;
import dev.parley.moderation.Queue;
import dev.parley.platform.PlatformConfig;
import dev.parley.tenant.TenantContext;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Hears what any replica announces, on a connection of its own, and tells the watchers of this one. While the
 * connection was lost something may have been missed: then everybody is told to ask anew.
 */
@ApplicationScoped
class Listener {

    /** How the connection shows in the database's list. */
    static final String NAME = "parley-live";

    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final int ROLE_TIMEOUT_SECONDS = 5;
    private static final int QUIET_MILLIS = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final PlatformConfig config;
    private final Watchers watchers;
    private final Desks desks;
    private final Threads threads;
    private final Queue queue;
    private final TenantContext context;
    private volatile Thread worker = Thread.currentThread();
    private volatile boolean ended;
    private volatile boolean listening;

    Listener(
            PlatformConfig config,
            Watchers watchers,
            Desks desks,
            Threads threads,
            Queue queue,
            TenantContext context) {
        this.config = config;
        this.watchers = watchers;
        this.desks = desks;
        this.threads = threads;
        this.queue = queue;
        this.context = context;
    }

    void begin(@Observes StartupEvent start) {
        worker = Thread.ofVirtual().name("live listener").start(this::work);
    }

    void end(@Observes ShutdownEvent shutdown) {
        ended = true;
        worker.interrupt();
    }

    /** Whether the connection stands. */
    boolean isListening() {
        return listening;
    }

    private void work() {
        var pause = FIRST_PAUSE;
        while (!ended) {
            try (var connection = connect()) {
                listening = true;
                pause = FIRST_PAUSE;
                tellAllToAskAnew();
                listen(connection);
            } catch (SQLException e) {
                listening = false;
                if (!ended) {
                    LOG.warnf("The live connection was lost, next try in %d ms", pause.toMillis());
                }
            }
            if (!ended && !slept(pause)) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Not from the pool: a pooled connection could be handed to somebody else, with what it hears. */
    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "parley_app");
        properties.setProperty("password", config.database().appPassword());
        properties.setProperty("ApplicationName", NAME);
        properties.setProperty("connectTimeout", Integer.toString(ROLE_TIMEOUT_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(ROLE_TIMEOUT_SECONDS));
        // Of what is asked; silence while nothing is announced does not count.
        properties.setProperty("socketTimeout", Integer.toString(ROLE_TIMEOUT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false");
        var connection = DriverManager.getConnection(config.database().url(), properties);
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + Announcer.CHANNEL);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void listen(Connection connection) throws SQLException {
        var heard = connection.unwrap(PGConnection.class);
        while (!ended) {
            var notifications = heard.getNotifications(QUIET_MILLIS);
            if (notifications == null || notifications.length == 0) {
                if (!connection.isValid(ROLE_TIMEOUT_SECONDS)) {
                    throw new SQLException("The connection does not answer");
                }
                continue;
            }
            Map<Subject, Set<UUID>> comments = new HashMap<>();
            for (var notification : notifications) {
                read(notification.getParameter(), comments);
            }
            comments.forEach(this::tell);
        }
    }

    /** What was announced together. */
    private record Subject(Topic topic, String tenant) {}

    private void read(String payload, Map<Subject, Set<UUID>> comments) {
        if (payload.equals(Announcer.MISSED)) {
            tellAllToAskAnew();
            return;
        }
        payload.lines()
                .map(Announcement::read)
                .filter(Objects::nonNull)
                .filter(news -> isHeard(news.topic(), news.tenant()))
                .forEach(news ->
                        comments.computeIfAbsent(new Subject(news.topic(), news.tenant()), _ -> new LinkedHashSet<>())
                                .add(news.comment()));
    }

    private boolean isHeard(Topic topic, String tenant) {
        return switch (topic) {
            case THREAD -> watchers.anyOf(tenant);
            case QUEUE -> desks.anyOf(tenant);
        };
    }

    private void tell(Subject subject, Set<UUID> comments) {
        var tenant = subject.tenant();
        try {
            switch (subject.topic()) {
                case THREAD ->
                        context.call(tenant, () -> threads.news(comments)).forEach(news -> watchers.tell(tenant, news));
                case QUEUE ->
                        context.call(tenant, () -> queue.news(comments)).forEach(news -> desks.tell(tenant, news));
            }
        } catch (RuntimeException e) {
            LOG.debugf("Changes could not be read: %s", e.getClass().getName());
            tellAllToAskAnew();
        }
    }

    private void tellAllToAskAnew() {
        watchers.tellAllToAskAnew();
        desks.tellAllToAskAnew();
    }

    private boolean slept(Duration pause) {
        try {
            Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
