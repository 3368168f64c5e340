package dev.parley.interop;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts to be scored.
 *
 * @param attributes such as {@code toxicity}; null or empty for all
 * @param explain whether the words that drove each score are wanted; null for no
 */
record ScoresRequest(
        @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid TextToScore> texts,
        @Nullable @Size(max = 50) List<@NotNull @Size(max = 50) String> attributes,
        @Nullable Boolean explain) {

    /**
     * One of them.
     *
     * @param id what the caller calls it, given back in the answer; null for nothing
     * @param text up to 10,000 code points
     * @param language ISO 639-1: what a text too short to tell is taken for; null for the language of the tenant's
     *     sites
     */
    record TextToScore(
            @Nullable @Size(max = 128) String id,
            @NotNull String text,
            @Nullable @Pattern(regexp = "[a-z]{2,3}", message = "must be an ISO 639-1 code") String language) {

        /** Prints no text. */
        @Override
        public String toString() {
            return "TextToScore[…]";
        }
    }
}
