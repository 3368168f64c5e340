package dev.parley.delivery;

import dev.parley.identity.ForReaders;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Feeds for readers' programs. */
@Path("/api/v1/sites/{site}")
@PermitAll
@ForReaders
@RunOnVirtualThread
class FeedResource {

    private static final int KEPT_SECONDS = 60;

    private final Feeds feeds;

    FeedResource(Feeds feeds) {
        this.feeds = feeds;
    }

    @GET
    @Path("articles/{article}/feed.atom")
    @APIResponse(responseCode = "200", content = @Content(mediaType = AtomFeed.MEDIA_TYPE))
    public Response ofArticle(@PathParam("site") String site, @PathParam("article") String article, Request request) {
        return answer(feeds.ofArticle(site, article), request);
    }

    @GET
    @Path("feed.atom")
    @APIResponse(responseCode = "200", content = @Content(mediaType = AtomFeed.MEDIA_TYPE))
    public Response ofSite(@PathParam("site") String site, Request request) {
        return answer(feeds.ofSite(site), request);
    }

    /** Whether it changed is told by the tag alone: when a comment is removed, no date says so. */
    private static Response answer(AtomFeed feed, Request request) {
        byte[] bytes = feed.xml().getBytes(StandardCharsets.UTF_8);
        var tag = new EntityTag(digest(bytes), true);
        var unchanged = request.evaluatePreconditions(tag);
        var answer =
                unchanged != null
                        ? unchanged
                        : Response.ok(bytes, AtomFeed.MEDIA_TYPE + ";charset=UTF-8")
                                .tag(tag)
                                .lastModified(Date.from(feed.updated()));
        var control = new CacheControl();
        control.setMaxAge(KEPT_SECONDS);
        control.setNoTransform(false);
        return answer.cacheControl(control).build();
    }

    private static String digest(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
