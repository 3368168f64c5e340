package dev.parley.policy;

/** What a rule does where it holds; the strictest of all rules that hold wins. */
public enum RuleAction {
    /** Lifts what scores, links, watched words, the language or a mode would hold; nothing else. */
    PUBLISH,
    HOLD,
    REJECT
}
