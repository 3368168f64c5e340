package dev.parley.platform;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings without which an installation must not start, read before anything else is. Unsafe ones count as faults
 * as missing ones do, and all are told at once.
 */
public final class ProductionSettings {

    static final String DATABASE_URL = "parley.database.url";
    static final String APP_PASSWORD = "parley.database.app-password";
    static final String OWNER_PASSWORD = "parley.database.owner-password";
    static final String MIGRATE_AT_START = "parley.database.migrate-at-start";
    static final String OIDC_URL = "quarkus.oidc.auth-server-url";
    static final String KEYCLOAK_URL = "parley.keycloak.admin-url";
    static final String KEYCLOAK_SECRET = "parley.keycloak.client-secret";
    static final String MASTER_KEY_FILE = "parley.master-key-file";
    static final String MASTER_KEY = "parley.master-key";
    static final String PUBLIC_ORIGIN = "parley.public-origin";
    static final String CONSOLE_ORIGIN = "parley.console-origin";
    static final String SESSION_SECRET = "parley.console-session-secret";
    static final String MAIL_ENABLED = "parley.mail.enabled";
    static final String MAIL_FROM = "parley.mail.from";
    static final String MAIL_HOST = "quarkus.mailer.host";
    static final String MAIL_START_TLS = "quarkus.mailer.start-tls";
    static final String MAIL_TLS = "quarkus.mailer.tls";
    static final String TRACES_ENDPOINT = "parley.traces.endpoint";
    static final String STANDALONE = "parley.standalone";

    /** One of these set means: this is to be a real installation. */
    private static final List<String> ALL =
            List.of(
                    DATABASE_URL,
                    APP_PASSWORD,
                    OWNER_PASSWORD,
                    OIDC_URL,
                    MASTER_KEY_FILE,
                    MASTER_KEY,
                    PUBLIC_ORIGIN,
                    CONSOLE_ORIGIN,
                    SESSION_SECRET,
                    STANDALONE);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** One bare address, or a name and one in angle brackets; no line break in it. */
    private static final Pattern SENDER =
            Pattern.compile("[^@\\s<>,;]+@[^@\\s<>,;]+|[^@<>,;\\r\\n\"]+ <[^@\\s<>,;]+@[^@\\s<>,;]+>");

    private static final int MASTER_KEY_BYTES = 32;
    private static final int SESSION_SECRET_LENGTH = 32;

    private final SmallRyeConfig config;

    ProductionSettings(SmallRyeConfig config) {
        this.config = config;
    }

