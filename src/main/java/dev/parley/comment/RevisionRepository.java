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

    /**
     * Writes over what was thought of a text, if the text still is that one.
     *
     * @param judged whether signals and decision are new too
     */
    boolean rescore(String tenant, UUID comment, int number, RevisionText text, boolean judged) {
        var query =
                getEntityManager()
                        .createNativeQuery(
                                "update revision set language = :language, scores = cast(:scores as jsonb),"
                                        + " models = :models"
                                        + (judged
                                                ? ", signals = cast(:signals as jsonb),"
                                                        + " decision = cast(:decision as jsonb)"
                                                : "")
                                        + " where tenant_id = :tenant and comment_id = :comment and number = :number"
                                        + " and body = :body")
                        .setParameter("language", text.language())
                        .setParameter("scores", text.scores())
                        .setParameter("models", text.models())
                        .setParameter("tenant", tenant)
                        .setParameter("comment", comment)
                        .setParameter("number", number)
                        .setParameter("body", text.body());
        if (judged) {
            query.setParameter("signals", text.signals()).setParameter("decision", text.decision());
        }
        return query.executeUpdate() == 1;
    }

    /**
     * The application itself can't change a text; this function empties the revisions of one commenter, and says why.
     */
    void blank(UUID commenter, UUID entry) {
        getEntityManager()
                .createNativeQuery("select blank_revisions(:commenter, :entry)")
                .setParameter("commenter", commenter)
                .setParameter("entry", entry)
                .getSingleResult();
    }
}
