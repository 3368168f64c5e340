package dev.parley.scoring;

import org.jspecify.annotations.Nullable;

/** There is no score: whoever asked must treat the text as not judged, never as harmless. */
public sealed class ScoringUnavailable extends RuntimeException permits NotInTime {
    private static final long serialVersionUID = 1L;

    ScoringUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
