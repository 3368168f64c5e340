package dev.parley.policy;

import static dev.cel.checker.CelStandardDeclarations.StandardFunction;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.parley.policy.RuleFacts.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Conditions in CEL, the Common Expression Language: compiled once, checked against {@link RuleFacts}, asked any number
 * of times. No loops, no macro but {@code has}, no time, no made objects; a pattern is a literal that RE2 matches in
 * linear time. So what a condition costs is bound by its length. See ADR 0014.
 */
final class RuleLanguage {

    static final int MOST_CHARACTERS = 1_000;
    static final int MOST_PATTERN_CHARACTERS = 100;

    /** How often counted repetitions of a pattern may multiply: its program grows with that. */
    private static final int MOST_REPETITIONS = 100;

    /** Nodes and levels of a syntax tree; a condition of a dozen comparisons has some sixty nodes. */
    private static final int MOST_NODES = 300;

    private static final int MOST_LEVELS = 32;

    /** Compiled conditions of all tenants, a few kilobytes each. */
    private static final int MOST_KEPT = 2_000;

    private static final java.util.regex.Pattern COUNTED = java.util.regex.Pattern.compile("\\{(\\d*),?(\\d*)}");

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(MOST_CHARACTERS)
                    .maxParseExpressionNodeCount(MOST_NODES)
                    .maxParseRecursionDepth(MOST_LEVELS)
                    .maxParseErrorRecoveryLimit(3)
                    .maxRegexProgramSize(MOST_REPETITIONS * MOST_PATTERN_CHARACTERS)
                    .enableHeterogeneousNumericComparisons(true)
                    .enableComprehension(false)
                    .build();

    /** A function as admins read of it. */
    record Described(String name, String about) {}

    static final List<Described> FUNCTIONS =
            List.of(
                    new Described(
                            "a && b, a || b, !a",
                            "And, or, not. What decides alone is enough: the other may be unknown"),
                    new Described("==  !=  <  <=  >  >=", "Comparisons"),
                    new Described("+  -  *  /  %", "Arithmetic"),
                    new Described("c ? a : b", "If c then a, else b"),
                    new Described("x in list", "Whether a list holds it: 'bit.ly' in signals.linkHosts"),
                    new Described("list[0]", "The first of a list"),
                    new Described("has(scores.threat)", "Whether something is known"),
                    new Described("size(x)", "How many elements or characters"),
                    new Described("text.startsWith('a'), text.endsWith('z'), text.contains('m')", "Parts of a text"),
                    new Described(
                            "text.matches('^[a-z]+$')",
                            "Whether a pattern (RE2, at most 100 characters) is found in a text"),
                    new Described("int(x), double(x), string(x)", "Conversions"));

    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    /** What became of a condition; stored ones that are no longer valid have no program. */
    private record Compiled(Optional<CelRuntime.Program> program, List<RuleFault> faults) {}

    private static final LoadingCache<String, Compiled> COMPILED =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build(RuleLanguage::compile);

    private RuleLanguage() {}

    /** Everything that is wrong with a condition; empty if it can be asked. */
    static List<RuleFault> faults(String when) {
        return compile(when).faults(); // not kept: while somebody types, each letter makes another one
    }

    /**
     * Whether a condition holds.
     *
     * @param facts from {@link RuleFacts#of}
     * @return empty if it can't be decided: something it needs is not known, fails, or it is no condition
     */
    static Optional<Boolean> holds(String when, Map<String, Object> facts) {
        var program = COMPILED.get(when).program();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        try {
            return program.get().eval(facts) instanceof Boolean holds ? Optional.of(holds) : Optional.empty();
        } catch (CelEvaluationException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // whatever fails in a library must hold a comment, not lose it
        }
    }

