package dev.parley.delivery;

import dev.parley.platform.InvalidInput;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** One comment for other people's pages, as oEmbed. Public, so any page may read it. */
@Path("/api/v1/oembed")
@PermitAll
@RunOnVirtualThread
class OembedResource {

    private final Embeds embeds;

    OembedResource(Embeds embeds) {
        this.embeds = embeds;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Oembed embed(
            @QueryParam("url") @Nullable @Size(max = 2500) String url,
            @QueryParam("maxwidth") @Nullable @Min(1) @Max(100_000) Integer maxWidth,
            @QueryParam("format") @DefaultValue("json") String format,
            HttpServerResponse http) {
        http.putHeader("Access-Control-Allow-Origin", "*");
        if (url == null || url.isBlank()) {
            throw new InvalidInput("url", "is required");
        }
        if (!format.equals("json")) {
            throw new NotOffered();
        }
        var embed = embeds.of(url, maxWidth);
        http.putHeader("Cache-Control", "public, max-age=" + embed.cacheAge());
        return embed;
    }
}
