package dev.parley.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.InvalidInput.Violation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy as a tenant writes it. What is left out comes from the wider scope, in the end from the preset.
 *
 * @param preset thresholds to start from; resets what wider scopes say of thresholds and links, and {@code PREMODERATE}
 *     what they say of the mode
 * @param thresholds by attribute, such as {@code toxicity}
 * @param maxLinks more links than this hold a comment
 * @param bannedWords words and phrases that reject a comment, in whatever disguise
 * @param suspectWords words and phrases that hold it
 * @param holdUnscoredLanguages whether comments in a language without a model are held
 * @param requireProof whether a comment waits until the link that is mailed to its address was used
 * @param holdUnscored whether comments are held that could not be scored because the scorer failed
 * @param rules conditions for what the rest can't say; names are unique
 */
public record PolicyDocument(
        @Nullable Mode mode,
        @Nullable Preset preset,
        @Nullable @Size(max = 20) Map<@NotNull String, @NotNull @Valid Threshold> thresholds,
        @Nullable @Min(0) @Max(100) Integer maxLinks,
        @Nullable @Size(max = 2000) List<@NotNull @Size(min = 1, max = 100) String> bannedWords,
        @Nullable @Size(max = 2000) List<@NotNull @Size(min = 1, max = 100) String> suspectWords,
        @Nullable Boolean holdUnscoredLanguages,
        @Nullable Boolean requireProof,
        @Nullable Boolean holdUnscored,
        @Nullable @Size(max = PolicyDocument.MOST_RULES) List<@NotNull @Valid Rule> rules) {

    static final int MOST_RULES = 50;
    static final String NAMED_TWICE = "must not be the name of another rule";

    /** What models can say; see design section 7. */
    static final Set<String> ATTRIBUTES =
            Set.of("toxicity", "severe_toxicity", "insult", "profanity", "threat", "identity_attack", "spam");

    /** A document that says nothing of its own. */
    static PolicyDocument ofMode(Mode mode) {
        return new PolicyDocument(mode, null, null, null, null, null, null, null, null, null);
    }

    /**
     * @throws InvalidInput naming every contradiction that annotations cannot see
     */
    void check() {
        var violations = contradictions();
        checkRules(violations);
        if (!violations.isEmpty()) {
            throw new InvalidInput(violations);
        }
    }

    /** As {@link #check}, without its rules. */
    void checkSettings() {
        var violations = contradictions();
        if (!violations.isEmpty()) {
            throw new InvalidInput(violations);
        }
    }

    private List<Violation> contradictions() {
        var violations = new ArrayList<Violation>();
        if (thresholds != null) {
            thresholds.forEach((attribute, threshold) -> {
                if (!ATTRIBUTES.contains(attribute)) {
                    violations.add(
                            new Violation("document.thresholds", "may name " + ATTRIBUTES.stream().sorted().toList()));
                } else if (threshold.hold() != null
                        && threshold.reject() != null
                        && threshold.hold() > threshold.reject()) {
                    violations.add(new Violation("document.thresholds." + attribute, "must not reject below hold"));
                }
            });
        }
        return violations;
    }

    private void checkRules(List<Violation> violations) {
        if (rules == null) {
            return;
        }
        var names = new HashSet<String>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var field = "document.rules[" + i + "]";
            if (!names.add(rule.name())) {
                violations.add(new Violation(field + ".name", NAMED_TWICE));
            }
            for (var fault : RuleLanguage.faults(rule.when())) {
                violations.add(new Violation(field + ".when", fault.sentence()));
            }
        }
    }

    /** This document on top of a wider scope's policy. */
    @JsonIgnore
    EffectivePolicy over(EffectivePolicy wider, String version) {
        var base = preset == null ? wider : preset.policy();
        Map<String, Threshold> merged = new HashMap<>(base.thresholds());
        if (thresholds != null) {
            merged.putAll(thresholds);
        }
        return new EffectivePolicy(
                mode != null ? mode : preset == Preset.PREMODERATE ? base.mode() : wider.mode(),
                merged,
                maxLinks == null ? base.maxLinks() : maxLinks,
                bannedWords == null ? wider.bannedWords() : bannedWords,
                suspectWords == null ? wider.suspectWords() : suspectWords,
                holdUnscored == null ? wider.holdUnscored() : holdUnscored,
                holdUnscoredLanguages == null ? wider.holdUnscoredLanguages() : holdUnscoredLanguages,
                requireProof == null ? wider.requireProof() : requireProof,
                rules == null ? wider.rules() : rules,
                EffectivePolicy.both(wider.versions(), List.of(version)));
    }
}
