package dev.parley.widget;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A comment on the page, or the place that one has left among its replies.
 *
 * @param author null where only the place is left
 * @param mine whether it was sent by the form that this page answers
 * @param replyHref puts the form into reply mode; null where no reply is taken
 * @param more leads to further replies; null if all are here
 */
record ShownComment(
        String id,
        @Nullable Author author,
        String html,
        Instant createdAt,
        boolean edited,
        boolean mine,
        @Nullable String replyHref,
        List<ShownComment> replies,
        @Nullable String more) {

    private static final int TINTS = 8;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * Who wrote it.
     *
     * @param id random, says nothing about the person
     */
    record Author(String id, String name) {

        /** The first letter or digit of the name, as a monogram. */
        public String initial() {
            return name.codePoints()
                    .filter(Character::isLetterOrDigit)
                    .mapToObj(Character::toString)
                    .findFirst()
                    .orElse("?")
                    .toUpperCase(Locale.ROOT);
        }

        /** Colour of the monogram, from the random id. */
        public int tint() {
            return Math.floorMod(id.hashCode(), TINTS);
        }
    }

    boolean isOrHolds(String other) {
        return id.equals(other) || replies.stream().anyMatch(reply -> reply.isOrHolds(other));
    }

    public String anchor() {
        return "c-" + id;
    }

    public String written() {
        return DAY.format(createdAt) + " UTC";
    }
}
