package dev.parley.training;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text with what people said of it.
 *
 * @param text without email addresses and phone numbers
 * @param language ISO 639-1, or {@code und}
 * @param scores the suggested probability, 0 to 1, by attribute such as {@code toxicity}
 * @param clientToken what its sender calls it; null if it was not said, or held personal data
 */
public record LabelView(
        UUID id,
        String text,
        String language,
        Map<String, Double> scores,
        @Nullable String clientToken,
        Instant createdAt,
        Instant changedAt) {

    /** Prints no text. */
    @Override
    public String toString() {
        return "LabelView[" + id + "]";
    }
}
