package dev.parley.article;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.InvalidInput;
import dev.parley.tenant.SiteView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher's server signed about an article: {@code base64url(json) "." base64url(HMAC-SHA256(secret, first
 * part))}. It counts as if staff had said it, whoever carries it here.
 */
@ApplicationScoped
public class SignedArticles {

    private static final String FIELD = "signedArticle";
    private static final int MAX_LENGTH = 16_384;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** What is signed. */
    record Content(
            @Nullable String site,
            @Nullable String article,
            @Nullable String url,
            @Nullable String title,
            @Nullable List<@Nullable String> authors,
            @Nullable List<@Nullable String> categories,
            @Nullable Instant publishedAt,
            @Nullable Instant issuedAt) {}

    private final SiteSecrets secrets;
    private final Articles articles;
    private final ObjectMapper mapper;
    private final Validator validator;
    private final Clock clock;

    SignedArticles(SiteSecrets secrets, Articles articles, ObjectMapper mapper, Validator validator, Clock clock) {
        this.secrets = secrets;
        this.articles = articles;
        this.mapper = mapper;
        this.validator = validator;
        this.clock = clock;
    }

    /**
     * Checks signed metadata and keeps them if they are newer than what is known.
     *
     * @param site the site of the entered tenant that the request names
     * @param key the article that the request names
     * @throws InvalidInput for the field {@code signedArticle}: not signed with the site's secret, about another
     *     article, from the future, or not valid in itself
     */
    public ArticleView learn(SiteView site, String key, String signed) {
        int dot = signed.indexOf('.');
        if (dot <= 0 || signed.length() > MAX_LENGTH) {
            throw refused("is not of the form that signed metadata have");
        }
        var payload = signed.substring(0, dot);
        var signature = decoded(signed.substring(dot + 1));
        boolean good = false;
        for (var secret : secrets.good(site.id())) {
            good |= MessageDigest.isEqual(signature, hmac(secret, payload)); // no early end: equal time for each
        }
        if (!good) {
            throw refused("is not signed with this site's secret");
        }
        var content = read(decoded(payload));
        if (!site.key().equals(content.site()) || !key.equals(content.article())) {
            throw refused("is about another article");
        }
        var issuedAt = content.issuedAt();
        if (issuedAt == null || issuedAt.isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
            throw refused("must say when it was issued, and not in the future");
        }
        return articles.learn(site, key, metadata(site, content), issuedAt);
    }

    private ArticleMetadata metadata(SiteView site, Content content) {
        var metadata =
                new ArticleMetadata(
                        content.url(),
                        content.title(),
                        names(content.authors()),
                        names(content.categories()),
                        content.publishedAt());
        var violation = validator.validate(metadata).stream().findFirst();
        if (violation.isPresent()) {
            throw refused("has a field that is not valid: " + violation.get().getPropertyPath());
        }
        if (content.url() == null || !isOf(site, content.url())) {
            throw refused("must give an address of this site");
        }
        return metadata;
    }

    private static List<String> names(@Nullable List<@Nullable String> given) {
        if (given == null) {
            return List.of();
        }
        return given.stream()
                .map(name -> {
                    if (name == null) {
                        throw refused("has an empty name in a list");
                    }
                    return name;
                })
                .toList();
    }

    private static boolean isOf(SiteView site, String url) {
        try {
            return site.origins().contains(Articles.origin(url));
        } catch (InvalidInput noAddress) {
            return false;
        }
    }

    private Content read(byte[] json) {
        try {
            var content = mapper.readValue(json, Content.class);
            if (content == null) {
                throw refused("holds no JSON object");
            }
            return content;
        } catch (JsonProcessingException e) {
            throw refused("holds JSON that can't be read");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e); // of bytes in memory
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused("is not base64url");
        }
    }

    private static byte[] hmac(String secret, String payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC is not available", e);
        }
    }

    private static InvalidInput refused(String detail) {
        return new InvalidInput(FIELD, detail);
    }
}
