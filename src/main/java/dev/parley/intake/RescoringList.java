package dev.parley.intake;

import java.util.List;

/**
 * How scoring does, and the jobs that score again.
 *
 * @param breaker {@code CLOSED} if comments are scored; {@code OPEN} if they are held unscored
 * @param unscored how many comments wait for a score, without those that were given up
 * @param items newest first, at most 50
 */
public record RescoringList(String breaker, int unscored, List<RescoringView> items) {}
