package dev.parley.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the installation that belong to no feature. */
@ConfigMapping(prefix = "parley")
public interface PlatformConfig {

    /** File with the master key: 32 random bytes in base64. It wraps every tenant's keys. */
    Optional<String> masterKeyFile();

    /** The master key itself, for installations that pass secrets by environment. */
    Optional<String> masterKey();

    /** Origin under which readers' browsers reach Parley, such as {@code https://comments.example}. */
    @WithDefault("http://127.0.0.1:8080")
    String publicOrigin();

    /**
     * Origin under which staff's browsers reach the console. In production it should be another host than the readers';
     * without it, it is the same.
     */
    Optional<String> consoleOrigin();

    /** The console's origin, whether or not one was set. */
    default String console() {
        return consoleOrigin().orElse(publicOrigin());
    }

    /** True in a standalone run only: demonstration data, limits that may be lifted for loopback. */
    @WithDefault("false")
    boolean standalone();

    /** Lifts rate limits for clients on loopback. Heeded in a standalone run only. */
    @WithDefault("false")
    boolean loopbackUnlimited();

    /**
     * Addresses or networks (such as {@code 10.42.0.0/16}) of proxies whose X-Forwarded-For is believed; none if empty.
     */
    Optional<List<String>> trustedProxies();

    /** A request whose head (its line and headers) takes longer loses its connection. */
    @WithDefault("PT20S")
    Duration headDeadline();

    /** A request whose body takes longer loses its connection; bodies are small (64 kB). */
    @WithDefault("PT20S")
    Duration bodyDeadline();

    /**
     * Connections of HTTP that may be open at once, live streams among them, of all clients and proxies together; one
     * above is closed as it comes. Those of the management port are not counted.
     */
    @WithDefault("10000")
    int connections();

    /** Where single requests are traced to; off unless an endpoint is set. */
    Traces traces();

    /**
     * Of each request that is traced, its parts and how long each took; {@link SpanFilter} says what is told of them.
     */
    interface Traces {

        /**
         * Where traces are sent, as OTLP over HTTP: such as {@code http://collector:4318/v1/traces}. None are made
         * without it.
         */
        Optional<String> endpoint();

        /** Share of the requests and webhooks that are traced, from 0 to 1. */
        @WithDefault("0.1")
        double share();
    }

    /** Where the data is. */
    Database database();

    /** The one database; {@code application.properties} passes these on to the connection pool and to Flyway. */
    interface Database {

        /** JDBC URL without a user: a user in it would win over the role that the walls rely on. */
        String url();

        /** Password of {@code parley_app}, as which Parley works. */
        String appPassword();

        /** Password of {@code parley_owner}, as which migrations run; wanted only if they run at the start. */
        Optional<String> ownerPassword();

        /** False where {@link Migrate} runs them, so that the application need not know the owner's password. */
        @WithDefault("true")
        boolean migrateAtStart();

        /**
         * Seconds that the database may be silent while it is asked something; then the connection is given up. With
         * the two seconds in which one must be had it keeps every request below ten. Migrations are not bound by it.
         */
        @WithDefault("5")
        int answerSeconds();
    }
}
