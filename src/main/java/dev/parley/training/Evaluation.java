package dev.parley.training;

import dev.parley.scoring.ModelFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges one model on texts that were scored already. */
final class Evaluation {
    /** Sources of hate only: where another label was derived from it, all their texts have it, so nothing is ranked. */
    private static final Set<String> HATE = Set.of("edos", "hatemoji");

    private static final String IDENTITY_ATTACK = "identity_attack";
    private static final String NEWS_SOURCE = "civil";

    /** Fewer of either kind give no threshold to rely on. */
    private static final int FEWEST_NATURAL = 50;

    private static final int DISGUISED = 1_000;
    private static final int LONGEST_DISGUISED = 200;
    private static final double[] THRESHOLDS = {.1, .2, .3, .4, .5, .6, .7, .8, .85, .9, .95, .98, .99, .995, .999};

    /**
     * What the sources are.
     *
     * @param unseen that no model was trained on
     * @param suite of short made-up cases, each testing one thing, also unseen
     */
    record Sources(Set<String> unseen, Set<String> suite) {}

    private final ModelFile model;
    private final String label;
    private final Sources sources;
    private final ScoredTexts texts;

    /** The texts that somebody labelled. */
    private final List<JudgedText> labelled;

    /** Of those, the ones on which the model is mainly judged. */
    private final List<JudgedText> main;

    Evaluation(ModelFile model, String label, Sources sources, ScoredTexts texts) {
        this.model = model;
        this.label = label;
        this.sources = sources;
        this.texts = texts;
        labelled = texts.of(model).stream().filter(text -> text.judged(label).isPresent()).toList();
        main = labelled.stream().filter(this::isMain).toList();
    }

    private boolean isMain(JudgedText text) {
        return !isHate(text) && !sources.unseen().contains(text.source()) && !sources.suite().contains(text.source());
    }

    private boolean isHate(JudgedText text) {
        return HATE.contains(text.source()) && !model.attribute().equals(IDENTITY_ATTACK);
    }

    /** Whether there is any text to judge it on. */
    boolean isPossible() {
        return !labelled.isEmpty();
    }

    Figures figures(int bytes) throws IOException {
        var all = judged(main);
        var natural = judged(main.stream().filter(text -> Recipe.NATURAL.contains(text.source())).toList());
        boolean onNatural = natural.positives() >= FEWEST_NATURAL && natural.negatives() >= FEWEST_NATURAL;
        var base = onNatural ? natural : all;
        double at80 = base.thresholdForRecall(Slice.RECALL);
        var identities = identities();
        return new Figures(
                model.attribute(),
                model.languages(),
                model.version(),
                bytes,
                model.calibration(),
                slices(all, natural),
                identities,
                all.hasBoth() ? Bias.weighted(all.auc(), identities) : null,
                onNatural ? Figures.NATURAL : Figures.ALL,
                at80,
                falseAlarms(at80),
                Arrays.stream(THRESHOLDS).mapToObj(base::at).toList(),
                base.bins(),
                disguises(at80),
                model.attribute().equals("spam") ? strangers() : List.of(),
                suiteAtHalf(),
                functions(),
                curves(all, natural));
    }

    private Judged judged(List<JudgedText> some) {
        return new Judged(some.stream().map(text -> text.one(label)).toList());
    }

    private List<Slice> slices(Judged all, Judged natural) {
        var slices = new ArrayList<Slice>();
        slices.add(Slice.of(Figures.ALL, all));
        if (natural.size() > 0) slices.add(Slice.of(Figures.NATURAL, natural));
        if (labelled.stream().anyMatch(this::isHate)) {
            var withHate = labelled.stream().filter(text -> isMain(text) || isHate(text)).toList();
            slices.add(Slice.of("all and the sources of hate", judged(withHate)));
        }
        add(slices, Figures.UNSEEN, text -> sources.unseen().contains(text.source()));
        add(slices, Figures.SUITE, text -> sources.suite().contains(text.source()));
        if (model.languages().size() > 1) {
            for (var language : model.languages()) {
                add(slices, language, text -> isMain(text) && text.comment().language().equals(language));
            }
        }
        for (var source : new TreeSet<>(labelled.stream().map(JudgedText::source).toList())) {
            add(slices, "`" + source + "`", text -> text.source().equals(source));
        }
        return slices;
    }

    private void add(List<Slice> slices, String name, Predicate<JudgedText> wanted) {
        var some = labelled.stream().filter(wanted).toList();
        if (!some.isEmpty()) slices.add(Slice.of(name, judged(some)));
    }

    private List<Bias> identities() throws IOException {
        var groups = new ArrayList<Bias>();
        for (var language : model.languages()) {
            var terms = Terms.identities(language);
            var its = main.stream().filter(text -> text.comment().language().equals(language)).toList();
            var named = its.stream().map(text -> terms.in(text.folded())).toList();
            for (var group : terms.groups()) {
                var naming = new ArrayList<Judged.One>();
                var others = new ArrayList<Judged.One>();
                for (int i = 0; i < its.size(); i++) {
                    (named.get(i).contains(group) ? naming : others).add(its.get(i).one(label));
                }
                if (naming.size() >= Bias.FEWEST) groups.add(Bias.of(group, naming, others));
            }
        }
        return groups;
    }

