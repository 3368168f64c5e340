package dev.parley.moderation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class MadeDecisionRepository implements PanacheRepositoryBase<MadeDecision, UUID> {}
