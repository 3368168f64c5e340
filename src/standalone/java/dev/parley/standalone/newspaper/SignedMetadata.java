package dev.parley.standalone.newspaper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.article.SiteSecrets;
import dev.parley.audit.Act;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the newspaper says of an article in a form that Parley believes, as {@code docs/widget.md} tells publishers. The
 * sites' secrets are read once, as an administrator would put them into the configuration of a publisher's server.
 */
@Singleton
class SignedMetadata {

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final SiteSecrets shown;
    private final Sites sites;
    private final TenantContext context;
    private final ObjectMapper mapper;
    private final Instant issuedAt;

    SignedMetadata(SiteSecrets shown, Sites sites, TenantContext context, ObjectMapper mapper, Clock clock) {
        this.shown = shown;
        this.sites = sites;
        this.context = context;
        this.mapper = mapper;
        this.issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The members of what is signed, in the guide's order. */
    private record Metadata(
            String site,
            String article,
            String url,
            String title,
            List<String> authors,
            List<String> categories,
            String publishedAt,
            String issuedAt) {}

    /** Of an article at that address; empty where Parley does not know the site, as without demonstration data. */
    String of(String tenant, Story story, String url) {
        return secret(tenant, story.site()).map(secret -> sign(json(story, url), secret)).orElse("");
    }

    private Optional<String> secret(String tenant, String site) {
        var known = secrets.get(site);
        if (known != null) {
            return Optional.of(known);
        }
        return context.call(
                tenant,
                () ->
                        sites.all().stream()
                                .filter(one -> one.key().equals(site))
                                .findFirst()
                                .map(one ->
                                        secrets.computeIfAbsent(
                                                site, _ -> shown.show(one.id(), Act.By.SYSTEM).secret())));
    }

    private String json(Story story, String url) {
        var metadata =
                new Metadata(
                        story.site(),
                        story.key(),
                        url,
                        story.title(),
                        List.of(story.author()),
                        List.of(story.category()),
                        story.published().toString(),
                        issuedAt.toString());
        try {
            return mapper.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An article can't be written as JSON", e);
        }
    }

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
