package dev.parley.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Does a job for tenant after tenant, each inside its own walls. */
@ApplicationScoped
public class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);

    private final TenantContext context;

    Rounds(TenantContext context) {
        this.context = context;
    }

    /**
     * Calls the job with each tenant, in whose walls it then is. What fails for one is logged and done again at the
     * next round; the others are not held up.
     *
     * @param name of the job, for the log
     */
    public void each(String name, Collection<String> tenants, Consumer<String> job) {
        for (var tenant : tenants) {
            try {
                context.run(tenant, () -> job.accept(tenant));
            } catch (RuntimeException e) {
                // The class only: messages of a database may repeat values.
                LOG.errorf("%s failed for tenant %s: %s", name, tenant, e.getClass().getName());
                LOG.debug(name, e);
            }
        }
    }
}
