package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R4: the sign-in server is away at the start, comes, and goes. It is a small one of our own, which counts how
 * often it is asked for its keys; Keycloak itself is in the tests. Figure of {@code -Dparley.fault.away} (seconds).
 */
class SignInDownFault {

    private static final Newsroom NEWSROOM = new Newsroom("signin", "signin-news", List.of("bridge"));
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("parley.fault.away", 60));
    private static final int UNKNOWN_KEYS = 300;

    /** Goal: one fetch in ten seconds. */
    private static final Duration FETCH_PAUSE = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger keyFetches = new AtomicInteger();

    @Test
    void readers_notice_nothing_and_who_is_signed_in_stays(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-sign-in-down.log");
        Files.deleteIfExists(log);
        var key = key();
        var stranger = key();
        int port = freePort();
        var issuer = "http://127.0.0.1:" + port + "/realms/parley";
        try (var database =
                EmbeddedDatabase.start(
                        folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of())) {
            var settings = Crew.settings(database, folder);
            settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer);
            try (var parley = new PackagedParley(settings, log);
                    var http = Crew.client()) {
                parley.start();
                try (var backup = database.asBackup()) {
                    NEWSROOM.seed(backup);
                }
                try (var crew = new Crew(parley, NEWSROOM, 2, 4)) {
                    crew.awaitTraffic(20);
                    int away = me(parley, http, token(key, "known", issuer));

                    var server = serve(port, issuer, key);
                    int valid = untilOk(parley, http, token(key, "known", issuer));
                    keyFetches.set(0);
                    var began = Instant.now();
                    var unknown = new ArrayList<Integer>();
                    for (int i = 0; i < UNKNOWN_KEYS; i++) {
                        unknown.add(me(parley, http, token(stranger, "unknown-" + i, issuer)));
                    }
                    var flood = Duration.between(began, Instant.now());
                    int fetched = keyFetches.get();
                    int afterFlood = me(parley, http, token(key, "known", issuer));

                    server.stop(0);
                    var gone = Instant.now();
                    var stillValid = new Calls();
                    while (Instant.now().isBefore(gone.plus(AWAY))) {
                        stillValid.send(http, request(parley, token(key, "known", issuer)));
                        Thread.sleep(200);
                    }
                    crew.finish();
                    var reads = crew.reads().all();
                    System.out.printf(
                            "R4: started without the sign-in server; a token meanwhile got %d; with it %d; %d tokens of unknown keys in %.1f s"
                                    + " made %d fetches of keys (goal 1 in 10 s) and got %s; a valid one then %d; away again for %d s: %.1f %% of"
                                    + " %d calls with a valid token well; %.1f %% of %d reads and %d posts of the public API well%n",
                            away,
                            valid,
                            UNKNOWN_KEYS,
                            flood.toMillis() / 1e3,
                            fetched,
                            unknown.stream().distinct().toList(),
                            afterFlood,
                            AWAY.toSeconds(),
                            100 * Calls.share(stillValid.all(), status -> status == 200),
                            stillValid.all().size(),
                            100 * Calls.share(reads, status -> status == 200),
                            reads.size(),
                            crew.history().posts(dev.parley.testing.History.Outcome.OK).size());
                    assertThat(valid).isEqualTo(200);
                    assertThat(afterFlood).isEqualTo(200);
                    assertThat(unknown).containsOnly(401);
                    assertThat(fetched).isLessThanOrEqualTo(1 + (int) flood.dividedBy(FETCH_PAUSE));
                    assertThat(stillValid.all()).isNotEmpty().allMatch(call -> call.status() == 200);
                    assertThat(reads).isNotEmpty().allMatch(call -> call.status() == 200);
                    assertThat(crew.history().attempts()).allMatch(attempt -> attempt.http() < 300);
                    assertThat(away).isEqualTo(503);
                }
            }
        }
    }

    /** The first call after the server came may come within the pause between two attempts to reach it. */
    private static int untilOk(PackagedParley parley, HttpClient http, String token) throws Exception {
        int status = 0;
        for (int i = 0; i < 60 && status != 200; i++) {
            status = me(parley, http, token);
            Thread.sleep(250);
        }
        return status;
    }

    private static int me(PackagedParley parley, HttpClient http, String token) throws InterruptedException {
        return new Calls().send(http, request(parley, token)).status();
    }

    private static HttpRequest request(PackagedParley parley, String token) {
        return HttpRequest.newBuilder(URI.create(parley.address() + "/api/v1/me"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private HttpServer serve(int port, String issuer, KeyPair key) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        var configuration =
                Map.of(
                        "issuer", issuer,
                        "jwks_uri", issuer + "/certs",
                        "token_endpoint", issuer + "/token",
                        "authorization_endpoint", issuer + "/auth");
        var publicKey = (RSAPublicKey) key.getPublic();
        var keys =
                Map.of(
                        "keys",
                        List.of(
                                Map.of(
                                        "kty", "RSA",
                                        "alg", "RS256",
                                        "use", "sig",
                                        "kid", "known",
                                        "n", base64(unsigned(publicKey.getModulus())),
                                        "e", base64(unsigned(publicKey.getPublicExponent())))));
        server.createContext(
                "/",
                exchange -> {
                    boolean asksForKeys = exchange.getRequestURI().getPath().endsWith("/certs");
                    if (asksForKeys) {
                        keyFetches.incrementAndGet();
                    }
                    var body = JSON.writeValueAsBytes(asksForKeys ? keys : configuration);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    try (var out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
        server.start();
        return server;
    }

    private static String token(KeyPair key, String kid, String issuer) throws Exception {
        var header = Map.of("alg", "RS256", "typ", "JWT", "kid", kid);
        var claims =
                Map.of(
                        "iss",
                        issuer,
                        "aud",
                        "parley",
                        "sub",
                        "somebody",
                        "typ",
                        "Bearer",
                        "iat",
                        Instant.now().getEpochSecond(),
                        "exp",
                        Instant.now().plusSeconds(600).getEpochSecond());
        var content = base64(JSON.writeValueAsBytes(header)) + "." + base64(JSON.writeValueAsBytes(claims));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + base64(signature.sign());
    }

    private static KeyPair key() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int freePort() throws IOException {
        try (var probe = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
