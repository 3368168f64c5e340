package dev.parley.policy;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Policies of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/policies")
@Authenticated
@RunOnVirtualThread
class PolicyResource {

    private final Policies policies;
    private final PolicyChecks checks;
    private final CurrentStaff staff;

    PolicyResource(Policies policies, PolicyChecks checks, CurrentStaff staff) {
        this.policies = policies;
        this.checks = checks;
        this.staff = staff;
    }

    /** Versions of policies. */
    public record PolicyList(List<PolicyView> items) {}

    /** What there is to start from. */
    public record PresetList(List<PresetView> items) {}

    /** A preset as a document of its own would say it. */
    public record PresetView(Preset name, Mode mode, Map<String, Threshold> thresholds, int maxLinks) {}

    @GET
    @Path("presets")
    @Entitled(Role.ADMIN)
    public PresetList presets(@PathParam("tenant") String tenant) {
        return new PresetList(
                Stream.of(Preset.values())
                        .map(preset -> {
                            var policy = preset.policy();
                            return new PresetView(preset, policy.mode(), policy.thresholds(), policy.maxLinks());
                        })
                        .toList());
    }

    @GET
    @Entitled(Role.ADMIN)
    public PolicyList current(@PathParam("tenant") String tenant) {
        return new PolicyList(policies.current());
    }

    @GET
    @Path("history")
    @Entitled(Role.ADMIN)
    public PolicyList history(
            @PathParam("tenant") String tenant,
            @QueryParam("scope") @NotNull PolicyScope scope,
            @QueryParam("scopeRef") @DefaultValue("") @Size(max = 100) String scopeRef) {
        return new PolicyList(policies.history(scope, scopeRef));
    }

    /** A draft as it is written, faults and all: so it is not validated on its way in. */
    public record PolicyCheck(@NotNull PolicyDocument document) {}

    @POST
    @Path("checks")
    @Entitled(Role.ADMIN)
    public PolicyChecks.Checked check(@PathParam("tenant") String tenant, @NotNull @Valid PolicyCheck check) {
        return checks.check(check.document());
    }

    @POST
    @Path("rollbacks")
    @Entitled(Role.ADMIN)
    public PolicyView rollBack(@PathParam("tenant") String tenant, @NotNull @Valid PolicyRollback rollback) {
        return policies.rollBack(rollback, staff.get().actor());
    }

    @PUT
    @Entitled(Role.ADMIN)
    public PolicyView change(@PathParam("tenant") String tenant, @NotNull @Valid PolicyChange change) {
        return policies.change(change, staff.get().actor());
    }
}
