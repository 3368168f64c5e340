package dev.parley.scoring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How long scoring may take, and on how many threads it may hang. */
@ConfigMapping(prefix = "parley.scoring")
public interface ScoringConfig {

    /**
     * Time that the score of one comment may take while its reader waits: some hundred times what it takes, so that a
     * pause of the collector does not count as a failure.
     */
    @WithDefault("250ms")
    Duration deadline();

    /** The same in the background, where nobody waits. */
    @WithDefault("5s")
    Duration backgroundDeadline();

    /** Threads that score what readers send; as many as there are processors, at least four, if none are named. */
    OptionalInt threads();
}
