package dev.parley.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** API keys and what may be scored with them. Each replica counts for itself. */
@ConfigMapping(prefix = "parley.api-keys")
public interface ApiKeyConfig {

    /** Texts in a minute for a key that names no quota of its own, and for each member of the staff. */
    @WithDefault("600")
    int perMinute();

    /** The largest quota that a tenant's admins can give a key. */
    @WithDefault("6000")
    int mostPerMinute();

    /** Texts in a minute for all keys and members of a tenant together. */
    @WithDefault("12000")
    int tenantPerMinute();

    /** Keys that a tenant can have in use. */
    @WithDefault("100")
    int mostKeys();
}
