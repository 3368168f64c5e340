package dev.parley.tenant;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.ApplicationScoped;

/** First wall: Hibernate filters every entity by the tenant of the context. */
@PersistenceUnitExtension
@ApplicationScoped
public class HibernateWall implements TenantResolver {

    /** No slug looks like this, so a session without a tenant finds nothing. */
    static final String NOBODY = "-";

    private final TenantContext context;

    protected HibernateWall(TenantContext context) {
        this.context = context;
    }

    @Override
    public String getDefaultTenantId() {
        return NOBODY;
    }

    @Override
    public String resolveTenantId() {
        return context.currentIfAny().orElse(NOBODY);
    }
}
