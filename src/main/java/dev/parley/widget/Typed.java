package dev.parley.widget;

import dev.parley.widget.FrameLinks.About;
import dev.parley.widget.ReplyForm.ReplyTo;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The form as it was sent. Missing fields are empty.
 *
 * @param parent the comment that is answered; null if there is none or it is no id
 * @param notifyMe whether a mailed link was asked for
 * @param reader token of an earlier comment of the same reader, filled in by the script for those who are remembered
 * @param nudge whether the reader may be asked to say it differently; false once they said that it is to be sent as it
 *     is
 * @param robot whether the field that people don't see was filled in
 */
record Typed(
        String comment,
        String name,
        String email,
        String website,
        @Nullable UUID parent,
        boolean notifyMe,
        String reader,
        About about,
        String ticket,
        boolean nudge,
        boolean robot) {

    static Typed of(MultivaluedMap<String, String> fields, About about) {
        return new Typed(
                text(fields, "comment"),
                field(fields, "name"),
                field(fields, "email"),
                field(fields, "website"),
                Visit.id(field(fields, "parent")),
                field(fields, "notify").equals("true"),
                field(fields, "reader"),
                about,
                field(fields, "ticket"),
                nudge(fields),
                !field(fields, "topic").isBlank());
    }

    /** The form to correct and send again, with everything but the address. */
    ReplyForm again(String nextTicket, @Nullable ReplyTo replyTo, boolean nudged, Map<String, String> errors) {
        return new ReplyForm(nextTicket, replyTo, comment, name, website, notifyMe, about, nudged, errors);
    }

    /** The form for the next comment of the same reader. */
    ReplyForm next(String nextTicket) {
        return new ReplyForm(nextTicket, null, "", name, website, notifyMe, about, false, Map.of());
    }

    /** Whether the reader may be asked to say it differently: until they said that it is to be sent as it is. */
    static boolean nudge(MultivaluedMap<String, String> fields) {
        return !field(fields, "nudge").equals("false");
    }

    /** What several lines hold; browsers send CRLF. */
    static String text(MultivaluedMap<String, String> fields, String name) {
        return field(fields, name).replace("\r\n", "\n");
    }

    static String field(MultivaluedMap<String, String> fields, String name) {
        var value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    /** Prints nothing that a person typed. */
    @Override
    public String toString() {
        return "Typed[…]";
    }
}
