package dev.parley.reader;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class LinkRequestRepository implements PanacheRepositoryBase<LinkRequest, UUID> {}
