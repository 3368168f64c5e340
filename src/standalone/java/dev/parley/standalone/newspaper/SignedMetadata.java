package dev.parley.standalone.newspaper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the newspaper says of an article in a form that Parley believes, as {@code docs/widget.md} tells publishers. */
final class SignedMetadata {

    private SignedMetadata() {}

    /**
     * @param json the metadata
     * @param secret the site's, as its administrator is shown it
     */
    static String sign(String json, String secret) {
        try {
            var base64 = Base64.getUrlEncoder().withoutPadding();
            var part = base64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return part + "." + base64.encodeToString(mac.doFinal(part.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available", e);
        }
    }
}
