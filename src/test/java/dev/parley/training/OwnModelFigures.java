package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.scoring.OwnSet;
import dev.parley.scoring.Scorers;
import dev.parley.text.Normaliser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a tenant's own model is worth. Labelled comments of one source are a tenant's; its moderators decide, as the
 * labels say, on what the preset balanced holds, and the comments that come after the last decision are what the taught
 * model is judged on, if it passed the comparison, and else the shipped one. No test: it is run by its name, {@code mvn
 * test -Dtest=OwnModelFigures -Dfigures.data=FOLDER}, and prints a table.
 */
class OwnModelFigures {
    private static final Path DATA = Path.of(System.getProperty("figures.data", "../shared/data"));
    private static final int SEEDS = 10;
    private static final double HELD_FROM = 0; // log-odds of .5

    /** No more than two thirds of a source teach, so that something is left to judge. */
    private static final double TEACHING = 2.0 / 3;

    /**
     * @param language of the source
     * @param nothing whether the language counts as one without a shipped model: then moderators read everything
     */
    private record Tenant(String name, String file, String source, String language, boolean nothing) {}

    private static final List<Tenant> TENANTS =
            List.of(
                    new Tenant("news (`civil`)", "toxicity.en.dev.jsonl.gz", "civil", "en", false),
                    new Tenant("tweets", "tweets.en.train.jsonl.gz", "davidson", "en", false),
                    new Tenant("talk pages (`jigsaw1`)", "toxicity.en.dev.jsonl.gz", "jigsaw1", "en", false),
                    new Tenant("Portuguese tweets", "toxicity.pt.dev.jsonl.gz", "told-br", "pt", false),
                    new Tenant("Portuguese, as if no model knew it", "toxicity.pt.dev.jsonl.gz", "told-br", "pt", true),
                    new Tenant("German, likewise", "toxicity.de.train.jsonl.gz", "germeval18", "de", true),
                    new Tenant("Russian, likewise", "toxicity.ru.train.jsonl.gz", "vk", "ru", true));

    private final Scorers scorers = new Scorers();

    @Test
    void what_moderators_teach() throws IOException {
        System.out.println(
                "| a tenant's comments | decisions | passed | pairs in the right order, shipped → then | log loss | seconds | kB |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (var tenant : TENANTS) {
            var all = new ArrayList<Taught>();
            for (var comment : LabelledFiles.read(DATA.resolve(tenant.file()))) {
                if (comment.source().equals(tenant.source()) && comment.label("toxic").isPresent()) {
                    all.add(taught(comment, tenant));
                }
            }
            for (int decisions : new int[] {200, 500, 2_000}) row(tenant, all, decisions);
        }
    }

    private Taught taught(LabelledComment comment, Tenant tenant) {
        var text = Normaliser.normalise(comment.text());
        // Of a source the language is known; what is too short to tell would be scored as the site's.
        var scores = scorers.scoreAs(comment.text(), tenant.language());
        double score = scores.value("toxicity").orElseThrow();
        var odds =
                new Scorers.Odds(
                        tenant.language(),
                        tenant.nothing() ? Map.of() : Map.of("toxicity", Math.log(score / (1 - score))));
        return new Taught(
                comment.text(),
                text.text(),
                tenant.language(),
                comment.id(),
                Map.of("toxicity", comment.is("toxic")),
                odds,
                odds);
    }

    private void row(Tenant tenant, List<Taught> all, int most) {
        var before = new double[2];
        var after = new double[2];
        int passed = 0;
        int decided = 0;
        long time = 0;
        long bytes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var stream = new ArrayList<>(all);
            Collections.shuffle(stream, new Random(seed));
            var decisions = new ArrayList<Taught>();
            int next = 0;
            for (; next < stream.size() * TEACHING && decisions.size() < most; next++) {
                if (isHeld(stream.get(next), tenant)) decisions.add(stream.get(next));
            }
            decided = decisions.size();
            var later = stream.subList(next, stream.size()).stream().filter(one -> isHeld(one, tenant)).toList();
            long began = System.nanoTime();
            var result =
                    new OwnTrainer(tenant.nothing() ? "uk" : tenant.language(), "toxicity")
                            .train(decisions, file -> with(tenant, file));
            time += System.nanoTime() - began;
            byte[] file = result.map(OwnTrainer.Result::file).orElse(null);
            if (file != null) {
                passed++;
                bytes += file.length;
            }
            add(before, later, OwnModelFigures::shipped);
            add(after, later, file == null ? OwnModelFigures::shipped : with(tenant, file));
        }
        if (decided < most && most > 200) return;
        assertThat(decided).isPositive();
        System.out.printf(
                "| %s | %,d | %d of %d | %.3f → %.3f | %.3f → %.3f | %.1f | %s |%n",
                tenant.name(),
                decided,
                passed,
                SEEDS,
                before[0] / SEEDS,
                after[0] / SEEDS,
                before[1] / SEEDS,
                after[1] / SEEDS,
                time / 1e9 / SEEDS,
                passed == 0 ? "" : Long.toString(Math.round(bytes / 1e3 / passed)));
    }

    private static boolean isHeld(Taught one, Tenant tenant) {
        return tenant.nothing() || shipped(one) >= HELD_FROM;
    }

    private static double shipped(Taught one) {
        return one.shipped().byAttribute().getOrDefault("toxicity", 0.0);
    }

    private ToDoubleFunction<Taught> with(Tenant tenant, byte[] file) {
        var own = OwnSet.of(base(tenant), file);
        return one -> {
            double score =
                    scorers.scoreAs(one.body(), tenant.nothing() ? "uk" : tenant.language(), own)
                            .value("toxicity")
                            .orElse(.5);
            return Math.log(score / (1 - score));
        };
    }

    private @Nullable String base(Tenant tenant) {
        return tenant.nothing() ? null : scorers.versions().get(tenant.language() + "/toxicity");
    }

    /** Adds AUC and mean surprise. */
    private static void add(double[] sums, List<Taught> later, ToDoubleFunction<Taught> logOdds) {
        var judged = new ArrayList<Judged.One>();
        double surprise = 0;
        for (var one : later) {
            double odds = logOdds.applyAsDouble(one);
            boolean yes = one.labels().get("toxicity");
            judged.add(new Judged.One(odds, yes));
            surprise += Math.log1p(Math.exp(yes ? -odds : odds));
        }
        sums[0] += new Judged(judged).auc();
        sums[1] += surprise / later.size();
    }
}
