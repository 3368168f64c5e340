package dev.parley.intake;

import dev.parley.platform.Repeats;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.ScoringRecovered;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Scores again for all tenants, a batch for each in turn, so that a long job of one holds no other up. */
@ApplicationScoped
class RescoringRounds {

    private static final String NAME = "Scoring again";
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    /** So often a sweep looks on in a long queue: half a second's work, and a million are seen in twenty minutes. */
    private static final int LOOKS = 5;

    private final Rounds rounds;
    private final Tenants tenants;
    private final Rescorings rescorings;
    private final RescoringWork work;
    private final GuardedScorers scorers;
    private final Clock clock;
    private final AtomicBoolean recovered = new AtomicBoolean();
    private Instant nextSweep = Instant.EPOCH;

    RescoringRounds(
            Rounds rounds,
            Tenants tenants,
            Rescorings rescorings,
            RescoringWork work,
            GuardedScorers scorers,
            Clock clock) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.rescorings = rescorings;
        this.work = work;
        this.scorers = scorers;
        this.clock = clock;
    }

    /** What was held meanwhile need not wait for the next sweep. */
    void onRecovery(@Observes ScoringRecovered event) {
        recovered.set(true);
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(1), this::go);
    }

    void go() {
        Set<String> busy = new LinkedHashSet<>();
        do {
            if (isSweepDue() && scorers.worksInBackground()) {
                busy.addAll(sweep());
            }
            busy.addAll(rescorings.takeHints());
            var left = new LinkedHashSet<String>();
            rounds.each(
                    NAME,
                    busy,
                    tenant -> {
                        if (work.batch()) {
                            left.add(tenant);
                        }
                    });
            busy = left;
        } while (!busy.isEmpty());
    }

    /** Begins what is due, and finds jobs whose process was killed. */
    private Set<String> sweep() {
        nextSweep = clock.instant().plus(BETWEEN_SWEEPS);
        var active = new LinkedHashSet<>(tenants.activeIds());
        rounds.each(NAME, active, _ -> startWhatIsDue());
        return active;
    }

    private void startWhatIsDue() {
        boolean more = true;
        for (int i = 0; i < LOOKS && more; i++) {
            more = rescorings.startWhatIsDue();
        }
    }

    private boolean isSweepDue() {
        return recovered.getAndSet(false) || !clock.instant().isBefore(nextSweep);
    }
}
