package dev.parley.moderation;

import dev.parley.audit.Action;
import dev.parley.audit.AuditEntryView;
import dev.parley.audit.AuditFilter;
import dev.parley.audit.AuditTrail;
import dev.parley.identity.Entitled;
import dev.parley.identity.Members;
import dev.parley.identity.Role;
import dev.parley.platform.Moments;
import dev.parley.platform.Page;
import dev.parley.privacy.AuditVerification;
import dev.parley.privacy.AuditVerifications;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The trail of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/audit")
@Authenticated
@RunOnVirtualThread
class AuditResource {

    private static final int BATCH = 500;

    private final AuditTrail trail;
    private final AuditVerifications verifications;
    private final Members members;
    private final Clock clock;

    AuditResource(AuditTrail trail, AuditVerifications verifications, Members members, Clock clock) {
        this.members = members;
        this.clock = clock;
        this.trail = trail;
        this.verifications = verifications;
    }

    @GET
    @Entitled(Role.ADMIN)
    public Page<AuditEntryView> list(
            @PathParam("tenant") String tenant,
            @QueryParam("action") @Nullable Action action,
            @QueryParam("actor") @Nullable @Size(max = 255) String actor,
            @QueryParam("subjectKind") @Nullable @Size(max = 40) String subjectKind,
            @QueryParam("subject") @Nullable @Size(max = 255) String subject,
            @QueryParam("from") @Nullable @Size(max = 40) String from,
            @QueryParam("to") @Nullable @Size(max = 40) String to,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        var filter =
                new AuditFilter(
                        action,
                        actor,
                        subjectKind,
                        subject,
                        Moments.from("from", from).orElse(null),
                        Moments.to("to", to).orElse(null));
        var page = trail.page(tenant, filter, limit, cursor);
        var names = members.namesById();
        return new Page<>(page.items().stream().map(entry -> entry.named(names)).toList(), page.cursor());
    }

    /** The sealed trail, one JSON object a line, oldest first, with what its hashes are made of. */
    @GET
    @Path("export")
    @Produces("application/x-ndjson")
    @Entitled(Role.ADMIN)
    public StreamingOutput export(
            @PathParam("tenant") String tenant,
            @QueryParam("from") @Nullable @Size(max = 40) String from,
            @QueryParam("to") @Nullable @Size(max = 40) String to) {
        var first = Moments.from("from", from).orElse(Instant.EPOCH);
        var end = Moments.to("to", to).orElseGet(() -> clock.instant().plus(Duration.ofDays(1)));
        return out -> {
            var batch = trail.lines(0, first, end, BATCH);
            out.write(batch.text().getBytes(StandardCharsets.UTF_8));
            while (batch.last() != null) {
                batch = trail.lines(batch.last(), first, end, BATCH);
                out.write(batch.text().getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** Recomputes the chain: whether every sealed entry still is what was sealed. */
    @GET
    @Path("verification")
    @Entitled(Role.ADMIN)
    public AuditVerification verify(@PathParam("tenant") String tenant) {
        return verifications.verify();
    }
}
