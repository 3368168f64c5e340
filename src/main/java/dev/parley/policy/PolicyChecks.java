package dev.parley.policy;

import dev.parley.platform.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a draft, while it is written. Keeps nothing. */
@ApplicationScoped
class PolicyChecks {

    /** What was found, and what conditions may ask for and use. */
    record Checked(
            boolean valid, List<Fault> errors, List<Variable> variables, List<RuleLanguage.Described> functions) {}

    /**
     * One fault.
     *
     * @param rule index of its rule; null if it is of something else
     * @param line in the rule's condition, from 1; null if it is of the whole rule
     * @param column from 1; null with the line
     */
    record Fault(@Nullable Integer rule, @Nullable Integer line, @Nullable Integer column, String message) {}

    /**
     * @param type {@code bool}, {@code int}, {@code double}, {@code string} or {@code list(string)}
     */
    record Variable(String name, String type, String about) {}

    private static final List<Variable> VARIABLES =
            RuleFacts.ALL.stream().map(fact -> new Variable(fact.name(), fact.typeName(), fact.about())).toList();

    private final Validator validator;

    PolicyChecks(Validator validator) {
        this.validator = validator;
    }

    Checked check(PolicyDocument document) {
        var faults = new ArrayList<Fault>();
        for (var violation : validator.validate(document)) {
            faults.add(fault(violation));
        }
        if (faults.isEmpty()) {
            faults.addAll(contradictions(document));
        }
        faults.addAll(conditions(document));
        faults.sort(Comparator.comparingInt(fault -> fault.rule() == null ? -1 : fault.rule()));
        return new Checked(faults.isEmpty(), faults, VARIABLES, RuleLanguage.FUNCTIONS);
    }

    private static List<Fault> contradictions(PolicyDocument document) {
        var faults = new ArrayList<Fault>();
        try {
            document.checkSettings();
        } catch (InvalidInput e) {
            e.violations().forEach(v -> faults.add(new Fault(null, null, null, v.field() + " " + v.detail())));
        }
        var names = new HashSet<String>();
        var rules = document.rules() == null ? List.<Rule>of() : document.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (!names.add(rules.get(i).name())) {
                faults.add(new Fault(i, null, null, "name " + PolicyDocument.NAMED_TWICE));
            }
        }
        return faults;
    }

    /** What is wrong with conditions, and only with them: a name may still be missing. */
    private static List<Fault> conditions(PolicyDocument document) {
        var faults = new ArrayList<Fault>();
        var rules = document.rules() == null ? List.<@Nullable Rule>of() : document.rules();
        for (int i = 0; i < rules.size() && i < PolicyDocument.MOST_RULES; i++) {
            var rule = rules.get(i);
            if (rule != null && rule.when() != null && !rule.when().isBlank()) {
                for (var fault : RuleLanguage.faults(rule.when())) {
                    faults.add(new Fault(i, fault.line(), fault.column(), fault.message()));
                }
            }
        }
        return faults;
    }

    private static Fault fault(ConstraintViolation<PolicyDocument> violation) {
        @Nullable Integer rule = null;
        var path = new StringBuilder("document");
        boolean inRules = false;
        for (Path.Node node : violation.getPropertyPath()) {
            inRules |= "rules".equals(node.getName());
            if (inRules && node.getIndex() != null) {
                rule = node.getIndex();
                path.setLength(0);
            }
            if (node.getName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        return new Fault(rule, null, null, (path + " " + violation.getMessage()).strip());
    }
}
