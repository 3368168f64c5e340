package dev.parley.comment;

/**
 * What a commenter may be trusted with. Only what came after they proved their address counts: before that, anybody
 * could have written in their name.
 *
 * @param proven whether they used a link that was mailed to their address
 * @param approved how many of their newest thousand comments stand published
 * @param rejected how many of those are rejected
 * @param first whether there is no other comment of theirs
 */
public record CommenterStanding(boolean proven, int approved, int rejected, boolean first) {

    /** Of whoever proved nothing. */
    public static final CommenterStanding UNPROVEN = new CommenterStanding(false, 0, 0, true);
}
