package dev.parley.invitation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.platform.Json;
import dev.parley.privacy.InvitedEmail;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The two calls to Keycloak's admin REST API that an account takes: is there one with this address, and make one. Each
 * with a fresh token of the client's service account.
 */
@ApplicationScoped
class KeycloakAccounts {

    private static final Logger LOG = Logger.getLogger(KeycloakAccounts.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> LIST = new TypeReference<>() {};
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Without characters that look alike: people type them from one window into another. */
    private static final String SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int PASSWORD_LENGTH = 20; // 116 bits
    private static final int SUFFIX_LENGTH = 5;
    private static final int LONGEST_NAME = 40;

    private final KeycloakConfig config;
    private final Json json;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    KeycloakAccounts(KeycloakConfig config, Json json) {
        this.config = config;
        this.json = json;
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /** Whether Parley makes accounts at all. */
    boolean isConfigured() {
        return config.adminUrl().isPresent() && config.clientSecret().isPresent();
    }

    /**
     * Makes an account with a verified address, unless there is one with it.
     *
     * @throws SignInUnavailable if Keycloak does not answer, or refuses
     */
    NewAccount create(InvitedEmail email, String name) {
        var token = token();
        var users = base() + "/admin/realms/" + config.realm() + "/users";
        var known =
                send(
                        authorized(
                                        users
                                                + "?exact=true&max=1&briefRepresentation=true&email="
                                                + form(email.forSignIn()),
                                        token)
                                .GET());
        if (known.statusCode() != 200) {
            throw refused("look for an account", known.statusCode());
        }
        if (!json.read(known.body(), LIST).isEmpty()) {
            return NewAccount.NONE;
        }
        var username = username(name);
        var password = random(PASSWORD_LENGTH);
        var made =
                send(
                        authorized(users, token)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                json.write(user(email, name, username, password)))));
        return switch (made.statusCode()) {
            case 201 -> new NewAccount(true, username, password);
            case 409 -> NewAccount.NONE; // made meanwhile
            default -> throw refused("make an account", made.statusCode());
        };
    }

    private static Map<String, Object> user(InvitedEmail email, String name, String username, String password) {
        Map<String, Object> user = new HashMap<>();
        user.put("username", username);
        user.put("enabled", true);
        user.put("email", email.forSignIn());
        user.put("emailVerified", true);
        int space = name.strip().lastIndexOf(' ');
        user.put("firstName", space < 0 ? name.strip() : name.strip().substring(0, space));
        if (space >= 0) {
            user.put("lastName", name.strip().substring(space + 1));
        }
        user.put("requiredActions", List.of("UPDATE_PASSWORD"));
        user.put("credentials", List.of(Map.of("type", "password", "value", password, "temporary", true)));
        return user;
    }

    private String token() {
        var body =
                "grant_type=client_credentials&client_id=%s&client_secret=%s"
                        .formatted(form(config.clientId()), form(config.clientSecret().orElseThrow()));
        var answer =
                send(
                        request(base() + "/realms/" + config.realm() + "/protocol/openid-connect/token")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw refused("sign in", answer.statusCode());
        }
        return String.valueOf(json.read(answer.body(), OBJECT).get("access_token"));
    }

    private String base() {
        return config.adminUrl().orElseThrow().replaceFirst("/+$", "");
    }

    private static HttpRequest.Builder authorized(String address, String token) {
        return request(address).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).header("Accept", "application/json");
    }

    /** Neither the address nor what was answered is logged: both hold the invitee's. */
    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            LOG.errorf("The sign-in server could not be asked: %s", e.getClass().getName());
            throw new SignInUnavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SignInUnavailable();
        }
    }

    private SignInUnavailable refused(String what, int status) {
        LOG.errorf("Client %s could not %s in realm %s: %d", config.clientId(), what, config.realm(), status);
        return new SignInUnavailable();
    }

    /** From the name as far as it is Latin, with something random: never from the address. */
    private static String username(String name) {
        var plain =
                Normalizer.normalize(name, Normalizer.Form.NFD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\p{M}+", "")
                        .replaceAll("[^a-z0-9]+", ".")
                        .replaceAll("^\\.|\\.$", "");
        var start = plain.isEmpty() ? "staff" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        return start + "-" + random(SUFFIX_LENGTH).toLowerCase(Locale.ROOT);
    }

    private static String random(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
        }
        return text.toString();
    }

    private static String form(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
