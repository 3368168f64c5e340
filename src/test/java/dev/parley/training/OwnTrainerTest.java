package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.scoring.OwnReport.Word;
import dev.parley.scoring.OwnSet;
import dev.parley.scoring.Scorers;
import dev.parley.text.Normaliser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class OwnTrainerTest {
    private static final Scorers SCORERS = new Scorers();
    private static final List<String> SUBJECTS =
            List.of(
                    "the bridge",
                    "our mayor",
                    "this article",
                    "the ferry",
                    "the new school",
                    "the opera",
                    "the budget");
    private static final List<String> ENDINGS =
            List.of("as always", "if you ask me", "and that is that", "since last summer", "I am sure of it");

    private record Said(String text, String language, String writer, boolean yes) {}

    /** Calm and rude talk of a forum where a fruit is the worst of insults, each text by somebody else. */
    private static List<Said> talk(int count, long seed) {
        var random = new Random(seed);
        var talk = new ArrayList<Said>();
        for (int i = 0; i < count; i++) {
            boolean rude = i % 2 == 0;
            var about = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
            var end = ENDINGS.get(random.nextInt(ENDINGS.size()));
            var text =
                    rude
                            ? "Only a kumquat would speak of " + about + " like that, " + end + ", number " + i
                            : "There is more to say of " + about + ", " + end + ", number " + i;
            talk.add(new Said(text, "en", "writer " + i, rude));
        }
        return talk;
    }

    private static List<Taught> taught(List<Said> talk) {
        return talk.stream()
                .map(said -> {
                    var text = Normaliser.normalise(said.text());
                    var odds = SCORERS.logOdds(said.text(), text, said.language(), OwnSet.NONE);
                    var labels = Map.of("toxicity", said.yes());
                    return new Taught(said.text(), text.text(), said.language(), said.writer(), labels, odds, odds);
                })
                .toList();
    }

    private static ToDoubleFunction<Taught> with(String language, byte[] file) {
        var own = OwnSet.of(SCORERS.versions().get(language + "/toxicity"), file);
        return one ->
                SCORERS.logOdds(one.body(), Normaliser.normalise(one.body()), one.siteLanguage(), own)
                        .byAttribute()
                        .get("toxicity");
    }

    private static OwnTrainer.Result train(String language, List<Taught> taught) {
        return new OwnTrainer(language, "toxicity").train(taught, file -> with(language, file)).orElseThrow();
    }

    @Test
    void what_moderators_reject_is_learnt_and_what_they_approve_is_left_alone() {
        var result = train("en", taught(talk(200, 1)));

        var report = result.report();
        assertThat(result.file()).isNotNull();
        assertThat(report.decisions()).isEqualTo(200);
        assertThat(report.with()).isEqualTo(100);
        assertThat(report.trainedOn()).isEqualTo(150);
        assertThat(report.heldBack()).isEqualTo(50);
        assertThat(report.shipped()).isNotNull().isEqualTo(report.before());
        assertThat(report.taught().auc()).isGreaterThan(report.shipped().auc());
        assertThat(report.taught().logLoss()).isLessThan(report.shipped().logLoss());
        assertThat(report.taught().missed()).isLessThan(report.shipped().missed());
        assertThat(report.raising()).extracting(Word::text).contains("kumquat");
        assertThat(report.lowering()).extracting(Word::text).doesNotContain("kumquat");
        var own = OwnSet.of(SCORERS.versions().get("en/toxicity"), result.file());
        var unseen = "What a kumquat you are";
        assertThat(SCORERS.score(unseen, Normaliser.normalise(unseen), "en", own).value("toxicity").orElseThrow())
                .isGreaterThan(SCORERS.score(unseen, "en").value("toxicity").orElseThrow() + .3);
    }

    @Test
    void the_same_decisions_make_the_same_file() {
        var first = train("en", taught(talk(160, 2)));
        var second = train("en", taught(talk(160, 2)));

        assertThat(first.file()).isEqualTo(second.file());
        assertThat(first.version()).isEqualTo(second.version()).matches("own-[0-9a-f]{8}");
    }

    @Test
    void decisions_without_sense_make_no_model() {
        for (long seed = 0; seed < 5; seed++) {
            var talk = talk(200, seed);
            var random = new Random(seed);
            var tossed =
                    talk.stream()
                            .map(said -> new Said(said.text(), "en", said.writer(), random.nextBoolean()))
                            .toList();
            var result = train("en", taught(tossed));
            var report = result.report();
            // A constant may fit coins better than the shipped model does, but words may not pretend to know.
            assertThat(result.file() == null || report.taught().auc() >= report.shipped().auc()).isTrue();
            assertThat(report.taught().logLoss()).isGreaterThan(.6);
        }
    }

    @Test
    void decisions_that_the_shipped_model_foresees_better_make_no_model() {
        var talk = new ArrayList<>(talk(150, 3));
        // Of late the forum has turned: what was learnt from the older ones is wrong for the newer.
        talk(50, 4).forEach(said -> talk.add(new Said(said.text(), "en", said.writer() + " later", !said.yes())));

        var result = train("en", taught(talk));

        assertThat(result.file()).isNull();
        assertThat(result.report().taught().logLoss()).isGreaterThan(result.report().before().logLoss());
    }

    @Test
    void too_few_decisions_or_too_few_of_a_kind_make_no_model() {
        var trainer = new OwnTrainer("en", "toxicity");
        var calm = talk(300, 5).stream().filter(said -> !said.yes()).toList();
        var few = new ArrayList<>(calm);
        few.addAll(talk(2 * (OwnTrainer.FEWEST_OF_A_KIND - 1), 6).stream().filter(Said::yes).toList());
        Collections.shuffle(few, new Random(1));

        assertThat(trainer.train(taught(talk(OwnTrainer.FEWEST - 1, 5)), file -> with("en", file))).isEmpty();
        assertThat(trainer.train(taught(calm), file -> with("en", file))).isEmpty();
        assertThat(trainer.train(taught(few), file -> with("en", file))).isEmpty();
        assertThat(trainer.train(List.of(), file -> with("en", file))).isEmpty();
    }

    @Test
    void a_word_that_fewer_than_three_people_wrote_is_not_learnt() throws Exception {
        var talk = new ArrayList<Said>();
        for (var said : talk(200, 7)) {
            var sign = said.yes() ? " quincunx" : "";
            talk.add(
                    new Said(
                            said.text() + sign,
                            "en",
                            said.yes() ? "one of two " + talk.size() % 4 : said.writer(),
                            said.yes()));
        }

        var result = train("en", taught(talk));

        assertThat(result.report().raising()).extracting(Word::text).doesNotContain("quincunx", "kumquat");
        assertThat(
                        new String(
                                java.util.Objects.requireNonNullElse(result.file(), new byte[0]),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("quincunx");
    }

    @Test
    void a_language_that_no_model_knows_is_learnt_from_nothing() {
        var about = List.of("про міст", "про мера", "про пором", "про школу", "про бюджет");
        var talk = new ArrayList<Said>();
        var random = new Random(8);
        for (int i = 0; i < 200; i++) {
            var what = about.get(random.nextInt(about.size()));
            var rude = "Тільки кавун може таке сказати " + what + " у нашому місті, номер " + i;
            var calm = "Дякую за докладну розповідь " + what + " у нашому місті, номер " + i;
            talk.add(new Said(i % 2 == 0 ? rude : calm, "uk", "writer " + i, i % 2 == 0));
        }
        var taught = taught(talk);
        assertThat(taught).allSatisfy(one -> assertThat(one.language()).isEqualTo("uk"));

        var result = train("uk", taught);

        assertThat(result.file()).isNotNull();
        assertThat(result.report().shipped()).isNull();
        assertThat(result.report().before()).isNull();
        assertThat(result.report().taught().auc()).isGreaterThan(.99);
    }
}
