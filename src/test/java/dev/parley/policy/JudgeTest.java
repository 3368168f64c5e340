package dev.parley.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.article.ArticleView;
import dev.parley.comment.CommenterStanding;
import dev.parley.scoring.Score;
import dev.parley.scoring.Scores;
import dev.parley.tenant.PersonalDataRule;
import dev.parley.text.Normaliser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What rules do to a decision, and what they can't. */
class JudgeTest {

    private static final Rule TRUST = new Rule("Trust", "true", RuleAction.PUBLISH, null);

    private final UUID id = UUID.randomUUID();

    @Test
    void a_rule_publishes_in_spite_of_what_the_text_says() {
        var policy = policy(Mode.HOLD_FIRST, List.of("ferry"), TRUST);

        var decision = Judge.judge(of(scores(.9), signals("a.example"), false), policy);

        assertThat(decision).isEqualTo(new Decision.Publish(List.of(new Reason(ReasonCode.RULE, "rule “Trust”"))));
        assertThat(
                        codes(
                                Judge.judge(
                                        of(scores(.9), signals("a.example"), false),
                                        policy(Mode.HOLD_FIRST, List.of("ferry")))))
                .containsExactly(ReasonCode.TOXICITY, ReasonCode.SUSPECT_WORD, ReasonCode.LINKS, ReasonCode.HOLD_FIRST);
        var foreign = new Scores("sw", false, Map.of());
        assertThat(Judge.judge(of(foreign, signals(), false), policy(Mode.PUBLISH_FIRST, List.of(), TRUST)))
                .isInstanceOf(Decision.Publish.class);
    }

    @Test
    void a_rule_that_publishes_changes_nothing_where_nothing_is_held() {
        assertThat(Judge.judge(of(scores(.1), signals(), false), policy(Mode.PUBLISH_FIRST, List.of(), TRUST)))
                .isEqualTo(new Decision.Publish(List.of()));
    }

    @Test
    void no_rule_lifts_who_sent_it_and_how_or_what_is_not_known() {
        var all = new Signals(List.of(), true, true, 2, true, PersonalDataRule.HOLD, false, null);
        var strict =
                new EffectivePolicy(
                        Mode.PUBLISH_FIRST,
                        Map.of(),
                        0,
                        List.of(),
                        List.of(),
                        true,
                        true,
                        true,
                        List.of(TRUST),
                        List.of());

        assertThat(codes(Judge.judge(of(null, all, false), strict)))
                .containsExactlyInAnyOrder(
                        ReasonCode.UNSCORED,
                        ReasonCode.PERSONAL_DATA,
                        ReasonCode.NAME,
                        ReasonCode.REPEAT,
                        ReasonCode.ROBOT,
                        ReasonCode.ADDRESS_BANNED,
                        ReasonCode.ADDRESS_UNPROVEN);
        assertThat(Judge.judge(of(scores(.1), signals(), false), policy(Mode.CLOSED, List.of(), TRUST)))
                .isInstanceOf(Decision.Hold.class);
        var banned =
                new EffectivePolicy(
                        Mode.PUBLISH_FIRST,
                        Map.of("toxicity", new Threshold(.5, .8)),
                        0,
                        List.of(),
                        List.of(),
                        true,
                        true,
                        false,
                        List.of(TRUST),
                        List.of());
        assertThat(Judge.judge(of(scores(.9), signals(), false), banned)).isInstanceOf(Decision.Reject.class);
    }

    @Test
    void a_text_reads_as_hostile_by_its_scores_for_that_alone() {
        var policy =
                policy(Mode.HOLD_FIRST, List.of("ferry"), TRUST, new Rule("Away", "true", RuleAction.REJECT, null));
        assertThat(Judge.readsAsHostile(scores(.5), policy)).isTrue();
        assertThat(Judge.readsAsHostile(scores(.49), policy)).isFalse();
        assertThat(Judge.readsAsHostile(null, policy)).isFalse();
        assertThat(Judge.readsAsHostile(new Scores("sw", false, Map.of()), policy)).isFalse();

        for (var attribute : PolicyDocument.ATTRIBUTES) {
            var scores = new Scores("en", true, Map.of(attribute, new Score(attribute, .9, "m", List.of())));
            for (var threshold : List.of(new Threshold(.8, null), new Threshold(null, .9))) {
                var strict =
                        new EffectivePolicy(
                                Mode.PUBLISH_FIRST,
                                Map.of(attribute, threshold),
                                0,
                                List.of(),
                                List.of(),
                                true,
                                true,
                                false,
                                List.of(),
                                List.of());
                assertThat(Judge.readsAsHostile(scores, strict)).as(attribute).isEqualTo(!attribute.equals("spam"));
            }
        }
    }

