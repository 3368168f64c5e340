package dev.parley.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in server as small as one can be, always at the same address: tells its key, and counts how often it is asked
 * for it. Keycloak itself is in the tests.
 */
final class SignIn implements AutoCloseable {

    private static final String KNOWN = "known";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = freePort();
    private final KeyPair key = key();
    private final KeyPair strangers = key();
    private final AtomicInteger keyFetches = new AtomicInteger();
    private @Nullable HttpServer server;

    /** Where it is while it is started. */
    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/parley";
    }

    SignIn start() throws IOException {
        var made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        var publicKey = (RSAPublicKey) key.getPublic();
        var configuration =
                Map.of(
                        "issuer", issuer(),
                        "jwks_uri", issuer() + "/certs",
                        "token_endpoint", issuer() + "/token",
                        "authorization_endpoint", issuer() + "/auth",
                        "end_session_endpoint", issuer() + "/logout");
        var keys =
                Map.of(
                        "keys",
                        List.of(
                                Map.of(
                                        "kty",
                                        "RSA",
                                        "alg",
                                        "RS256",
                                        "use",
                                        "sig",
                                        "kid",
                                        KNOWN,
                                        "n",
                                        base64(unsigned(publicKey.getModulus())),
                                        "e",
                                        base64(unsigned(publicKey.getPublicExponent())))));
        made.createContext(
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
        made.start();
        server = made;
        return this;
    }

    /** How often its key was asked for since this was asked last. */
    int takeKeyFetches() {
        return keyFetches.getAndSet(0);
    }

    /** A token of its own that ends in an hour. */
    String token(String subject) {
        var now = Instant.now();
        return token(subject, now, now.plus(LIFE));
    }

    /** A token of its own. */
    String token(String subject, Instant issued, Instant ends) {
        return token(key, KNOWN, subject, issued, ends);
    }

    /** A token of a key that it does not know. */
    String strangersToken(String kid) {
        var now = Instant.now();
        return token(strangers, kid, "somebody", now, now.plus(LIFE));
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private String token(KeyPair by, String kid, String subject, Instant issued, Instant ends) {
        var header = Map.of("alg", "RS256", "typ", "JWT", "kid", kid);
        var claims =
                Map.of(
                        "iss",
                        issuer(),
                        "aud",
                        "parley",
                        "sub",
                        subject,
                        "typ",
                        "Bearer",
                        "iat",
                        issued.getEpochSecond(),
                        "exp",
                        ends.getEpochSecond());
        try {
            var content = base64(JSON.writeValueAsBytes(header)) + "." + base64(JSON.writeValueAsBytes(claims));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(by.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair key() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
