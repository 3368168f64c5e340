package dev.parley.reader;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class LinkRepository implements PanacheRepositoryBase<Link, UUID> {

    /** The link with that hash, unless it lapsed. */
    Optional<Link> working(byte[] hash, Instant now) {
        return find("hash = ?1 and lapsesAt > ?2", hash, now).firstResultOptional();
    }
}
