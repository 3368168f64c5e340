package dev.parley.comment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class RevisionRepository implements PanacheRepositoryBase<Revision, RevisionKey> {

    List<Revision> of(UUID comment) {
        return list("commentId = ?1 order by number", comment);
    }

    List<Revision> of(Collection<UUID> comments) {
        return list("commentId in ?1 order by commentId, number", comments);
    }

    /** The application itself can't change a revision; this function empties those of one commenter, and says why. */
    void blank(UUID commenter, UUID entry) {
        getEntityManager()
                .createNativeQuery("select blank_revisions(:commenter, :entry)", Integer.class)
                .setParameter("commenter", commenter)
                .setParameter("entry", entry)
                .getSingleResult();
    }
}
