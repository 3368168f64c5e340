package dev.parley.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.ApiKeyRefused;
import dev.parley.identity.ApiKeys;
import dev.parley.identity.Quotas;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.TooManyRequests;
import dev.parley.scoring.ScoringUnavailable;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of Perspective. An API key stands in the query, as its clients send it, or in a header; the tenant is
 * the key's. Like that service, it takes JSON whatever the request calls it, compressed or not.
 */
@Path("/v1alpha1")
@PermitAll
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
class PerspectiveResource {

    private static final String GOOGLE_HEADER = "X-Goog-Api-Key";

    private final Perspective perspective;
    private final ApiKeys keys;
    private final Quotas quotas;
    private final ObjectMapper mapper;
    private final int maxBody;

    PerspectiveResource(
            Perspective perspective,
            ApiKeys keys,
            Quotas quotas,
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.perspective = perspective;
        this.keys = keys;
        this.quotas = quotas;
        this.mapper = mapper;
        this.maxBody = Math.toIntExact(maxBody.asLongValue());
    }

    @POST
    @Path("comments:analyze")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Analysis.class)))
    public Response analyze(@QueryParam("key") @Nullable String key, HttpHeaders headers, byte[] body) {
        return answer(key, headers, body, json -> perspective.analyze(AnalyzeRequest.read(json)));
    }

    @POST
    @Path("comments:suggestscore")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "200")
    public Response suggestScore(@QueryParam("key") @Nullable String key, HttpHeaders headers, byte[] body) {
        return answer(key, headers, body, json -> perspective.suggest(SuggestRequest.read(json)));
    }

    private Response answer(@Nullable String key, HttpHeaders headers, byte[] body, Function<JsonNode, Object> method) {
        try {
            var shown = shown(key, headers).orElseThrow(PerspectiveError::keyMissing);
            quotas.take(keys.enter(shown), 1);
            return Response.ok(method.apply(read(headers, body))).build();
        } catch (ApiKeyRefused e) {
            return refusal(PerspectiveError.keyInvalid()).build();
        } catch (TooManyRequests e) {
            var seconds = String.valueOf(e.headers().get(HttpHeaders.RETRY_AFTER));
            return refusal(PerspectiveError.quotaExhausted(seconds)).header(HttpHeaders.RETRY_AFTER, seconds).build();
        } catch (ScoringUnavailable e) {
            return refusal(PerspectiveError.unavailable()).build();
        } catch (InvalidInput e) {
            return refusal(PerspectiveError.request(e.detail())).build();
        } catch (PerspectiveError e) {
            return refusal(e).build();
        }
    }

    private static Response.ResponseBuilder refusal(PerspectiveError error) {
        return Response.status(error.code()).entity(error.body());
    }

    private static Optional<String> shown(@Nullable String key, HttpHeaders headers) {
        if (key != null && !key.isBlank()) {
            return Optional.of(key.strip());
        }
        var header = headers.getHeaderString(GOOGLE_HEADER);
        return header != null && !header.isBlank() ? Optional.of(header.strip()) : ApiKeys.shownIn(headers);
    }

    private JsonNode read(HttpHeaders headers, byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain(headers, body)));
            var json = mapper.readTree(text.toString());
            if (json == null || json.isMissingNode()) {
                throw PerspectiveError.payload("Unexpected end of string.");
            }
            return json;
        } catch (CharacterCodingException e) {
            throw PerspectiveError.payload("It is not UTF-8.");
        } catch (JsonProcessingException e) {
            throw PerspectiveError.payload("Unexpected token."); // its own message would repeat the text
        } catch (IOException e) {
            throw PerspectiveError.payload("It can't be decompressed.");
        }
    }

    /** Some of Google's own libraries compress what they send. The limit on bodies counts for what comes out, too. */
    private byte[] plain(HttpHeaders headers, byte[] body) throws IOException {
        var encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw PerspectiveError.payload("Unknown content encoding.");
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var plain = gzip.readNBytes(maxBody + 1);
            if (plain.length > maxBody) {
                throw PerspectiveError.tooLong();
            }
            return plain;
        }
    }
}
