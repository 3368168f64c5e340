package dev.parley.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class SiteRepository implements PanacheRepositoryBase<Site, UUID> {}
