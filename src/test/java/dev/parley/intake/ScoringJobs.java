package dev.parley.intake;

import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Does by hand what is due of the jobs that score and decide again: in tests no schedule does. */
@ApplicationScoped
public class ScoringJobs {

    private final Rescorings rescorings;
    private final RescoringWork work;
    private final TenantContext context;

    ScoringJobs(Rescorings rescorings, RescoringWork work, TenantContext context) {
        this.rescorings = rescorings;
        this.work = work;
        this.context = context;
    }

    /** Scores all of a tenant's comments that have no score, and decides on those held for that. */
    public void doWhatIsDue(String tenant) {
        context.run(
                tenant,
                () -> {
                    rescorings.startWhatIsDue();
                    boolean more = true;
                    while (more) {
                        more = work.batch();
                    }
                });
    }
}
