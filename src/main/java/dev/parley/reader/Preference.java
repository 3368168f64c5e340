package dev.parley.reader;

/**
 * What a commenter is to be mailed.
 *
 * @param proven whether the address is known to be theirs; before that only the mail that proves it may go out
 * @param mails false once they switched mails off
 */
public record Preference(boolean proven, boolean mails) {

    /** Of somebody who is not here, or was erased. */
    static final Preference NONE = new Preference(false, false);
}
