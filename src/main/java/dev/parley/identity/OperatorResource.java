package dev.parley.identity;

import dev.parley.audit.Act;
import dev.parley.platform.Conflict;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantStatus;
import dev.parley.tenant.TenantView;
import dev.parley.tenant.Tenants;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Tenants, for whoever runs the installation. The operator sees that they exist, and nothing inside them. */
@Path("/api/v1/operator/tenants")
@RolesAllowed("operator")
@RunOnVirtualThread
class OperatorResource {

    private final Tenants tenants;
    private final TenantAdministration administration;
    private final TenantContext context;
    private final JsonWebToken token;

    OperatorResource(Tenants tenants, TenantAdministration administration, TenantContext context, JsonWebToken token) {
        this.tenants = tenants;
        this.administration = administration;
        this.context = context;
        this.token = token;
    }

    /** All tenants. */
    public record TenantList(List<TenantView> items) {}

    /**
     * A change of state.
     *
     * @param confirm the tenant's id, typed again; needed to close, which cannot be undone
     */
    public record TenantChange(@NotNull TenantStatus status, @Nullable String confirm) {}

    @GET
    public TenantList list() {
        return new TenantList(tenants.all());
    }

    @POST
    @ResponseStatus(201)
    public TenantView create(@NotNull @Valid NewTenant tenant) {
        return context.call(tenant.id(), () -> administration.create(tenant, operator()));
    }

    @PATCH
    @Path("{id}")
    public TenantView change(@PathParam("id") String id, @NotNull @Valid TenantChange change) {
        var known = tenants.all().stream().filter(t -> t.id().equals(id)).findFirst();
        if (known.isEmpty()) {
            throw new NotFound("tenant");
        }
        if (known.get().status() == TenantStatus.CLOSED) {
            throw new Conflict("A closed tenant stays closed");
        }
        if (change.status() == TenantStatus.CLOSED && !id.equals(change.confirm())) {
            throw new InvalidInput("confirm", "must repeat the tenant's id: closing cannot be undone");
        }
        return context.call(id, () -> administration.change(change.status(), operator()));
    }

    private Act.By operator() {
        return new Act.By("operator", token.getSubject());
    }
}
