package dev.parley.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.parley.platform.InvalidInput.Violation;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns every error into a problem document (RFC 9457) from an allow list of texts. */
class ProblemDocuments {

    static final String MEDIA_TYPE = "application/problem+json";
    private static final Logger LOG = Logger.getLogger(ProblemDocuments.class);

    @ServerExceptionMapper
    public Response problem(Problem problem, HttpServerRequest request) {
        LOG.debugf("%s at %s", problem.type(), request.method());
        return document(problem.type(), problem.detail(), request, problem.members(), problem.headers());
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException e, HttpServerRequest request) {
        var violations =
                e.getConstraintViolations().stream()
                        .map(v -> new Violation(lastNode(v), v.getMessage()))
                        .sorted(java.util.Comparator.comparing(Violation::field))
                        .toList();
        return problem(new InvalidInput(violations), request);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response notSignedIn(SecurityException e, HttpServerRequest request) {
        return document(
                ProblemType.NOT_SIGNED_IN,
                "This needs a valid bearer token, or a session of the console",
                request,
                Map.of(),
                Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
    }

    /** A token can't be looked at while the sign-in server, whose keys are wanted for it, is away. */
    @ServerExceptionMapper
    public Response signInIsAway(OIDCException e, HttpServerRequest request) {
        LOG.errorf("Sign-in not available: %s", e.getClass().getName());
        return document(
                ProblemType.UNAVAILABLE,
                "Sign-in is not available just now, so the token could not be checked",
                request,
                Map.of(),
                Map.of("Retry-After", "5"));
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException e, HttpServerRequest request) {
        return document(ProblemType.NOT_ENTITLED, "Your role does not allow this", request, Map.of(), Map.of());
    }

    /** The second is named because Quarkus has a mapper of its own for it, which repeats the value. */
    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    public Response unreadable(JsonProcessingException e, HttpServerRequest request) {
        return document(ProblemType.MALFORMED_REQUEST, reading(e), request, Map.of(), Map.of());
    }

    @ServerExceptionMapper
    public Response bare(WebApplicationException e, HttpServerRequest request) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(e, request);
        }
        var type = ProblemType.ofStatus(status);
        var detail = e.getCause() instanceof JacksonException unread ? reading(unread) : type.title();
        return document(type, detail, request, Map.of(), Map.of());
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e, HttpServerRequest request) {
        var trace = UUID.randomUUID().toString();
        if (databaseIsAway(e)) {
            LOG.errorf("Database not available (trace %s): %s", trace, e.getClass().getName());
            return document(
                    ProblemType.UNAVAILABLE,
                    "The database can't be reached; send it again, with the same Idempotency-Key if it had one",
                    request,
                    Map.of("trace", trace),
                    Map.of("Retry-After", "2"));
        }
        LOG.errorf(e, "Unexpected error (trace %s)", trace);
        return document(
                ProblemType.INTERNAL_ERROR,
                "The error was logged under its trace id",
                request,
                Map.of("trace", trace),
                Map.of());
    }

    private static Response document(
            ProblemType type,
            String detail,
            HttpServerRequest request,
            Map<String, Object> members,
            Map<String, String> headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type.uri());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        body.put("instance", request.path());
        body.putAll(members);
        var response = Response.status(type.status()).type(MEDIA_TYPE).entity(body);
        headers.forEach(response::header);
        return response.build();
    }

    /** Where the document could not be read; Jackson's own message would repeat the value. */
    private static String reading(JacksonException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "Could not read "
                    + mapping.getPath().stream()
                            .map(p -> p.getFieldName() == null ? "[" + p.getIndex() + "]" : safe(p.getFieldName()))
                            .collect(Collectors.joining("."));
        }
        var where = e.getLocation();
        return where == null
                ? "The JSON could not be read"
                : "The JSON could not be read at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
    }

    /** An unknown field's name comes from the caller: repeat it only if it is a plain word. */
    private static String safe(String field) {
        return field.matches("[A-Za-z][A-Za-z0-9_]{0,40}") ? field : "an unknown field";
    }

    /** The field that is wrong; of a list, with the number of its element: {@code origins[1]}. */
    private static String lastNode(ConstraintViolation<?> violation) {
        String name = "";
        for (var node : violation.getPropertyPath()) {
            boolean isElement = node.getKind() == ElementKind.CONTAINER_ELEMENT;
            name =
                    isElement && node.getIndex() != null
                            ? "%s[%d]".formatted(name, node.getIndex())
                            : String.valueOf(node.getName());
        }
        return name;
    }

    /** Looks at what was suppressed, too: there the transaction manager puts why a commit failed. */
    private static boolean databaseIsAway(@Nullable Throwable e) {
        for (int depth = 0; e != null && depth < 10; depth++, e = e.getCause()) {
            if ((e instanceof SQLException sql && DatabaseGone.isMeantBy(sql))
                    || Arrays.stream(e.getSuppressed()).anyMatch(ProblemDocuments::databaseIsAway)) {
                return true;
            }
        }
        return false;
    }
}
