package dev.parley.delivery;

/**
 * A mail was not sent. Holds no message and no cause: a server's words repeat the recipient, and so would a log of
 * them.
 */
public final class NotSent extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the sender does next. */
    enum Kind {
        /** The server said that it will never take this mail. */
        REFUSED,
        /** The server said that it does not take this mail now. */
        PUT_OFF,
        /** There was no answer: no other mail will get through either. */
        UNREACHABLE
    }

    private final Kind kind;

    NotSent(Kind kind, String error) {
        super(error, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** Name of a class or a reply code, for log and table. */
    String error() {
        return String.valueOf(getMessage());
    }
}
