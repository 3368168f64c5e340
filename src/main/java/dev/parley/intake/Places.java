package dev.parley.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How much of what readers send is worked on at once in this replica, and for whom. Who comes when it is full is sent
 * away at once, before anything is looked up, so that what was taken in is done in time and a flood at one tenant is
 * paid for by that tenant.
 *
 * <p>A tenant has half of the places at most; once half are taken, its equal share among the tenants that are there.
 * One that has no place gets one even when the others fill all, up to twice as many in total.
 */
@Singleton
class Places {

    private final int all;
    private final Consumer<String> refused;
    private final Map<String, Integer> taken = new HashMap<>();
    private int total;

    @Inject
    Places(IntakeConfig config, IntakeMeters meters) {
        this(config.atOnce(), meters::countRefused);
        meters.watch(this::total);
    }

    /**
     * @param refused is told the tenant of each that is sent away
     */
    Places(int all, Consumer<String> refused) {
        this.all = all;
        this.refused = refused;
    }

    /** A place; closing it gives it back. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place.
     *
     * @throws Crowded if there is none for this tenant
     */
    Place take(String tenant) {
        if (!enter(tenant)) {
            refused.accept(tenant);
            throw new Crowded();
        }
        return () -> leave(tenant);
    }

    private synchronized boolean enter(String tenant) {
        int own = taken.getOrDefault(tenant, 0);
        boolean free = own == 0 ? total < 2 * all : total < all && own < share();
        if (free) {
            taken.merge(tenant, 1, Integer::sum);
            total++;
        }
        return free;
    }

    private int share() {
        return Math.max(1, total < all / 2 ? all / 2 : Math.min(all / 2, all / taken.size()));
    }

    private synchronized void leave(String tenant) {
        taken.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
        total--;
    }

    private synchronized int total() {
        return total;
    }
}
