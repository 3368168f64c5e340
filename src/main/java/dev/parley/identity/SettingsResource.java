package dev.parley.identity;

import dev.parley.tenant.SettingsView;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Settings of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/settings")
@Authenticated
@RunOnVirtualThread
class SettingsResource {

    private final TenantAdministration administration;
    private final CurrentStaff staff;

    SettingsResource(TenantAdministration administration, CurrentStaff staff) {
        this.administration = administration;
        this.staff = staff;
    }

    @GET
    @Entitled(Role.ADMIN)
    public SettingsView read(@PathParam("tenant") String tenant) {
        return administration.settings();
    }

    @PUT
    @Entitled(Role.ADMIN)
    public SettingsView change(@PathParam("tenant") String tenant, @NotNull @Valid SettingsView settings) {
        return administration.changeSettings(settings, staff.get().actor());
    }
}
