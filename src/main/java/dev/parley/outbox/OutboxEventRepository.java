package dev.parley.outbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class OutboxEventRepository implements PanacheRepositoryBase<OutboxEvent, UUID> {}
