package dev.parley.reader;

import dev.parley.comment.CommenterView;
import dev.parley.comment.Commenters;
import dev.parley.outbox.Outbox;
import dev.parley.platform.Ids;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.EmailAddress;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * Requests for a link. What is done when one arrives is the same for every address; only the receiver of the event,
 * later and elsewhere, asks whether anybody is known at it.
 */
@ApplicationScoped
public class LinkRequests {

    /** The proven one first; among unproven ones the newest, whose article the reader remembers. */
    private static final Comparator<CommenterView> FITTING =
            Comparator.comparing(CommenterView::verified).thenComparing(CommenterView::createdAt);

    private final LinkRequestRepository repository;
    private final Addresses addresses;
    private final Commenters commenters;
    private final Outbox outbox;
    private final TenantContext context;
    private final Clock clock;

    LinkRequests(
            LinkRequestRepository repository,
            Addresses addresses,
            Commenters commenters,
            Outbox outbox,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.addresses = addresses;
        this.commenters = commenters;
        this.outbox = outbox;
        this.context = context;
        this.clock = clock;
    }

    /** Writes down that a link was asked for. Does not look whether the address is known. */
    @Transactional
    void ask(SiteView site, EmailAddress address) {
        var id = Ids.next();
        repository.persist(
                new LinkRequest(id, context.current(), site.id(), addresses.lookup(address), clock.instant()));
        outbox.add(context.current(), new LinkAsked(id, site.id(), 1));
    }

    /** Forgets who asked at an address that is erased; a link that was asked for is not mailed any more. */
    @Transactional(TxType.MANDATORY)
    void forget(byte[] lookup) {
        repository.delete("tenantId = ?1 and lookup = ?2", context.current(), lookup);
    }

    /** Who is to get the link that was asked for; empty if nobody is known at the address, or the request is gone. */
    @Transactional
    public Optional<UUID> commenterFor(UUID request) {
        return repository
                .findByIdOptional(request)
                .flatMap(r ->
                        addresses.commentersAt(r.lookup).stream()
                                .flatMap(id -> commenters.find(id).stream())
                                .filter(c -> !c.erased())
                                .max(FITTING)
                                .map(CommenterView::id));
    }
}
