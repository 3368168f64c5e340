package dev.parley.delivery;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That something changed about a comment: ids only, as they go through the database's channel. */
record Announcement(Topic topic, String tenant, UUID comment) {

    /** Whom it concerns. */
    enum Topic {
        /** Readers of its thread. */
        THREAD,
        /** Staff with the queue before them. */
        QUEUE
    }

    String line() {
        return topic.name().toLowerCase(Locale.ROOT) + " " + tenant + " " + comment;
    }

    /** Null for what is no announcement of ours. */
    static @Nullable Announcement read(String line) {
        var words = line.split(" ", -1);
        try {
            return words.length == 3 && words[1].matches("[a-z0-9-]{1,64}")
                    ? new Announcement(
                            Topic.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1], UUID.fromString(words[2]))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
