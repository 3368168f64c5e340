package dev.parley.scoring;

/** The models could not be loaded: whoever asked must treat the text as not judged, never as harmless. */
public final class ScoringUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScoringUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
