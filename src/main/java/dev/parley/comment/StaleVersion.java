package dev.parley.comment;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;
import java.util.Map;

/** The comment is no longer what the caller saw. Carries how it stands now. */
public final class StaleVersion extends Problem {

    private final CommentState present;

    public StaleVersion(CommentState present) {
        super(
                ProblemType.STALE_VERSION,
                "It is now at revision %d, state %d".formatted(present.revision(), present.stateVersion()));
        this.present = present;
    }

    @Override
    public Map<String, Object> members() {
        return Map.of(
                "present",
                Map.of(
                        "id", present.id(),
                        "status", present.status(),
                        "revision", present.revision(),
                        "stateVersion", present.stateVersion()));
    }
}
