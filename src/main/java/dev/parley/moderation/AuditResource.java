package dev.parley.moderation;

import dev.parley.audit.Action;
import dev.parley.audit.AuditEntryView;
import dev.parley.audit.AuditTrail;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
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
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The trail of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/audit")
@Authenticated
@RunOnVirtualThread
class AuditResource {

    private final AuditTrail trail;
    private final AuditVerifications verifications;

    AuditResource(AuditTrail trail, AuditVerifications verifications) {
        this.trail = trail;
        this.verifications = verifications;
    }

    @GET
    @Entitled(Role.ADMIN)
    public Page<AuditEntryView> list(
            @PathParam("tenant") String tenant,
            @QueryParam("action") @Nullable Action action,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        return trail.page(tenant, action, limit, cursor);
    }

    /** Recomputes the chain: whether every sealed entry still is what was sealed. */
    @GET
    @Path("verification")
    @Entitled(Role.ADMIN)
    public AuditVerification verify(@PathParam("tenant") String tenant) {
        return verifications.verify();
    }
}
