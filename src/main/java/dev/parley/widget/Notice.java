package dev.parley.widget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of what was sent, in plain words.
 *
 * @param href leads to the comment; null if nobody sees it
 * @param own what its writer may still do with it; null if nothing
 */
record Notice(Kind kind, String title, String text, List<String> reasons, @Nullable String href, @Nullable Own own) {

    enum Kind {
        /** Done, and everybody sees it. */
        DONE,
        HELD,
        REJECTED,
        /** Not sent yet: its writer is asked to say it differently. */
        ASKED,
        NOT_SENT;

        /** Class of the notice in the stylesheet. */
        public String style() {
            return switch (this) {
                case DONE -> "good";
                case HELD, ASKED -> "waiting";
                case REJECTED, NOT_SENT -> "bad";
            };
        }
    }

    /** Errors interrupt a screen reader, the rest waits for its turn. */
    public String role() {
        return kind == Kind.NOT_SENT ? "alert" : "status";
    }

    /** Whether its writer is asked to say it differently. */
    public boolean asked() {
        return kind == Kind.ASKED;
    }

    static Notice done(String title) {
        return new Notice(Kind.DONE, title, "", List.of(), null, null);
    }

    static Notice notSent(String title, String text) {
        return new Notice(Kind.NOT_SENT, title, text, List.of(), null, null);
    }

    static Notice asked(String title, String text) {
        return new Notice(Kind.ASKED, title, text, List.of(), null, null);
    }

    static Notice gone(String title) {
        return new Notice(Kind.HELD, title, "", List.of(), null, null);
    }

    /** With one sentence more. */
    Notice saying(String more) {
        return new Notice(kind, title, (text + " " + more).strip(), reasons, href, own);
    }

    Notice leadingTo(@Nullable String place) {
        return new Notice(kind, title, text, reasons, place, own);
    }

    Notice withOwn(@Nullable Own stillMine) {
        return new Notice(kind, title, text, reasons, href, stillMine);
    }
}
