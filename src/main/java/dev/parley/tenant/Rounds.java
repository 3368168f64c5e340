package dev.parley.tenant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Does a job for tenant after tenant, each inside its own walls. */
@ApplicationScoped
public class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);

    private final TenantContext context;
    private final MeterRegistry registry;

    Rounds(TenantContext context, MeterRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    /**
     * Calls the job with each tenant, in whose walls it then is. What fails for one is logged and done again at the
     * next round; the others are not held up.
     *
     * @param name of the job, for log and metrics: one of few that the code knows
     */
    public void each(String name, Collection<String> tenants, Consumer<String> job) {
        var failures =
                Counter.builder("parley.task.failures")
                        .description("Tenants for which a background job failed")
                        .tag("task", name)
                        .register(registry);
        Timer.builder("parley.task")
                .description("Rounds of background jobs over tenants")
                .tag("task", name)
                .register(registry)
                .record(() -> round(name, tenants, job, failures));
    }

    private void round(String name, Collection<String> tenants, Consumer<String> job, Counter failures) {
        for (var tenant : tenants) {
            try {
                context.run(tenant, () -> job.accept(tenant));
            } catch (RuntimeException e) {
                failures.increment();
                // The class only: messages of a database may repeat values.
                LOG.errorf("%s failed for tenant %s: %s", name, tenant, e.getClass().getName());
                LOG.debug(name, e);
            }
        }
    }
}
