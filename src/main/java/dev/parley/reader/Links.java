package dev.parley.reader;

import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.platform.Ids;
import dev.parley.platform.MailedToken;
import dev.parley.platform.NotFound;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door to mailed links: who holds one acts as its commenter, until it lapses. */
@ApplicationScoped
public class Links {

    private final LinkRepository repository;
    private final Commenters commenters;
    private final Comments comments;
    private final Sites sites;
    private final TenantContext context;
    private final Clock clock;

    Links(
            LinkRepository repository,
            Commenters commenters,
            Comments comments,
            Sites sites,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.commenters = commenters;
        this.comments = comments;
        this.sites = sites;
        this.context = context;
        this.clock = clock;
    }

    /**
     * Makes a link for a commenter in the caller's transaction, to the site where they wrote last.
     *
     * @return the token in plain: it must go into one mail to the commenter's own address and nowhere else
     * @throws NotFound if there is no such commenter, or they were erased
     */
    @Transactional(TxType.MANDATORY)
    public String issue(UUID commenter, LinkPurpose purpose) {
        var present = commenters.present(commenter);
        var last = comments.of(present, 1);
        if (last.isEmpty()) {
            throw new NotFound("commenter");
        }
        return store(present, last.getFirst().siteId(), purpose);
    }

    /** As {@link #issue(UUID, LinkPurpose)}, to a site that is known. */
    @Transactional(TxType.MANDATORY)
    public String issue(UUID commenter, UUID site, LinkPurpose purpose) {
        return store(commenters.present(commenter), site, purpose);
    }

    /** What a token opens in the entered tenant; empty if it is unknown here, lapsed, malformed or for another use. */
    @Transactional
    public Optional<LinkView> resolve(@Nullable String token, LinkPurpose purpose) {
        return MailedToken.parse(token)
                .flatMap(t ->
                        repository
                                .working(t.hash(), clock.instant())
                                .filter(link -> link.purpose == purpose)
                                .filter(link -> sites.byId(link.siteId).key().equals(t.place())))
                .flatMap(link ->
                        commenters
                                .find(link.commenterId)
                                .filter(c -> !c.erased())
                                .map(c -> new LinkView(link.id, c.id(), link.siteId, link.purpose, link.lapsesAt)));
    }

    /** Lets a link open another commenter: whom the holder of the address said to be. */
    @Transactional(TxType.MANDATORY)
    void point(UUID link, UUID commenter) {
        repository.update("commenterId = ?1 where tenantId = ?2 and id = ?3", commenter, context.current(), link);
    }

    /** Deletes all links of these commenters. */
    @Transactional(TxType.MANDATORY)
    void delete(Collection<UUID> commenters) {
        repository.delete("tenantId = ?1 and commenterId in ?2", context.current(), commenters);
    }

    private String store(UUID commenter, UUID site, LinkPurpose purpose) {
        var token = MailedToken.create(sites.byId(site).key());
        var hash = MailedToken.parse(token).orElseThrow().hash();
        repository.persist(new Link(Ids.next(), context.current(), commenter, site, purpose, hash, clock.instant()));
        return token;
    }
}
