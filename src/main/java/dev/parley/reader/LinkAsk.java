package dev.parley.reader;

import org.jspecify.annotations.Nullable;

/**
 * A reader asks for a link.
 *
 * @param site key of the site
 * @param email where the link is to be mailed, should anybody have written at it
 */
public record LinkAsk(@Nullable String site, @Nullable String email) {

    /** Prints nothing that a person typed: this record holds an address in the clear. */
    @Override
    public String toString() {
        return "LinkAsk[…]";
    }
}
