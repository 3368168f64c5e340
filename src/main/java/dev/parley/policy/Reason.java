package dev.parley.policy;

/**
 * One cause of a decision.
 *
 * @param detail for staff: the score and the threshold, the word, the number of links
 */
public record Reason(ReasonCode code, String detail) {}
