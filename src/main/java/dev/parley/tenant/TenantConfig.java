package dev.parley.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of tenants that only the installation may make. */
@ConfigMapping(prefix = "parley.tenants")
public interface TenantConfig {

    /** How long the closing of a tenant can be taken back before its keys are destroyed. */
    @WithDefault("7D")
    Duration closingGrace();

    /** Tenants that have metrics of their own; those that came later are counted together. */
    @WithDefault("100")
    int inMetrics();
}