    private static Compiled compile(String when) {
        try {
            var tree = COMPILER.compile(when).getAst();
            var faults = inspect(tree);
            return faults.isEmpty()
                    ? new Compiled(Optional.of(RUNTIME.createProgram(tree)), List.of())
                    : new Compiled(Optional.empty(), faults);
        } catch (CelValidationException e) {
            return faulty(e.getErrors().stream().map(RuleLanguage::fault).distinct().toList());
        } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
            return faulty(List.of(new RuleFault(null, null, "can't be understood")));
        }
    }

    private static Compiled faulty(List<RuleFault> faults) {
        return new Compiled(Optional.empty(), faults);
    }

    private static RuleFault fault(CelIssue issue) {
        var at = issue.getSourceLocation();
        var message = issue.getMessage().replaceAll(" \\(candidates: .*", "").replace(" (in container '')", "").strip();
        return at.getLine() < 1
                ? new RuleFault(null, null, message)
                : new RuleFault(at.getLine(), Math.max(0, at.getColumn()) + 1, message);
    }

    /** What the type checker lets pass. */
    private static List<RuleFault> inspect(CelAbstractSyntaxTree tree) {
        var faults = new ArrayList<RuleFault>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .forEach(node -> {
                    switch (node.getKind()) {
                        case STRUCT, MAP -> faults.add(at(tree, node, "no objects can be made"));
                        case COMPREHENSION, NOT_SET -> faults.add(at(tree, node, "can't be asked"));
                        case CALL -> {
                            if (node.expr().call().function().equals("matches")) {
                                pattern(node.expr()).ifPresent(message -> faults.add(at(tree, node, message)));
                            }
                        }
                        case CONSTANT, IDENT, SELECT, LIST -> {}
                    }
                });
        return faults;
    }

    private static RuleFault at(CelAbstractSyntaxTree tree, CelNavigableExpr node, String message) {
        return tree.getSource()
                .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(node.id(), 0))
                .map(at -> new RuleFault(at.getLine(), at.getColumn() + 1, message))
                .orElse(new RuleFault(null, null, message));
    }

    /** What is wrong with a pattern; its matching is linear, but its making is not bound by its length alone. */
    private static Optional<String> pattern(CelExpr matches) {
        var given = matches.call().args().getLast();
        if (given.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || given.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return Optional.of("a pattern must be written out in quotes");
        }
        var pattern = given.constant().stringValue();
        if (pattern.length() > MOST_PATTERN_CHARACTERS) {
            return Optional.of("a pattern has at most " + MOST_PATTERN_CHARACTERS + " characters");
        }
        long repetitions = 1;
        var counts = COUNTED.matcher(pattern);
        while (counts.find() && repetitions <= MOST_REPETITIONS) {
            repetitions *= Math.max(1, Math.max(number(counts.group(1)), number(counts.group(2))));
        }
        if (repetitions > MOST_REPETITIONS) {
            return Optional.of("counted repetitions of a pattern multiply to at most " + MOST_REPETITIONS);
        }
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("no pattern: " + e.getDescription());
        }
    }

    /** Of digits; what is too large for any count is so here too. */
    private static int number(String digits) {
        return digits.isEmpty() ? 0 : digits.length() > 4 ? MOST_REPETITIONS + 1 : Integer.parseInt(digits);
    }

    private static CelCompiler compiler() {
        var groups =
                RuleFacts.ALL.stream()
                        .filter(fact -> !fact.group().isEmpty())
                        .collect(Collectors.groupingBy(Fact::group));
        var types =
                groups.entrySet().stream()
                        .collect(ImmutableMap.toImmutableMap(e -> e.getKey(), e -> type(e.getKey(), e.getValue())));
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.HAS)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardDeclarations(
                                CelStandardDeclarations.newBuilder()
                                        .includeFunctions(
                                                StandardFunction.LOGICAL_AND,
                                                StandardFunction.LOGICAL_OR,
                                                StandardFunction.LOGICAL_NOT,
                                                StandardFunction.CONDITIONAL,
                                                StandardFunction.EQUALS,
                                                StandardFunction.NOT_EQUALS,
                                                StandardFunction.LESS,
                                                StandardFunction.LESS_EQUALS,
                                                StandardFunction.GREATER,
                                                StandardFunction.GREATER_EQUALS,
                                                StandardFunction.ADD,
                                                StandardFunction.SUBTRACT,
                                                StandardFunction.MULTIPLY,
                                                StandardFunction.DIVIDE,
                                                StandardFunction.MODULO,
                                                StandardFunction.NEGATE,
                                                StandardFunction.IN,
                                                StandardFunction.INDEX,
                                                StandardFunction.SIZE,
                                                StandardFunction.STARTS_WITH,
                                                StandardFunction.ENDS_WITH,
                                                StandardFunction.CONTAINS,
                                                StandardFunction.MATCHES,
                                                StandardFunction.INT,
                                                StandardFunction.DOUBLE,
                                                StandardFunction.STRING)
                                        .build())
                        .setTypeProvider(new Groups(types))
                        .setResultType(SimpleType.BOOL);
        types.keySet().forEach(name -> builder.addVar(name, StructTypeReference.create(name)));
        RuleFacts.ALL.stream()
                .filter(fact -> fact.group().isEmpty())
                .forEach(fact -> builder.addVar(fact.name(), fact.type()));
        return builder.build();
    }

    private static StructType type(String group, List<Fact> facts) {
        var fields = facts.stream().collect(ImmutableMap.toImmutableMap(Fact::field, Fact::type));
        return StructType.create(group, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /** Makes known what stands before a dot, so that a fact's name that is none is told as such. */
    private record Groups(ImmutableMap<String, StructType> byName) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableSet.copyOf(byName.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }
}
