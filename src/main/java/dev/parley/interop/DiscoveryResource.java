package dev.parley.interop;

import dev.parley.platform.NotFound;
import dev.parley.platform.PlatformConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What Google's client libraries read to learn of a service: its methods, its messages, and where they are sent. Their
 * users name this address instead of Google's.
 */
@Path("/$discovery/rest")
@PermitAll
@RunOnVirtualThread
class DiscoveryResource {

    private static final String VERSION = "v1alpha1";
    private static final String DOCUMENT = "/interop/commentanalyzer-v1alpha1.json";

    private final String document;

    DiscoveryResource(PlatformConfig config) {
        this.document = read().replace("@ORIGIN@", config.publicOrigin());
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public String describe(@QueryParam("version") @DefaultValue(VERSION) String version) {
        if (!version.equals(VERSION)) {
            throw new NotFound("version");
        }
        return document;
    }

    private static String read() {
        try (var in = DiscoveryResource.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException("missing " + DOCUMENT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
