package dev.parley.reader;

import java.time.Duration;

/** What a mailed link lets its holder do. */
public enum LinkPurpose {
    /** Prove the address, and see, take back, export and erase what was written. */
    MANAGE(Duration.ofHours(24)),
    /** Switch mails off, and nothing else. */
    UNSUBSCRIBE(Duration.ofDays(400));

    private final Duration validity;

    LinkPurpose(Duration validity) {
        this.validity = validity;
    }

    /** How long such a link works. */
    public Duration validity() {
        return validity;
    }
}
