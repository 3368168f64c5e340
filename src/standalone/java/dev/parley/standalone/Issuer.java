package dev.parley.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs tokens and tells the key, as far as Parley asks: where Parley itself is measured or rehearsed, a Keycloak would
 * only take memory and time.
 */
public final class Issuer implements AutoCloseable {

    private static final int LIFE_SECONDS = 6 * 3600;

    private final KeyPair keys;
    private final HttpServer server;

    /** Starts it on a free port of this machine. */
    public Issuer() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/.well-known/openid-configuration",
                """
                {"issuer":"%1$s","jwks_uri":"%1$s/certs","authorization_endpoint":"%1$s/auth",\
                "token_endpoint":"%1$s/token","end_session_endpoint":"%1$s/end"}\
                """
                        .formatted(url()));
        var key = (RSAPublicKey) keys.getPublic();
        answer(
                "/certs",
                """
                {"keys":[{"kid":"parley","kty":"RSA","use":"sig","alg":"RS256","n":"%s","e":"%s"}]}\
                """
                        .formatted(
                                base64(key.getModulus().toByteArray()), base64(key.getPublicExponent().toByteArray())));
        server.start();
    }

    /** What Parley is told as its {@code auth-server-url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * A token of somebody, good for six hours.
     *
     * @param subject as a member's row names them
     */
    public String token(String subject) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        var header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"parley\"}";
        var claims =
                """
                {"iss":"%s","aud":"parley","typ":"Bearer","sub":"%s","iat":%d,"exp":%d}\
                """
                        .formatted(url(), subject, now, now + LIFE_SECONDS);
        var text = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(UTF_8));
        return text + "." + base64(signature.sign());
    }

    private void answer(String path, String json) {
        server.createContext(
                path,
                exchange -> {
                    var bytes = json.getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
