package dev.parley.moderation;

import static java.util.stream.Collectors.toMap;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.identity.Role;
import dev.parley.identity.Staff;
import dev.parley.moderation.ClaimRepository.Lease;
import dev.parley.moderation.ClaimView.Colleague;
import dev.parley.platform.NotFound;
import dev.parley.platform.Turns;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who works on what. A claim lapses by itself; while it lives, nobody else decides on the item, and nobody else is
 * given it.
 */
@ApplicationScoped
class Claims {

    private final ClaimRepository repository;
    private final QueueRepository queue;
    private final AuditTrail trail;
    private final Event<QueueTouched> touched;
    private final Turns turns;
    private final TenantContext context;
    private final ClaimConfig config;
    private final Clock clock;

    Claims(
            ClaimRepository repository,
            QueueRepository queue,
            AuditTrail trail,
            Event<QueueTouched> touched,
            Turns turns,
            TenantContext context,
            ClaimConfig config,
            Clock clock) {
        this.repository = repository;
        this.queue = queue;
        this.trail = trail;
        this.touched = touched;
        this.turns = turns;
        this.context = context;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Claims the next items of a part of the queue: first those of it that are the member's already, then free ones, so
     * that asking twice, even at once, gives nobody twice as many. What a colleague is just being given is skipped, as
     * is what is just being decided.
     *
     * @throws dev.parley.identity.NotEntitled for what was left to the admins, unless they are one
     */
    @Transactional
    List<UUID> next(QueueFilter filter, int limit, Staff staff) {
        if (filter.escalated()) {
            staff.mustBe(Role.ADMIN);
        }
        // Of two calls of one member at once, the second gets what the first was given.
        turns.join(context.current(), "claims of " + staff.id());
        var now = clock.instant();
        var had = repository.livingOf(context.current(), staff.id(), now).stream().map(Lease::comment).toList();
        var mine = queue.matching(context.current(), filter, had);
        List<UUID> given = new ArrayList<>(taken(mine.stream().limit(limit).toList(), staff));
        boolean again = true;
        while (again && given.size() < limit) {
            var free = queue.free(context.current(), filter, now, limit - given.size());
            var taken = taken(free, staff);
            given.addAll(taken);
            // What a colleague was given between the question and the lock is not free any more: others are asked for.
            again = taken.size() < free.size();
        }
        return given;
    }

    private List<UUID> taken(List<QueueEntry> locked, Staff staff) {
        var comments = locked.stream().map(QueueEntry::comment).toList();
        var taken = take(comments, staff, false);
        return comments.stream().filter(taken::contains).toList();
    }

    /**
     * Claims one item, or renews the claim.
     *
     * @throws Claimed if a colleague has it
     * @throws NotFound if it does not wait, or not on one of the member's sites
     * @throws dev.parley.identity.NotEntitled if it was left to the admins and they are none
     */
    @Transactional
    void one(UUID comment, boolean over, Staff staff) {
        if (over) {
            staff.mustBe(Role.ADMIN);
        }
        var item = queue.lock(comment).orElseThrow(() -> new NotFound("queue item"));
        staff.mustSee(item.siteId, "queue item");
        if (item.escalatedAt != null) {
            staff.mustBe(Role.ADMIN);
        }
        var holder = on(List.of(comment), staff).get(comment);
        if (take(List.of(comment), staff, over).isEmpty()) {
            // The item is locked, and a claim is made or renewed with that lock only: whoever has it now had it then.
            throw new Claimed(Objects.requireNonNull(holder));
        }
        if (over && holder != null && !holder.mine()) {
            trail.add(
                    context.current(),
                    new Act(
                            staff.actor(),
                            Action.CLAIM_TAKEN_OVER,
                            "comment",
                            comment.toString(),
                            Map.of("from", holder.member().id())));
        }
    }

    /** Prolongs a claim; {@link NotFound} if it is not the member's, or was taken after it had lapsed. */
    @Transactional
    ClaimView renew(UUID id, Staff staff) {
        var item = repository.itemOf(id, staff.id()).flatMap(queue::lock);
        if (item.isEmpty()
                || !repository.renew(context.current(), id, staff.id(), clock.instant().plus(config.lease()))) {
            throw new NotFound("claim");
        }
        touch(item.get().commentId);
        return repository.byId(context.current(), id).map(claim -> view(claim, staff)).orElseThrow();
    }

    /** Gives a claim back; one that is gone, or somebody else's, is left as it is. */
    @Transactional
    void release(UUID id, Staff staff) {
        repository
                .itemOf(id, staff.id())
                .ifPresent(comment -> {
                    repository.delete("tenantId = ?1 and id = ?2 and memberId = ?3", context.current(), id, staff.id());
                    touch(comment);
                });
    }

    /** Gives back all that the member has. */
    @Transactional
    void releaseAll(Staff staff) {
        var had = repository.livingOf(context.current(), staff.id(), clock.instant());
        repository.delete("tenantId = ?1 and memberId = ?2", context.current(), staff.id());
        had.forEach(claim -> touch(claim.comment()));
    }

    /** The living claims of a member, the one that lapses first at the top. */
    @Transactional
    List<ClaimView> mine(Staff staff) {
        return repository.livingOf(context.current(), staff.id(), clock.instant()).stream()
                .map(claim -> view(claim, staff))
                .toList();
    }

    /** The living claims on some items, by item. */
    @Transactional
    Map<UUID, ClaimView> on(Collection<UUID> comments, Staff staff) {
        return askOn(comments, staff).get();
    }

    /** As {@link #on}, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    Supplier<Map<UUID, ClaimView>> askOn(Collection<UUID> comments, Staff staff) {
        var living = repository.askLiving(context.current(), comments, clock.instant());
        return () -> living.get().stream().collect(toMap(Lease::comment, claim -> view(claim, staff)));
    }

    /**
     * @throws Claimed if a colleague works on it
     */
    @Transactional
    void mustBeFree(UUID comment, Staff staff) {
        var claim = on(List.of(comment), staff).get(comment);
        if (claim != null && !claim.mine()) {
            throw new Claimed(claim);
        }
    }

    private Set<UUID> take(List<UUID> comments, Staff staff, boolean over) {
        var now = clock.instant();
        var taken = repository.take(context.current(), comments, staff.id(), now, now.plus(config.lease()), over);
        taken.forEach(this::touch);
        return taken;
    }

    private void touch(UUID comment) {
        touched.fire(new QueueTouched(context.current(), comment));
    }

    private static ClaimView view(Lease claim, Staff staff) {
        boolean mine = claim.member().equals(staff.id());
        return new ClaimView(
                mine ? claim.id() : null,
                claim.comment(),
                new Colleague(claim.member(), claim.name()),
                mine,
                claim.expiresAt());
    }
}