    /** From where Quarkus reads too: system properties, the environment, {@code config/application.properties}. */
    public static ProductionSettings read() {
        var builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources().withProfile("prod");
        var file = Path.of("config", "application.properties");
        if (Files.exists(file)) {
            try {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), 260));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file.toAbsolutePath(), e);
            }
        }
        return new ProductionSettings(builder.build());
    }

    /** Whether nothing at all is configured. */
    public boolean isEmpty() {
        return ALL.stream().allMatch(name -> value(name).isEmpty());
    }

    /**
     * The same of those alone by which {@link Migrate} works: as the owner, or as the application, which only looks.
     */
    List<String> databaseFaults(boolean asOwner) {
        var faults = new ArrayList<String>();
        checkDatabaseUrl(faults);
        if (asOwner) {
            checkOwnerPassword(faults);
        } else {
            checkAppPassword(faults);
        }
        return faults;
    }

    /** What is missing or unsafe, a line each, in the order of the documentation. Secrets are not repeated. */
    public List<String> faults() {
        var faults = new ArrayList<String>();
        checkDatabaseUrl(faults);
        checkAppPassword(faults);
        if (migratesAtStart()) {
            checkOwnerPassword(faults);
        }
        checkSignIn(faults);
        checkAccounts(faults);
        checkMasterKey(faults);
        checkOrigin(faults);
        checkConsole(faults);
        checkMails(faults);
        checkTraces(faults);
        if (value(STANDALONE).isPresent()) {
            faults.add(STANDALONE + ": is set by a standalone run itself; leave it out");
        }
        return faults;
    }

    /**
     * Settings of Quarkus that follow from ours. Behind a proxy that ends TLS, people come back from the sign-in server
     * to an https address, and their cookies travel over that alone. Who does not migrate looks at the migrations as
     * the application.
     */
    public Map<String, String> derived() {
        var derived = new HashMap<String, String>();
        if (value(CONSOLE_ORIGIN).or(() -> value(PUBLIC_ORIGIN)).orElse("").startsWith("https:")) {
            derived.put("quarkus.oidc.console.authentication.force-redirect-https-scheme", "true");
            derived.put("quarkus.oidc.console.authentication.cookie-force-secure", "true");
        }
        if (!migratesAtStart()) {
            derived.put("quarkus.flyway.username", "parley_app");
            derived.put("quarkus.flyway.password", "${" + APP_PASSWORD + "}");
        }
        return derived;
    }

    /** The same of those that count in a standalone run too: traces are made if there is somewhere to send them. */
    public Map<String, String> traces() {
        return Map.of("quarkus.otel.sdk.disabled", Boolean.toString(value(TRACES_ENDPOINT).isEmpty()));
    }

    private boolean migratesAtStart() {
        return value(MIGRATE_AT_START).filter("false"::equalsIgnoreCase).isEmpty();
    }

    /** One text for the terminal. */
    public static String message(List<String> faults, boolean canRunStandalone) {
        var text = new StringBuilder("Parley does not start, because its configuration is not complete:\n");
        faults.forEach(fault -> text.append("  - ").append(fault).append('\n'));
        text.append("Each may be an environment variable too: ")
                .append(DATABASE_URL)
                .append(" is PARLEY_DATABASE_URL. See docs/operations.md.");
        if (canRunStandalone) {
            text.append("\nWith none of them set, Parley runs on a database and a sign-in of its own, to try it out.");
        }
        return text.toString();
    }

    private void checkDatabaseUrl(List<String> faults) {
        var url = value(DATABASE_URL);
        if (url.isEmpty()) {
            faults.add(DATABASE_URL + ": missing; the JDBC URL, such as jdbc:postgresql://db.example/parley");
        } else if (!url.get().startsWith("jdbc:postgresql:")) {
            faults.add(DATABASE_URL + ": must start with jdbc:postgresql:");
        } else if (url.get().matches(".*[?&](user|password)=.*")) {
            // It would win over parley_app, and whoever it is might pass the tenants' walls.
            faults.add(DATABASE_URL + ": must name no user and no password; Parley uses its own roles");
        }
    }

    private void checkAppPassword(List<String> faults) {
        if (value(APP_PASSWORD).isEmpty()) {
            faults.add(APP_PASSWORD + ": missing; the password of role parley_app");
        }
    }

    private void checkOwnerPassword(List<String> faults) {
        if (value(OWNER_PASSWORD).isEmpty()) {
            faults.add(OWNER_PASSWORD + ": missing; the password of role parley_owner, for migrations");
        }
    }

    private void checkSignIn(List<String> faults) {
        value(OIDC_URL)
                .ifPresentOrElse(
                        url -> {
                            if (!isSafe(url)) {
                                faults.add(OIDC_URL + ": must be https, or http on this machine");
                            }
                        },
                        () ->
                                faults.add(
                                        OIDC_URL
                                                + ": missing; the realm's address, such as"
                                                + " https://login.example/realms/parley"));
    }

    /** Both or neither: with one of them alone, no account would be made, and nobody would know why. */
    private void checkAccounts(List<String> faults) {
        var url = value(KEYCLOAK_URL);
        if (url.isPresent() != value(KEYCLOAK_SECRET).isPresent()) {
            faults.add(KEYCLOAK_SECRET + ": must be set together with " + KEYCLOAK_URL + ", or neither");
        }
        if (url.isPresent() && !isSafe(url.get())) {
            faults.add(KEYCLOAK_URL + ": must be https, or http on this machine");
        }
    }

    private void checkMasterKey(List<String> faults) {
        var file = value(MASTER_KEY_FILE);
        var key = value(MASTER_KEY);
        if (key.isPresent()) {
            if (!isMasterKey(key.get())) {
                faults.add(MASTER_KEY + ": must be 32 bytes in base64");
            }
        } else if (file.isEmpty()) {
            faults.add(MASTER_KEY_FILE + ": missing; a file made by: openssl rand -base64 32");
        } else {
            try {
                if (!isMasterKey(Files.readString(Path.of(file.get())))) {
                    faults.add(MASTER_KEY_FILE + ": the file must hold 32 bytes in base64");
                }
            } catch (IOException | RuntimeException e) {
                faults.add(MASTER_KEY_FILE + ": cannot be read: " + file.get());
            }
        }
    }

    private void checkTraces(List<String> faults) {
        var endpoint = value(TRACES_ENDPOINT);
        if (endpoint.isPresent() && !endpoint.get().matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
            faults.add(
                    TRACES_ENDPOINT
                            + ": must be an address of http or https without user and query, such as"
                            + " http://collector.example:4318/v1/traces");
        }
    }

    private void checkOrigin(List<String> faults) {
        var origin = value(PUBLIC_ORIGIN);
        if (origin.isEmpty()) {
            faults.add(
                    PUBLIC_ORIGIN
                            + ": missing; where readers' browsers reach Parley, such as https://comments.example");
        } else if (!isOrigin(origin.get())) {
            faults.add(PUBLIC_ORIGIN + ": must be scheme, host and port only, such as https://comments.example");
        } else if (!isSafe(origin.get())) {
            faults.add(PUBLIC_ORIGIN + ": must be https, or http on this machine");
        }
    }

    private void checkConsole(List<String> faults) {
        value(CONSOLE_ORIGIN)
                .filter(origin -> !isOrigin(origin) || !isSafe(origin))
                .ifPresent(_ ->
                        faults.add(
                                CONSOLE_ORIGIN
                                        + ": must be scheme, host and port only, https or on this machine, such as"
                                        + " https://console.example"));
        if (value(SESSION_SECRET).filter(secret -> secret.length() >= SESSION_SECRET_LENGTH).isEmpty()) {
            faults.add(
                    SESSION_SECRET
                            + ": missing or shorter than 32 characters; made by: openssl rand -base64 32, the same in"
                            + " all replicas");
        }
    }

    /** Without mails nobody can prove an address: that must have been meant. */
    private void checkMails(List<String> faults) {
        if (value(MAIL_ENABLED).filter("false"::equalsIgnoreCase).isPresent()) {
            return;
        }
        var from = value(MAIL_FROM);
        if (from.isEmpty()) {
            faults.add(
                    MAIL_FROM
                            + ": missing; the sender of mails, such as comments@news.example, or "
                            + MAIL_ENABLED
                            + "=false");
        } else if (!SENDER.matcher(from.get()).matches()) {
            faults.add(MAIL_FROM + ": must be one address, such as comments@news.example");
        }
        var host = value(MAIL_HOST);
        if (host.isEmpty()) {
            faults.add(MAIL_HOST + ": missing; the SMTP server, such as smtp.example, or " + MAIL_ENABLED + "=false");
            return;
        }
        boolean encrypted =
                value(MAIL_START_TLS).filter(v -> !v.equalsIgnoreCase("REQUIRED")).isEmpty()
                        || value(MAIL_TLS).filter("true"::equalsIgnoreCase).isPresent();
        if (!encrypted && !LOOPBACK.contains(host.get().toLowerCase(Locale.ROOT))) {
            faults.add(MAIL_START_TLS + ": must be REQUIRED, unless the SMTP server is on this machine");
        }
    }

    /** An empty value, as an unset variable of a deployment file gives, is no value. */
    Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static boolean isMasterKey(String text) {
        try {
            return Base64.getDecoder().decode(text.strip()).length == MASTER_KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOrigin(String text) {
        try {
            var uri = new URI(text);
            return uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && "".equals(uri.getRawPath())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isSafe(String text) {
        try {
            var uri = new URI(text);
            var host = uri.getHost();
            return "https".equalsIgnoreCase(uri.getScheme())
                    || ("http".equalsIgnoreCase(uri.getScheme())
                            && host != null
                            && LOOPBACK.contains(host.toLowerCase(Locale.ROOT)));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
