package dev.parley.interop;

import dev.parley.identity.CurrentProgram;
import dev.parley.identity.CurrentStaff;
import dev.parley.identity.ForPrograms;
import dev.parley.identity.Quotas;
import dev.parley.identity.Role;
import dev.parley.scoring.ScoringUnavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** Scores for texts, for programs with an API key of the tenant, and for its staff. */
@Path("/api/v1/tenants/{tenant}/scores")
@PermitAll
@RunOnVirtualThread
class ScoresResource {

    private final TextScoring scoring;
    private final Quotas quotas;
    private final CurrentProgram program;
    private final CurrentStaff staff;

    ScoresResource(TextScoring scoring, Quotas quotas, CurrentProgram program, CurrentStaff staff) {
        this.scoring = scoring;
        this.quotas = quotas;
        this.program = program;
        this.staff = staff;
    }

    /** In the order of the request. */
    public record ScoresView(List<ScoredText> items) {}

    @POST
    @ForPrograms(Role.MODERATOR)
    public ScoresView score(@PathParam("tenant") String tenant, @NotNull @Valid ScoresRequest request) {
        int texts = request.texts().size();
        program.get().ifPresentOrElse(client -> quotas.take(client, texts), () -> quotas.take(staff.get(), texts));
        try {
            return new ScoresView(scoring.score(request));
        } catch (ScoringUnavailable e) {
            throw new NotScored();
        }
    }
}
