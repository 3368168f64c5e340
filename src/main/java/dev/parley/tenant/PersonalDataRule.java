package dev.parley.tenant;

/** What happens to email addresses and phone numbers that readers type into comments. */
public enum PersonalDataRule {
    /** A mark is stored in their place; what was there is not kept. */
    MASK,
    /** The comment is stored as written and waits for a moderator. */
    HOLD,
    /** Nothing. */
    LEAVE
}
