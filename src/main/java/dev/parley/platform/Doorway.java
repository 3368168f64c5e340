package dev.parley.platform;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Refuses by its headers alone what no endpoint should see, each with a problem document: a body that says it is too
 * large, JSON in another encoding than UTF-8, a NUL, which no key holds and PostgreSQL can't, dots that stand for
 * another path, and two claims of who is asking, of which a proxy may believe one and Parley the other. A body that
 * comes too slowly loses its connection.
 */
@Singleton
class Doorway {

    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final String NUL = "%00";

    /** Segments that mean another place: of an id, they would make the list that it stands in. Browsers send none. */
    private static final Pattern DOTS = Pattern.compile("^/api/.*/\\.{1,2}(?:/.*)?$", Pattern.DOTALL);

    private static final int AFTER_THE_HEADERS = 380;
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

    private final long maxBody;

    /** In milliseconds. */
    private final long bodyDeadline;

    Doorway(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody, PlatformConfig config) {
        this.maxBody = maxBody.asLongValue();
        this.bodyDeadline = config.bodyDeadline().toMillis();
        if (bodyDeadline < 1) throw new IllegalArgumentException("parley.body-deadline must be a millisecond or more");
    }

    void register(@Observes Filters filters) {
        filters.register(this::look, AFTER_THE_HEADERS);
    }

    private void look(RoutingContext context) {
        var request = context.request();
        var refused = refusal(request);
        if (refused != null) {
            refuse(request, refused);
            return;
        }
        if (mayHaveBody(request) && !request.isEnded()) {
            long timer = context.vertx().setTimer(bodyDeadline, _ -> giveUpUnlessRead(request));
            context.addEndHandler(_ -> context.vertx().cancelTimer(timer));
        }
        context.next();
    }

    private @Nullable ProblemType refusal(HttpServerRequest request) {
        if (request.headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1
                || request.uri().contains(NUL)
                || DOTS.matcher(String.valueOf(request.path())).matches()) {
            return ProblemType.MALFORMED_REQUEST;
        }
        if (declared(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > maxBody) {
            return ProblemType.TOO_LARGE;
        }
        return isUtf8(request.getHeader(HttpHeaders.CONTENT_TYPE)) ? null : ProblemType.UNSUPPORTED_MEDIA_TYPE;
    }

    /** Netty lets no other than a decimal number through; one too long for a long is too large. */
    private static long declared(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** JSON is UTF-8 (RFC 8259); who says otherwise meant other letters. Forms keep their own rules. */
    private static boolean isUtf8(@Nullable String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return true;
        }
        var charset = CHARSET.matcher(contentType);
        return !charset.find() || charset.group(1).equalsIgnoreCase("utf-8");
    }

    /**
     * Whether a body may come; HTTP/2 need not say so. Where none does, nobody reads to the end of the request, which
     * then never counts as ended: a stream of events or a long export would be cut.
     */
    private static boolean mayHaveBody(HttpServerRequest request) {
        return declared(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > 0
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || (request.version() == HttpVersion.HTTP_2 && !BODILESS.contains(request.method()));
    }

    private static void giveUpUnlessRead(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.response().reset();
        }
    }

    /** Closes afterwards: the rest of the body is not worth reading. */
    private static void refuse(HttpServerRequest request, ProblemType type) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        end(request, type).onComplete(_ -> request.connection().close());
    }

    /** Answers with a problem document that says no more than its title. */
    static Future<Void> end(HttpServerRequest request, ProblemType type) {
        return request.response()
                .setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocuments.MEDIA_TYPE)
                .end(
                        new JsonObject()
                                .put("type", type.uri())
                                .put("title", type.title())
                                .put("status", type.status())
                                .put("detail", type.title())
                                .put("instance", request.path())
                                .encode());
    }
}
