package dev.parley.identity;

import dev.parley.audit.Act;
import dev.parley.platform.Conflict;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.tenant.Loads;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantLoad;
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
import java.time.Instant;
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
    private final Loads loads;
    private final TenantContext context;
    private final JsonWebToken token;

    OperatorResource(
            Tenants tenants,
            TenantAdministration administration,
            Loads loads,
            TenantContext context,
            JsonWebToken token) {
        this.loads = loads;
        this.tenants = tenants;
        this.administration = administration;
        this.context = context;
        this.token = token;
    }

    /** All tenants. */
    public record TenantList(List<TenantItem> items) {}

    /**
     * A tenant and how much it uses, as measured last; all of that is null until it was.
     *
     * @param closesAt when its keys are destroyed; null unless it is closing
     */
    public record TenantItem(
            String id,
            String name,
            TenantStatus status,
            Instant createdAt,
            @Nullable Instant closesAt,
            @Nullable Long sites,
            @Nullable Long members,
            @Nullable Long comments,
            @Nullable Long commentsLastDay,
            @Nullable Long pending,
            @Nullable Instant measuredAt) {

        static TenantItem of(TenantView tenant, @Nullable TenantLoad load) {
            return new TenantItem(
                    tenant.id(),
                    tenant.name(),
                    tenant.status(),
                    tenant.createdAt(),
                    tenant.closesAt(),
                    load == null ? null : load.sites(),
                    load == null ? null : load.members(),
                    load == null ? null : load.comments(),
                    load == null ? null : load.commentsLastDay(),
                    load == null ? null : load.pending(),
                    load == null ? null : load.measuredAt());
        }
    }

    /**
     * A change of state.
     *
     * @param status {@code CLOSED} closes after the time of grace
     * @param confirm the tenant's id, typed again; needed to close
     * @param now true closes at once, which cannot be undone; null for no
     */
    public record TenantChange(@NotNull TenantStatus status, @Nullable String confirm, @Nullable Boolean now) {}

    @GET
    public TenantList list() {
        var measured = loads.all();
        return new TenantList(
                tenants.all().stream().map(tenant -> TenantItem.of(tenant, measured.get(tenant.id()))).toList());
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
        if (change.status() == TenantStatus.CLOSING) {
            throw new InvalidInput("status", "must be CLOSED to close; closing is what it is until then");
        }
        boolean closes = change.status() == TenantStatus.CLOSED;
        if (closes && !id.equals(change.confirm())) {
            throw new InvalidInput("confirm", "must repeat the tenant's id: in the end, closing cannot be undone");
        }
        boolean later = closes && !Boolean.TRUE.equals(change.now());
        var next = later ? TenantStatus.CLOSING : change.status();
        return context.call(id, () -> administration.change(next, operator()));
    }

    private Act.By operator() {
        return new Act.By("operator", token.getSubject());
    }
}
