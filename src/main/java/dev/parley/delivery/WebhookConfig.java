package dev.parley.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** Webhooks: whom they may call, and how hard. Each replica counts for itself. */
@ConfigMapping(prefix = "parley.webhooks")
public interface WebhookConfig {

    /** Webhooks that a tenant can have. */
    @WithDefault("10")
    int most();

    /** Calls that one webhook may have in the air. */
    @WithDefault("8")
    int atOnce();

    /** Ports that may be called. */
    @WithDefault("443,8443")
    Set<Integer> ports();

    /**
     * Lets webhooks call this machine, at any port and without TLS, for trying them out. Heeded in a standalone run, in
     * development and in tests only.
     */
    @WithDefault("false")
    boolean loopback();
}
