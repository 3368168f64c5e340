package dev.parley.moderation;

import dev.parley.policy.Reason;
import java.util.List;

/**
 * A policy's decision as it is kept with a revision.
 *
 * @param outcome {@code PUBLISH}, {@code HOLD} or {@code REJECT}
 * @param risk 0 to 1; only of what was held
 * @param policies versions it was made by, such as {@code TENANT 3}
 */
public record Judgement(String outcome, double risk, List<Reason> reasons, List<String> policies) {}
