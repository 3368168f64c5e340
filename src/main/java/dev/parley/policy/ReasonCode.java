package dev.parley.policy;

/**
 * Why a comment is held or rejected. Staff sees the code and its detail; the commenter sees {@link #publicCode} and
 * {@link #publicText}, which say no more than they should: a ban reads as any other review.
 */
public enum ReasonCode {
    ADDRESS_BANNED(Shown.REVIEW),
    /** The tenant publishes only what was written at a proven address. */
    ADDRESS_UNPROVEN(Shown.ADDRESS),
    BANNED_WORD(Shown.WORDS),
    /** Readers reported it. Never a reason of a policy, only of the queue. */
    FLAGGED(Shown.REVIEW),
    HOLD_FIRST(Shown.REVIEW),
    IDENTITY_ATTACK(Shown.TOXICITY),
    INSULT(Shown.TOXICITY),
    LANGUAGE(Shown.REVIEW),
    LINKS(Shown.LINKS),
    NAME(Shown.NAME),
    PERSONAL_DATA(Shown.PERSONAL_DATA),
    PROFANITY(Shown.TOXICITY),
    REPEAT(Shown.REPEAT),
    ROBOT(Shown.REVIEW),
    /** A rule of the policy says so, or could not be decided. */
    RULE(Shown.REVIEW),
    SEVERE_TOXICITY(Shown.TOXICITY),
    SPAM(Shown.SPAM),
    SUSPECT_WORD(Shown.WORDS),
    THREAT(Shown.TOXICITY),
    TOXICITY(Shown.TOXICITY),
    UNSCORED(Shown.REVIEW);

    private enum Shown {
        ADDRESS("The address has to be confirmed by the link in the mail first."),
        LINKS("It contains links."),
        NAME("The name looks like one of our staff's."),
        PERSONAL_DATA("It contains an email address or a phone number."),
        REPEAT("The same text was sent before."),
        REVIEW("A moderator reads comments like this before they appear."),
        SPAM("It reads like advertising."),
        TOXICITY("It reads as hostile or insulting."),
        WORDS("It contains words that are looked at first.");

        private final String text;

        Shown(String text) {
            this.text = text;
        }
    }

    private final Shown shown;

    ReasonCode(Shown shown) {
        this.shown = shown;
    }

    public String publicCode() {
        return shown.name();
    }

    public String publicText() {
        return shown.text;
    }

    /** Whether a score for how the text treats people says so. Not advertising, and nothing but the text. */
    boolean isHostility() {
        return shown == Shown.TOXICITY;
    }

    static ReasonCode ofAttribute(String attribute) {
        return valueOf(attribute.toUpperCase(java.util.Locale.ROOT));
    }
}
