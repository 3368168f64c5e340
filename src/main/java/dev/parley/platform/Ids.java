package dev.parley.platform;

import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Identifiers of rows. */
public final class Ids {

    private Ids() {}

    /** A new UUIDv7: ordered by creation, so that ids serve as keyset cursors. */
    @SuppressWarnings("NullAway") // the session parameter is not read
    public static UUID next() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    /** A new random UUIDv4, for ids that must not say when they were made. */
    public static UUID random() {
        return UUID.randomUUID();
    }
}
