package dev.parley.moderation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Claims on items of the queue. */
@ConfigMapping(prefix = "parley.claims")
interface ClaimConfig {

    /** How long an item is somebody's without a sign of life. */
    @WithDefault("2M")
    Duration lease();
}
