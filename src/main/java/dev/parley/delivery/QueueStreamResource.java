package dev.parley.delivery;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.platform.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;

/** Where staff hear of changes to the queue. */
@Path("/api/v1/tenants/{tenant}/queue/events")
@Authenticated
@RunOnVirtualThread
class QueueStreamResource {

    /** Staff are few, and what happens in between they would not hear. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Desks desks;
    private final CurrentStaff staff;
    private final LiveConfig config;
    private final Json json;

    QueueStreamResource(Desks desks, CurrentStaff staff, LiveConfig config, Json json) {
        this.desks = desks;
        this.staff = staff;
        this.config = config;
        this.json = json;
    }

    /**
     * A stream of {@code queue} events: how comments on the member's sites stand that came, left, changed, were claimed
     * or given back; ids and names of colleagues, never a text. A claim that lapses by itself is not told. {@code
     * resync} says that something may have been missed. It ends within seconds of the member's removal.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Entitled(Role.MODERATOR)
    public void watch(
            @PathParam("tenant") String tenant, @Context SseEventSink sink, @Context Sse sse, RoutingContext http) {
        var response = http.response();
        var watcher = new Watcher(sink, sse, json, config, config.staffLifetime(), AGAIN, response::reset);
        desks.add(tenant, staff.get(), watcher);
        http.addEndHandler(_ -> watcher.end());
        response.putHeader("Cache-Control", "no-store");
        // Proxies such as nginx would wait for more before they pass it on.
        response.putHeader("X-Accel-Buffering", "no");
        watcher.start();
    }
}
