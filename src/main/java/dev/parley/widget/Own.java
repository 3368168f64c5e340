package dev.parley.widget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What its writer may still do with a comment.
 *
 * @param token entitles to change it and to take it back; a secret of this answer
 * @param reader entitles to be the same commenter again; for the script to keep if the reader wants to be remembered,
 *     null where it was told already
 * @param until when that ends
 */
record Own(String id, String token, @Nullable String reader, Instant until) {

    @Override
    public String toString() {
        return "Own[" + id + "]"; // the tokens are secrets
    }
}
