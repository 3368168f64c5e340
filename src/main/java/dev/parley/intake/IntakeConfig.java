package dev.parley.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on what comes in. Each replica counts for itself. */
@ConfigMapping(prefix = "parley.intake")
public interface IntakeConfig {

    /** Submissions that one network (/24 or /64) may send in a burst, and again over {@link #senderPeriod}. */
    @WithDefault("10")
    int senderBurst();

    /** Time over which a sender's allowance comes back. */
    @WithDefault("1m")
    Duration senderPeriod();

    /** Submissions at one address in a burst, and again over {@link #addressPeriod}. */
    @WithDefault("10")
    int addressBurst();

    /** Time over which an address's allowance comes back. */
    @WithDefault("5m")
    Duration addressPeriod();

    /** Links that may be asked for at one address in a burst, and again over {@link #linkPeriod}. */
    @WithDefault("3")
    int linkBurst();

    /** Time over which an address's allowance of links comes back. */
    @WithDefault("1h")
    Duration linkPeriod();

    /** Submissions per second to one site; bursts may take ten seconds' worth. */
    @WithDefault("50")
    int sitePerSecond();

    /** Submissions per second to one tenant; bursts may take ten seconds' worth. */
    @WithDefault("100")
    int tenantPerSecond();

    /**
     * Submissions, edits, withdrawals and reports that are worked on at once; one tenant has half of them at most, and
     * its equal share when several need them. What is more is answered 503 at once. A multiple of the connections to
     * the database (20): more would only wait for those.
     */
    @WithDefault("64")
    int atOnce();
}
