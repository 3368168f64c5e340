package dev.parley.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What a policy's rules say of a comment: all are asked. One that can't be decided holds.
 *
 * @param publishing reasons to publish, in the order of the rules
 */
record Rules(List<Reason> rejecting, List<Reason> holding, List<Reason> publishing) {

    private static final Rules SILENT = new Rules(List.of(), List.of(), List.of());

    static Rules ask(List<Rule> rules, Case comment) {
        if (rules.isEmpty()) {
            return SILENT;
        }
        var facts = RuleFacts.of(comment);
        var said = new Rules(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var rule : rules) {
            var holds = RuleLanguage.holds(rule.when(), facts);
            if (holds.isEmpty()) {
                said.holding.add(new Reason(ReasonCode.RULE, "rule “%s” could not be decided".formatted(rule.name())));
            } else if (holds.get()) {
                said.of(rule.then()).add(new Reason(ReasonCode.RULE, told(rule)));
            }
        }
        return said;
    }

    private List<Reason> of(RuleAction then) {
        return switch (then) {
            case PUBLISH -> publishing;
            case HOLD -> holding;
            case REJECT -> rejecting;
        };
    }

    private static String told(Rule rule) {
        return rule.reason() == null || rule.reason().isBlank()
                ? "rule “%s”".formatted(rule.name())
                : "rule “%s”: %s".formatted(rule.name(), rule.reason().strip());
    }
}