    private List<Figures.FalseAlarms> falseAlarms(double threshold) throws IOException {
        var naming = new ArrayList<JudgedText>();
        var war = new ArrayList<JudgedText>();
        for (var language : model.languages()) {
            var identities = Terms.identities(language);
            var warWords = Terms.war(language);
            for (var text : main) {
                if (!text.comment().language().equals(language)) continue;
                if (!identities.in(text.folded()).isEmpty()) naming.add(text);
                if (!warWords.in(text.folded()).isEmpty()) war.add(text);
            }
        }
        var alarms = new ArrayList<Figures.FalseAlarms>();
        add(alarms, Figures.NEWS, main.stream().filter(Evaluation::isNews), threshold);
        add(alarms, Figures.NEWS_IDENTITY, naming.stream().filter(Evaluation::isNews), threshold);
        add(alarms, "news about a war", war.stream().filter(Evaluation::isNews), threshold);
        add(alarms, "that name a group of people", naming.stream(), threshold);
        add(alarms, Figures.WAR, war.stream(), threshold);
        add(alarms, Figures.ALL, main.stream(), threshold);
        for (var source : new TreeSet<>(labelled.stream().map(JudgedText::source).toList())) {
            if (source.equals(NEWS_SOURCE)) continue;
            add(alarms, "`" + source + "`", labelled.stream().filter(text -> text.source().equals(source)), threshold);
        }
        return alarms;
    }

    private static boolean isNews(JudgedText text) {
        return text.source().equals(NEWS_SOURCE);
    }

    private void add(List<Figures.FalseAlarms> alarms, String name, Stream<JudgedText> some, double threshold) {
        var judged = judged(some.toList());
        if (judged.negatives() > 0) {
            alarms.add(new Figures.FalseAlarms(name, judged.negatives(), judged.at(threshold).falseAlarms()));
        }
    }

    /** Short texts that have it, and what hiding their words changes; in English, whose letters the disguises know. */
    private List<Figures.Recall> disguises(double threshold) {
        if (!model.attribute().equals("toxicity") || !model.languages().contains("en")) return List.of();
        var short_ =
                main.stream()
                        .filter(text -> text.one(label).yes() && text.comment().text().length() <= LONGEST_DISGUISED)
                        .limit(DISGUISED)
                        .toList();
        if (short_.isEmpty()) return List.of();
        return Arrays.stream(Disguise.values()).map(disguise -> recall(disguise, short_, threshold)).toList();
    }

    private Figures.Recall recall(Disguise disguise, List<JudgedText> its, double threshold) {
        var random = new Random(1);
        long caught =
                its.stream()
                        .map(text -> disguise.apply(text.comment().text(), random))
                        .filter(text -> texts.score(model, "en", text) >= threshold)
                        .count();
        return new Figures.Recall(disguise, its.size(), (double) caught / its.size());
    }

    /** Comments that were written under articles and on talk pages: hardly any of them advertises. */
    private List<Figures.Strangers> strangers() {
        var bySource = new TreeMap<String, List<Judged.One>>();
        for (var text : texts.of(model)) {
            if (text.judged(label).isPresent()) continue;
            bySource.computeIfAbsent(text.source(), _ -> new ArrayList<>()).add(new Judged.One(text.score(), false));
        }
        return bySource.entrySet().stream()
                .map(entry -> {
                    var judged = new Judged(entry.getValue());
                    return new Figures.Strangers(
                            entry.getKey(),
                            judged.size(),
                            judged.at(.5).falseAlarms(),
                            judged.at(.9).falseAlarms(),
                            judged.at(.98).falseAlarms());
                })
                .toList();
    }

    private Judged.@Nullable AtThreshold suiteAtHalf() {
        var suite = judged(labelled.stream().filter(text -> sources.suite().contains(text.source())).toList());
        return suite.hasBoth() ? suite.at(Slice.HALF) : null;
    }

    private List<Figures.Function> functions() {
        var byFunction = new LinkedHashMap<String, List<Judged.One>>();
        for (var text : labelled) {
            if (!text.source().equals(Suite.SOURCE)) continue;
            byFunction.computeIfAbsent(Suite.function(text.comment()), _ -> new ArrayList<>()).add(text.one(label));
        }
        var functions = new ArrayList<Figures.Function>();
        byFunction.forEach((name, cases) -> {
            boolean has = cases.getFirst().yes();
            long right = cases.stream().filter(one -> one.score() >= Slice.HALF == has).count();
            double mean = cases.stream().mapToDouble(Judged.One::score).average().orElseThrow();
            functions.add(new Figures.Function(name, has, cases.size(), (double) right / cases.size(), mean));
        });
        return functions;
    }

    private static List<Figures.Curve> curves(Judged all, Judged natural) {
        var curves = new ArrayList<Figures.Curve>();
        if (all.hasBoth()) curves.add(new Figures.Curve(Figures.ALL, all.curve()));
        if (natural.hasBoth()) curves.add(new Figures.Curve(Figures.NATURAL, natural.curve()));
        return curves;
    }

    /** The texts that it is most wrong about: without it and scored highest, then with it and scored lowest. */
    List<JudgedText> errors(int n) {
        var byScore = Comparator.comparingDouble(JudgedText::score);
        var alarms = main.stream().filter(text -> !text.one(label).yes()).sorted(byScore.reversed()).limit(n);
        var misses = main.stream().filter(text -> text.one(label).yes()).sorted(byScore).limit(n);
        return Stream.concat(alarms, misses).toList();
    }
}
