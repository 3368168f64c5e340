package dev.parley.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class AuditEntryRepository implements PanacheRepositoryBase<AuditEntry, UUID> {}
