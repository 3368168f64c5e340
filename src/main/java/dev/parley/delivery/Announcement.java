package dev.parley.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That something changed: ids only, as they go through the database's channel. */
record Announcement(String tenant, UUID article, UUID comment) {

    String line() {
        return tenant + " " + article + " " + comment;
    }

    /** Null for what is no announcement of ours. */
    static @Nullable Announcement read(String line) {
        var words = line.split(" ", -1);
        try {
            return words.length == 3 && words[0].matches("[a-z0-9-]{1,64}")
                    ? new Announcement(words[0], UUID.fromString(words[1]), UUID.fromString(words[2]))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
