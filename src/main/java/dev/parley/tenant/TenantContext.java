package dev.parley.tenant;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tenant on whose behalf the current request or job acts: the one source of both walls.
 *
 * <p>Entered once per request, from a verified token or a site key. There is no default: reading it where none was
 * entered fails, and the database then shows no row.
 */
@ApplicationScoped
public class TenantContext {

    private static final ScopedValue<String> JOB = ScopedValue.newInstance();
    private final RequestTenant request;

    TenantContext(RequestTenant request) {
        this.request = request;
    }

    /** Binds the current request to a tenant. Fails if it is bound already. */
    public void enter(String tenant) {
        var present = currentIfAny();
        if (present.isPresent()) {
            throw new IllegalStateException("A tenant was entered already");
        }
        request.set(tenant);
    }

    /** The tenant of the current request or job. Fails if there is none. */
    public String current() {
        return currentIfAny().orElseThrow(() -> new IllegalStateException("No tenant was entered"));
    }

    /** The tenant, or empty where none was entered: before the site key is read, for operators, at start. */
    public Optional<String> currentIfAny() {
        if (JOB.isBound()) {
            return Optional.of(JOB.get());
        }
        return Arc.container().requestContext().isActive() ? Optional.ofNullable(request.get()) : Optional.empty();
    }

    /**
     * Runs a job on behalf of a tenant. What touches the database inside must begin a transaction of its own.
     *
     * @throws IllegalStateException if a tenant was entered already, be it the same
     */
    public <T extends @Nullable Object> T call(String tenant, Supplier<T> job) {
        if (currentIfAny().isPresent()) {
            throw new IllegalStateException("A tenant was entered already");
        }
        return inRequest(() -> ScopedValue.where(JOB, tenant).call(job::get));
    }

    /** Runs on a bare thread what needs no tenant, such as looking for the tenant of a site. */
    public <T extends @Nullable Object> T callForNobody(Supplier<T> job) {
        return inRequest(job);
    }

    private static <T extends @Nullable Object> T inRequest(Supplier<T> job) {
        // Hibernate asks for a tenant only inside a request context, and a bare thread has none.
        var requests = Arc.container().requestContext();
        boolean bare = !requests.isActive();
        if (bare) {
            requests.activate();
        }
        try {
            return job.get();
        } finally {
            if (bare) {
                requests.terminate();
            }
        }
    }

    /** As {@link #call}, without a result. */
    public void run(String tenant, Runnable job) {
        call(
                tenant,
                () -> {
                    job.run();
                    return true;
                });
    }

    /** Methods, not a field: what is injected is a proxy, and a field written on it would be everybody's. */
    @RequestScoped
    static class RequestTenant {
        private @Nullable String tenant;

        @Nullable String get() {
            return tenant;
        }

        void set(String entered) {
            tenant = entered;
        }
    }
}
