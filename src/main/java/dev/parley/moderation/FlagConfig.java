package dev.parley.moderation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on readers' reports. Each replica counts for itself. */
@ConfigMapping(prefix = "parley.flags")
public interface FlagConfig {

    /** Reports that one network (/24 or /64) may send in a burst, and again over {@link #senderPeriod}. */
    @WithDefault("10")
    int senderBurst();

    /** Time over which a sender's allowance comes back. */
    @WithDefault("10m")
    Duration senderPeriod();
}
