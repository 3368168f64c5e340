package dev.parley.moderation;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Page;
import dev.parley.policy.ReasonCode;
import dev.parley.tenant.Sites;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The queue of a tenant, for its moderators. */
@Path("/api/v1/tenants/{tenant}/queue")
@Authenticated
@RunOnVirtualThread
class QueueResource {

    private final QueueListing listing;
    private final Sites sites;
    private final CurrentStaff staff;

    QueueResource(QueueListing listing, Sites sites, CurrentStaff staff) {
        this.listing = listing;
        this.sites = sites;
        this.staff = staff;
    }

    @GET
    @Entitled(Role.MODERATOR)
    public Page<QueueItemView> list(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("reason") @Nullable ReasonCode reason,
            @QueryParam("language") @Nullable @Pattern(regexp = "[a-z]{2,3}", message = "must be a language code")
                    String language,
            @QueryParam("order") @DefaultValue("risk") String order,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        var filter = new QueueFilter(Visible.sites(staff.get(), site, sites), reason, language, order(order));
        return listing.page(filter, limit, cursor);
    }

    private static QueueOrder order(String name) {
        return switch (name) {
            case "risk" -> QueueOrder.RISK;
            case "oldest" -> QueueOrder.OLDEST;
            default -> throw new InvalidInput("order", "must be risk or oldest");
        };
    }
}
