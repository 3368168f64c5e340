package dev.parley.scoring;

import dev.parley.text.LanguageDetector;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import opennlp.tools.doccat.DoccatFactory;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.doccat.DocumentCategorizerME;
import opennlp.tools.doccat.FeatureGenerator;
import opennlp.tools.util.ext.ExtensionLoader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One comment, all attributes of English, one thread, warm: Parley's way and the library's own over equal features. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "--sun-misc-unsafe-memory-access=allow"})
public class ScoringBenchmark {
    private static final String LANGUAGE = "en";

    /** Characters of a comment: short, median, long. */
    @Param({"40", "200", "10000"})
    public int length;

    private String[] comments = {};
    private NormalisedText[] folded = {};
    private int next;

    private Scorers scorers = new Scorers();
    private WeightTable table = new WeightTable(List.of());
    private LanguageDetector detector = new LanguageDetector();
    private List<ModelFile> models = List.of();
    private List<DocumentCategorizerME> categorizers = List.of();

    /** Makes the texts and loads the models. */
    @Setup
    public void load() throws IOException {
        comments = SampleComments.of(length);
        folded = Arrays.stream(comments).map(Normaliser::normalise).toArray(NormalisedText[]::new);
        scorers.warmUp();
        models = englishModels();
        table = new WeightTable(models);
        ExtensionLoader.registerAllowedPackage(OurFeatures.class.getPackageName());
        categorizers = models.stream().map(ScoringBenchmark::categorizer).toList();
    }

    static List<ModelFile> englishModels() throws IOException {
        var list = new Properties();
        try (var in = Scorers.class.getResourceAsStream("/models/models.properties")) {
            list.load(in);
        }
        var models = new ArrayList<ModelFile>();
        for (var key : new TreeSet<>(list.stringPropertyNames())) {
            if (!key.endsWith(".sha256")) continue;
            try (var in = Scorers.class.getResourceAsStream("/models/" + key.replace(".sha256", ".bin"))) {
                var model = ModelFile.read(in);
                if (model.languages().contains(LANGUAGE)) models.add(model);
            }
        }
        return models;
    }

    private static DocumentCategorizerME categorizer(ModelFile file) {
        var factory = new DoccatFactory(new FeatureGenerator[] {new OurFeatures()});
        return new DocumentCategorizerME(new DoccatModel(LANGUAGE, file.model(), Map.of(), factory));
    }

    private int index() {
        if (++next == comments.length) next = 0;
        return next;
    }

    /** What every comment goes through: normalising, language, all attributes, spans. */
    @Benchmark
    public Scores score() {
        return scorers.score(comments[index()], LANGUAGE);
    }

    /** The evaluator alone, spans included. */
    @Benchmark
    public List<Score> table() {
        return table.score(folded[index()]);
    }

    /** Normalising alone. */
    @Benchmark
    public NormalisedText normalise() {
        return Normaliser.normalise(comments[index()]);
    }

    /** Telling the language alone. */
    @Benchmark
    public String language() {
        int i = index();
        return detector.detect(comments[i], folded[i]);
    }

    /**
     * The library's evaluation with real values: features as strings, made once for all models. Whole text only, no
     * windows, no spans.
     */
    @Benchmark
    public double libraryEval() {
        var features = OurFeatures.in(folded[index()].text());
        var context = new String[features.size() + 1];
        context[0] = Features.BIAS;
        int at = 1;
        for (var feature : features) context[at++] = feature;
        var values = new float[context.length];
        Arrays.fill(values, (float) WeightTable.value(features.size()));
        values[0] = 1;
        double sum = 0;
        for (var model : models) sum += model.model().eval(context, values)[0];
        return sum;
    }

    /** The library's document categorizer as it is used: one per attribute, which makes its own features. No values. */
    @Benchmark
    public double libraryCategorizer() {
        var tokens = new String[] {folded[index()].text()};
        double sum = 0;
        for (var categorizer : categorizers) sum += categorizer.categorize(tokens)[0];
        return sum;
    }
}
