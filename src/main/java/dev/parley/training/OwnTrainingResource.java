package dev.parley.training;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Models taught from a tenant's decisions: begun and watched by its admins. */
@Path("/api/v1/tenants/{tenant}/own-models/trainings")
@Authenticated
@RunOnVirtualThread
class OwnTrainingResource {

    private final OwnTrainings trainings;
    private final CurrentStaff staff;

    OwnTrainingResource(OwnTrainings trainings, CurrentStaff staff) {
        this.trainings = trainings;
        this.staff = staff;
    }

    /**
     * Trainings, newest first.
     *
     * @param decisionsSince how many decisions were made since the newest of them began, 10,000 at most
     * @param fewest decisions that it takes to teach a model
     * @param fewestOfAKind of them with the attribute, and without it
     */
    public record OwnTrainingList(List<OwnTrainingView> items, int decisionsSince, int fewest, int fewestOfAKind) {}

    @GET
    @Entitled(Role.ADMIN)
    public OwnTrainingList list(@PathParam("tenant") String tenant) {
        var newest = trainings.newest();
        return new OwnTrainingList(
                newest, trainings.decisionsSince(newest), OwnTrainer.FEWEST, OwnTrainer.FEWEST_OF_A_KIND);
    }

    @POST
    @Entitled(Role.ADMIN)
    @ResponseStatus(202)
    public OwnTrainingView start(@PathParam("tenant") String tenant) {
        return trainings.start(staff.get().actor());
    }

    @GET
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public OwnTrainingView get(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return trainings.get(id);
    }
}
