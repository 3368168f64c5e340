package dev.parley.identity;

import dev.parley.tenant.NewSite;
import dev.parley.tenant.SiteChange;
import dev.parley.tenant.SiteView;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Sites of a tenant. */
@Path("/api/v1/tenants/{tenant}")
@Authenticated
@RunOnVirtualThread
class SiteResource {

    private final TenantAdministration administration;
    private final CurrentStaff staff;

    SiteResource(TenantAdministration administration, CurrentStaff staff) {
        this.administration = administration;
        this.staff = staff;
    }

    /** All sites of the tenant. */
    public record SiteList(List<SiteView> items) {}

    @GET
    @Path("sites")
    @Entitled(Role.MODERATOR)
    public SiteList list(@PathParam("tenant") String tenant) {
        return new SiteList(administration.sitesFor(staff.get()));
    }

    @POST
    @Path("sites")
    @Entitled(Role.ADMIN)
    @ResponseStatus(201)
    public SiteView create(@PathParam("tenant") String tenant, @NotNull @Valid NewSite site) {
        return administration.createSite(site, staff.get().actor());
    }

    @PUT
    @Path("sites/{id}")
    @Entitled(Role.ADMIN)
    public SiteView change(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid SiteChange change) {
        return administration.changeSite(id, change, staff.get().actor());
    }
}
