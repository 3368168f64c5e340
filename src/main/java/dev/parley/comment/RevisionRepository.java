package dev.parley.comment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class RevisionRepository implements PanacheRepositoryBase<Revision, RevisionKey> {

    List<Revision> of(UUID comment) {
        return list("commentId = ?1 order by number", comment);
    }
}
