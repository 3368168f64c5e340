package dev.parley.moderation;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.identity.Staff;
import dev.parley.platform.Ids;
import dev.parley.platform.NotFound;
import dev.parley.platform.Pipeline;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.EmailAddress;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sanctions against addresses. */
@ApplicationScoped
public class Sanctions {

    /** A sanction as staff sees it. */
    public record SanctionView(
            UUID id,
            SanctionKind kind,
            String reason,
            Instant createdAt,
            @Nullable Instant until,
            @Nullable Instant liftedAt) {}

    private static final String IN_FORCE = "liftedAt is null and (until is null or until > ?2)";

    private final SanctionRepository repository;
    private final Addresses addresses;
    private final AuditTrail trail;
    private final Pipeline pipeline;
    private final TenantContext context;
    private final Clock clock;

    Sanctions(
            SanctionRepository repository,
            Addresses addresses,
            AuditTrail trail,
            Pipeline pipeline,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.addresses = addresses;
        this.trail = trail;
        this.pipeline = pipeline;
        this.context = context;
        this.clock = clock;
    }

    /**
     * Asks whether a sanction stands against an address now, together with whatever else the caller's transaction asks.
     */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Boolean> standsAgainst(EmailAddress address) {
        return pipeline.ask(
                "select 1 from sanction where tenant_id = ? and lookup = ? and lifted_at is null"
                        + " and (until is null or until > ?) limit 1",
                ResultSet::next,
                context.current(),
                addresses.lookup(address),
                clock.instant());
    }

    /**
     * Whether a sanction stands against a commenter's address now; of one whose address was erased, against themself.
     */
    @Transactional
    public boolean standsAgainst(UUID commenter) {
        return repository.count("commenterId = ?1 and " + IN_FORCE, commenter, clock.instant()) > 0
                || (addresses.has(commenter) && standsAgainst(addresses.lookupOf(commenter)));
    }

    /** Those of some commenters against whom, or against whose address, a sanction stands now. */
    @Transactional
    Set<UUID> standAgainst(Collection<UUID> commenters) {
        if (commenters.isEmpty()) {
            return Set.of();
        }
        var addressed = addresses.lookupsOf(commenters);
        Set<UUID> banned = new HashSet<>();
        Set<ByteBuffer> lookups = new HashSet<>();
        pipeline.ask(
                        "select commenter_id, lookup from sanction where tenant_id = ?"
                                + " and (commenter_id = any (?) or lookup = any (?))"
                                + " and lifted_at is null and (until is null or until > ?)",
                        rows -> {
                            while (rows.next()) {
                                banned.add(rows.getObject(1, UUID.class));
                                lookups.add(ByteBuffer.wrap(rows.getBytes(2)));
                            }
                            return true;
                        },
                        context.current(),
                        commenters.toArray(UUID[]::new),
                        addressed.values().toArray(byte[][]::new),
                        clock.instant())
                .get();
        addressed.forEach((commenter, lookup) -> {
            if (lookups.contains(ByteBuffer.wrap(lookup))) {
                banned.add(commenter);
            }
        });
        return banned;
    }

    /** The sanctions against a commenter or their address, newest first, lifted and lapsed ones included. */
    @Transactional
    List<SanctionView> of(UUID commenter) {
        var about =
                addresses.has(commenter)
                        ? repository.list(
                                "commenterId = ?1 or lookup = ?2 order by createdAt desc",
                                commenter,
                                addresses.lookupOf(commenter))
                        : repository.list("commenterId = ?1 order by createdAt desc", commenter);
        return about.stream().map(Sanctions::view).toList();
    }

    /**
     * Lifts a sanction; the second time nothing happens.
     *
     * @throws NotFound if it is none against this commenter or their address
     */
    @Transactional
    void lift(UUID commenter, UUID id, Staff staff) {
        if (of(commenter).stream().noneMatch(sanction -> sanction.id().equals(id))) {
            throw new NotFound("sanction");
        }
        var sanction = repository.findById(id);
        if (sanction.liftedAt == null) {
            sanction.liftedAt = clock.instant();
            trail.add(
                    context.current(),
                    new Act(
                            staff.actor(),
                            Action.SANCTION_LIFTED,
                            "commenter",
                            commenter.toString(),
                            Map.of("sanction", id)));
        }
    }

    private static SanctionView view(Sanction s) {
        return new SanctionView(s.id, SanctionKind.valueOf(s.kind), s.reason, s.createdAt, s.until, s.liftedAt);
    }

    private boolean standsAgainst(byte[] lookup) {
        return repository.count("lookup = ?1 and " + IN_FORCE, lookup, clock.instant()) > 0;
    }

    @Transactional
    SanctionView ban(UUID commenter, SanctionRequest request, Staff staff) {
        var sanction =
                new Sanction(
                        Ids.next(),
                        context.current(),
                        commenter,
                        addresses.lookupOf(commenter),
                        request,
                        staff.actor().id(),
                        clock.instant());
        repository.persist(sanction);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("sanction", sanction.id);
        if (request.until() != null) {
            detail.put("until", request.until());
        }
        trail.add(
                context.current(),
                new Act(staff.actor(), Action.ADDRESS_BANNED, "commenter", commenter.toString(), detail));
        return view(sanction);
    }
}
