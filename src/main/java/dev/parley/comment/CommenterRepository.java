package dev.parley.comment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class CommenterRepository implements PanacheRepositoryBase<Commenter, UUID> {}
