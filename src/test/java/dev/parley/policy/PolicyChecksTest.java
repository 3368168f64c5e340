package dev.parley.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.InvalidInput;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Drafts are told all that is wrong with them, each at its rule. */
class PolicyChecksTest {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

    private final PolicyChecks checks = new PolicyChecks(VALIDATORS.getValidator());

    @AfterAll
    static void close() {
        VALIDATORS.close();
    }

    @Test
    void a_draft_without_faults_is_valid_and_the_names_are_told() {
        var checked = checks.check(draft(new Rule("Links", "signals.links > 2", RuleAction.HOLD, null)));

        assertThat(checked.valid()).isTrue();
        assertThat(checked.errors()).isEmpty();
        assertThat(checked.variables())
                .extracting(PolicyChecks.Variable::name)
                .contains("scores.toxicity", "commenter.approvedCount", "signals.length", "site");
        assertThat(checked.variables())
                .extracting(PolicyChecks.Variable::type)
                .containsOnly("bool", "int", "double", "string", "list(string)");
        assertThat(checked.functions()).isNotEmpty();
    }

    @Test
    void every_fault_is_told_at_its_rule() {
        var checked =
                checks.check(
                        draft(
                                new Rule("Fine", "scored", RuleAction.HOLD, null),
                                new Rule("", "site == 'a' &&\n site > 1", RuleAction.HOLD, null),
                                new Rule("Long", " ".repeat(1001), RuleAction.HOLD, null)));

        assertThat(checked.valid()).isFalse();
        assertThat(checked.errors()).extracting(PolicyChecks.Fault::rule).containsOnly(1, 2);
        assertThat(checked.errors())
                .anySatisfy(fault -> {
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.column()).isEqualTo(7);
                })
                .anySatisfy(fault -> assertThat(fault.message()).startsWith("name "));
        assertThat(checks.check(draft((Rule) null)).valid()).isFalse();
    }

    @Test
    void two_rules_of_one_name_and_thresholds_the_wrong_way_round_are_faults() {
        var rule = new Rule("Twice", "scored", RuleAction.HOLD, null);
        var document =
                new PolicyDocument(
                        null,
                        null,
                        Map.of("toxicity", new Threshold(.9, .1)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(rule, rule));

        assertThat(checks.check(document).errors()).extracting(PolicyChecks.Fault::rule).containsExactly(null, 1);
        assertThatThrownBy(document::check)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e ->
                                assertThat(e.violations())
                                        .extracting(InvalidInput.Violation::field)
                                        .containsExactly("document.thresholds.toxicity", "document.rules[1].name"));
    }

    @Test
    void what_is_saved_is_checked_as_well() {
        assertThatThrownBy(() -> draft(new Rule("No", "scores.toxcity > 1", RuleAction.PUBLISH, null)).check())
                .isInstanceOf(InvalidInput.class)
                .hasMessage("document.rules[0].when is no valid condition (line 1, column 7)");
    }

    private static PolicyDocument draft(Rule... rules) {
        return new PolicyDocument(null, null, null, null, null, null, null, null, null, Arrays.asList(rules));
    }
}
