package dev.parley.simulation;

import dev.parley.intake.ScoringJobs;
import dev.parley.moderation.Judgement;
import dev.parley.platform.Json;
import dev.parley.policy.Decision;
import dev.parley.policy.Policies;
import dev.parley.policy.PolicyDocument;
import dev.parley.policy.PolicyScope;
import dev.parley.policy.Reason;
import dev.parley.simulation.Past.Range;
import dev.parley.simulation.TrialTenant.Decided;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a trial computes of each comment of {@link TrialTenant}, beside what is really decided on it. */
@ApplicationScoped
class Redecision {

    /**
     * What became of a comment.
     *
     * @param risk only of what is held, else 0
     */
    record Fate(Outcome outcome, double risk, List<Reason> reasons) {

        static Fate of(Decision decision) {
            return new Fate(
                    Outcome.of(decision), decision instanceof Decision.Hold hold ? hold.risk() : 0, decision.reasons());
        }
    }

    private final SimulationWork work;
    private final Policies policies;
    private final ScoringJobs jobs;
    private final Json json;
    private final TenantContext context;

    Redecision(SimulationWork work, Policies policies, ScoringJobs jobs, Json json, TenantContext context) {
        this.work = work;
        this.policies = policies;
        this.jobs = jobs;
        this.json = json;
        this.context = context;
    }

    /** All that a trial of a draft for the whole tenant computes, as a trial does it. */
    Map<UUID, Compared> computed(Map<String, Object> draft, int most) {
        return context.call(
                TrialTenant.ID,
                () -> {
                    var document = json.read(json.write(draft), PolicyDocument.class);
                    var trial = policies.trial(PolicyScope.TENANT, "", document);
                    var all = new HashMap<UUID, Compared>();
                    work.each(
                            trial,
                            null,
                            new Range(PolicyScope.TENANT, "", null, null),
                            most,
                            page -> {
                                page.forEach(compared -> all.put(compared.comment(), compared));
                                return true;
                            });
                    return all;
                });
    }

    /**
     * Decides on comments again as it is done when a scorer that had failed is back: scored anew, under the policies in
     * force, written to the database, read back from there.
     */
    Map<UUID, Fate> again(Collection<UUID> comments) throws SQLException {
        TrialTenant.unscore(comments);
        jobs.doWhatIsDue(TrialTenant.ID);
        TrialTenant.decided(comments)
                .forEach((id, decided) -> {
                    var is =
                            switch (decided.status()) {
                                case "PUBLISHED" -> "PUBLISH";
                                case "HELD" -> "HOLD";
                                default -> "REJECT";
                            };
                    if (!judgement(decided).outcome().equals(is)) {
                        throw new AssertionError(id + " is not as it was judged: " + decided);
                    }
                });
        return stored(comments);
    }

    /** What policies said of comments the last time; moderators may have decided otherwise since. */
    Map<UUID, Fate> stored(Collection<UUID> comments) throws SQLException {
        var fates = new HashMap<UUID, Fate>();
        TrialTenant.decided(comments)
                .forEach((id, decided) -> {
                    var said = judgement(decided);
                    fates.put(id, new Fate(Outcome.valueOf(said.outcome()), said.risk(), said.reasons()));
                });
        return fates;
    }

    private Judgement judgement(Decided decided) {
        return json.read(decided.judgement(), Judgement.class);
    }
}
