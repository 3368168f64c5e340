package dev.parley.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class TenantSettingsRepository implements PanacheRepositoryBase<TenantSettings, Integer> {}