    @Test
    void the_strictest_rule_wins_and_tells_why() {
        var hold = new Rule("Look", "scores.toxicity > 0.05", RuleAction.HOLD, "as agreed");
        var reject = new Rule("Away", "signals.links == 0", RuleAction.REJECT, null);
        var never = new Rule("Never", "site == 'herald'", RuleAction.REJECT, null);

        assertThat(
                        Judge.judge(
                                of(scores(.1), signals(), false),
                                policy(Mode.PUBLISH_FIRST, List.of(), TRUST, hold, never)))
                .isEqualTo(new Decision.Hold(.1, List.of(new Reason(ReasonCode.RULE, "rule “Look”: as agreed"))));
        assertThat(
                        Judge.judge(
                                of(scores(.1), signals(), false),
                                policy(Mode.PUBLISH_FIRST, List.of(), TRUST, hold, reject)))
                .isEqualTo(
                        new Decision.Reject(
                                List.of(
                                        new Reason(ReasonCode.RULE, "rule “Away”"),
                                        new Reason(ReasonCode.RULE, "rule “Look”: as agreed"))));
    }

    @Test
    void what_is_not_known_holds_whatever_the_rule_would_do() {
        for (var then : RuleAction.values()) {
            for (var when : List.of("scores.threat > 0.9", "commenter.approvedCount > 3", "no longer a condition")) {
                var rule = new Rule("Unsure", when, then, null);
                assertThat(
                                Judge.judge(
                                        of(scores(.1), signals(), false),
                                        policy(Mode.PUBLISH_FIRST, List.of(), TRUST, rule)))
                        .as("%s %s", then, when)
                        .isEqualTo(
                                new Decision.Hold(
                                        .1,
                                        List.of(new Reason(ReasonCode.RULE, "rule “Unsure” could not be decided"))));
            }
        }
    }

    @Test
    void categories_that_a_reader_claimed_decide_nothing() {
        var rule = new Rule("Trust sports", "'sports' in article.categories", RuleAction.PUBLISH, null);
        var policy = policy(Mode.HOLD_FIRST, List.of(), rule);

        assertThat(Judge.judge(of(scores(.1), signals(), false), policy)).isInstanceOf(Decision.Publish.class);
        assertThat(codes(Judge.judge(of(scores(.1), signals(), true), policy)))
                .containsExactlyInAnyOrder(ReasonCode.RULE, ReasonCode.HOLD_FIRST);
    }

    @Test
    void standing_is_that_of_the_commenter() {
        var rule =
                new Rule(
                        "Regulars",
                        "commenter.approvedCount >= 10 && !commenter.firstComment",
                        RuleAction.PUBLISH,
                        null);
        var policy = policy(Mode.HOLD_FIRST, List.of(), rule);
        var regular =
                new Signals(List.of(), false, false, 0, false, null, true, new CommenterStanding(true, 10, 0, false));
        var fresh = new Signals(List.of(), false, false, 0, false, null, false, CommenterStanding.UNPROVEN);

        assertThat(Judge.judge(of(scores(.9), regular, false), policy)).isInstanceOf(Decision.Publish.class);
        assertThat(codes(Judge.judge(of(scores(.1), fresh, false), policy))).containsExactly(ReasonCode.HOLD_FIRST);
    }

    @Test
    void of_several_categories_a_rule_publishes_only_if_all_have_it() {
        var own = new Rule("Own", "false", RuleAction.HOLD, null);
        var merged = policy(Mode.PUBLISH_FIRST, List.of(), TRUST, own).strictest(policy(Mode.PUBLISH_FIRST, List.of()));

        assertThat(merged.rules()).containsExactly(own);
        assertThat(policy(Mode.CLOSED, List.of(), TRUST).strictest(policy(Mode.CLOSED, List.of(), TRUST, own)).rules())
                .containsExactly(TRUST, own);
    }

    @Test
    void each_attribute_that_policies_know_can_be_asked_for() {
        assertThat(RuleFacts.ALL.stream().map(RuleFacts.Fact::name).filter(name -> name.startsWith("scores.")))
                .containsExactlyInAnyOrderElementsOf(
                        PolicyDocument.ATTRIBUTES.stream().map(name -> "scores." + name).toList());
    }

    @Test
    void premoderation_holds_first_and_reads_by_the_thresholds_of_balanced() {
        var document = new PolicyDocument(null, Preset.PREMODERATE, null, null, null, null, null, null, null, null);

        var policy = document.over(Preset.BALANCED.policy(), "TENANT 1");

        assertThat(policy.mode()).isEqualTo(Mode.HOLD_FIRST);
        assertThat(policy.thresholds()).isEqualTo(Preset.BALANCED.policy().thresholds());
    }

    private static List<ReasonCode> codes(Decision decision) {
        return decision.reasons().stream().map(Reason::code).toList();
    }

    private static EffectivePolicy policy(Mode mode, List<String> suspect, Rule... rules) {
        return new EffectivePolicy(
                mode,
                Map.of("toxicity", new Threshold(.5, null)),
                0,
                List.of(),
                suspect,
                true,
                true,
                false,
                Arrays.asList(rules),
                List.of("TENANT 1"));
    }

    private static Scores scores(double toxicity) {
        return new Scores("en", true, Map.of("toxicity", new Score("toxicity", toxicity, "m", List.of())));
    }

    private static Signals signals(String... hosts) {
        return new Signals(List.of(hosts), false, false, 0, false, null, true, null);
    }

    private Case of(@Nullable Scores scores, Signals signals, boolean provisional) {
        var body = "The ferry was late again.";
        var article =
                new ArticleView(
                        id, id, "ferry", null, null, List.of(), List.of("sports"), null, provisional, true, 0, 0);
        return new Case(body, Normaliser.normalise(body), scores, signals, article, "gazette");
    }
}
