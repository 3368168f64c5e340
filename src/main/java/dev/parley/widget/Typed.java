package dev.parley.widget;

import dev.parley.widget.ReplyForm.ReplyTo;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The form as it was sent. Missing fields are empty.
 *
 * @param parent the comment that is answered; null if there is none or it is no id
 * @param robot whether the field that people don't see was filled in
 */
record Typed(
        String comment,
        String name,
        String email,
        String website,
        @Nullable UUID parent,
        String url,
        String title,
        String ticket,
        boolean robot) {

    static Typed of(MultivaluedMap<String, String> fields) {
        return new Typed(
                field(fields, "comment").replace("\r\n", "\n"),
                field(fields, "name"),
                field(fields, "email"),
                field(fields, "website"),
                id(field(fields, "parent")),
                field(fields, "url"),
                field(fields, "title"),
                field(fields, "ticket"),
                !field(fields, "topic").isBlank());
    }

    /** The form to correct and send again, with everything but the address. */
    ReplyForm again(String nextTicket, @Nullable ReplyTo replyTo, Map<String, String> errors) {
        return new ReplyForm(nextTicket, replyTo, comment, name, website, url, title, errors);
    }

    /** The form for the next comment of the same reader. */
    ReplyForm next(String nextTicket) {
        return new ReplyForm(nextTicket, null, "", name, website, url, title, Map.of());
    }

    private static String field(MultivaluedMap<String, String> fields, String name) {
        var value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Prints nothing that a person typed. */
    @Override
    public String toString() {
        return "Typed[…]";
    }
}
