package dev.parley.simulation;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.tenant.Sites;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How a tenant's scores are spread, for whoever sets thresholds. */
@Path("/api/v1/tenants/{tenant}/policies/distribution")
@Authenticated
@RunOnVirtualThread
class DistributionResource {

    private final Past past;
    private final Sites sites;
    private final CurrentStaff staff;
    private final Clock clock;

    DistributionResource(Past past, Sites sites, CurrentStaff staff, Clock clock) {
        this.past = past;
        this.sites = sites;
        this.staff = staff;
        this.clock = clock;
    }

    /**
     * Counts of scores.
     *
     * @param total comments that were looked at: those since {@code from}, at most the newest 100,000
     * @param attributes for each attribute 50 counts of spans of .02, the last with its upper end
     */
    public record Distribution(int total, Instant from, Map<String, int[]> attributes) {}

    @GET
    @Entitled(Role.ADMIN)
    public Distribution distribution(
            @PathParam("tenant") String tenant,
            @QueryParam("days") @DefaultValue("30") @Min(1) @Max(366) int days,
            @QueryParam("site") @Nullable UUID site) {
        var from = clock.instant().minus(Duration.ofDays(days));
        var total = new AtomicInteger();
        var spread = past.spread(from, visible(site), total::set);
        return new Distribution(total.get(), from, spread);
    }

    private UUID @Nullable [] visible(@Nullable UUID site) {
        if (site != null) {
            staff.get().mustSee(sites.byId(site).id(), "site");
            return new UUID[] {site};
        }
        return staff.get().allSites() ? null : staff.get().sites().toArray(UUID[]::new);
    }
}
