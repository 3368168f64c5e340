package dev.parley.policy;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/**
 * From which score on a comment is held, and from which it is rejected; null: never.
 *
 * @param hold 0 to 1
 * @param reject 0 to 1, not below {@code hold}
 */
public record Threshold(
        @Nullable @DecimalMin("0") @DecimalMax("1") Double hold,
        @Nullable @DecimalMin("0") @DecimalMax("1") Double reject) {

    Threshold strictest(Threshold other) {
        return new Threshold(lower(hold, other.hold), lower(reject, other.reject));
    }

    private static @Nullable Double lower(@Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Double.valueOf(Math.min(a, b));
    }
}
