package dev.parley.moderation;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;
import java.util.Map;

/** A colleague works on it. Carries who, and until when unless they go on. */
final class Claimed extends Problem {

    private final ClaimView claim;

    Claimed(ClaimView claim) {
        super(ProblemType.CLAIMED, "%s is working on it".formatted(claim.member().nameOrColleague()));
        this.claim = claim;
    }

    @Override
    public Map<String, Object> members() {
        return Map.of("claim", claim);
    }
}
