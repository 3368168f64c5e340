package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.standalone.DemoUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/**
 * Tokens that look like a real one. The realm's key never leaves Keycloak, so what it would not issue is signed with a
 * key of the test's own; an ID token and one for another audience are real.
 */
public final class ForgedTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair KEYS = keys();
    private final ObjectNode header;
    private final ObjectNode claims;

    public ForgedTokens(String real) {
        var parts = real.split("\\.");
        this.header = decoded(parts[0]);
        this.claims = decoded(parts[1]);
    }

    /** The token that these words of a row ask for. */
    public String like(String words) {
        long now = Instant.now().getEpochSecond();
        switch (words) {
            case "iss with trailing slash" -> claims.put("iss", claims.path("iss").asText() + "/");
            case "kid with SQL quote" -> header.put("kid", "x' or '1'='1");
            case "kid=https://x.invalid/jwks" -> header.put("kid", "https://x.invalid/jwks");
            case "x5u header to x.invalid" -> header.put("x5u", "https://x.invalid/cert");
            case "jwk header with own key" -> header.remove("kid");
            case "tenant claim is a list of two" -> claims.putArray("tenant").add("gazette").add("herald");
            case "tenant claim differs from the realm" -> claims.put("tenant", "herald");
            case "tenant claim empty" -> claims.put("tenant", "");
            case "aud list with a foreign service" -> claims.putArray("aud").add("parley").add("elsewhere");
            case "iat 1 h ahead" -> claims.put("iat", now + 3600).put("exp", now + 7200);
            case "exp in the past" -> claims.put("exp", now - 3600);
            case "exp missing" -> claims.remove("exp");
            case "10 kB token" -> claims.put("pad", "x".repeat(7_000));
            case "sub of another user, own signature" ->
                    claims.put("sub", DemoUsers.GAZETTE_ADMIN.subject().toString());
            case "alg=NONE" -> {
                return encoded(header.put("alg", "NONE")) + "." + encoded(claims) + ".";
            }
            case "typ=ID (ID token used as access token)" -> {
                return idToken();
            }
            case "aud missing" -> claims.remove("aud");
            default -> throw new IllegalArgumentException("No token is known as " + words);
        }
        if (words.startsWith("jwk header")) {
            var key = (RSAPublicKey) KEYS.getPublic();
            header.putObject("jwk")
                    .put("kty", "RSA")
                    .put("n", base64(key.getModulus().toByteArray()))
                    .put("e", base64(key.getPublicExponent().toByteArray()));
        }
        return signed();
    }

    private String signed() {
        var text = encoded(header.put("alg", "RS256")) + "." + encoded(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String idToken() {
        var form =
                "grant_type=password&scope=openid&client_id=parley-demo&username=gazette-moderator&password="
                        + java.net.URLEncoder.encode(DemoUsers.PASSWORD, UTF_8);
        var request =
                HttpRequest.newBuilder(URI.create(KeycloakResource.issuer() + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            return answer.required("id_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode decoded(String part) {
        try {
            return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(JsonNode node) {
        return base64(node.toString().getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
