package dev.parley.policy;

import dev.parley.article.ArticleView;
import dev.parley.comment.CommentHtml;
import dev.parley.comment.CommenterStanding;
import dev.parley.scoring.SampleComments;
import dev.parley.scoring.Scorers;
import dev.parley.text.Normaliser;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** What is done with a comment once its scores are there: it is judged, and drawn as HTML for readers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "--sun-misc-unsafe-memory-access=allow"})
public class DecidingBenchmark {

    private static final int WORDS = 500;

    /** Characters of a comment: median, long. */
    @Param({"200", "10000"})
    public int length;

    private String[] comments = {};
    private Case[] cases = {};
    private EffectivePolicy balanced = Preset.BALANCED.policy();
    private EffectivePolicy withRules = Preset.BALANCED.policy();
    private int next;

    /** Scores the comments, and makes a policy with lists of words and a rule for each action. */
    @Setup
    public void prepare() {
        var scorers = new Scorers();
        scorers.warmUp();
        comments =
                Arrays.stream(SampleComments.of(length))
                        .map(text -> "> quoted\n\n**" + text.substring(0, 20) + "**" + text.substring(20))
                        .toArray(String[]::new);
        var id = UUID.randomUUID();
        var article =
                new ArticleView(id, id, "ferry", null, null, List.of(), List.of("local"), null, false, true, 0, 0);
        var signals = new Signals(List.of(), false, false, 0, false, null, true, CommenterStanding.UNPROVEN);
        cases =
                Arrays.stream(comments)
                        .map(text ->
                                new Case(
                                        text,
                                        Normaliser.normalise(text),
                                        scorers.score(text, "en"),
                                        signals,
                                        article,
                                        "gazette"))
                        .toArray(Case[]::new);
        balanced = Preset.BALANCED.policy();
        var words = IntStream.range(0, WORDS).mapToObj(i -> "unlikelyword" + Integer.toString(i, 36)).toList();
        withRules =
                new EffectivePolicy(
                        balanced.mode(),
                        balanced.thresholds(),
                        balanced.maxLinks(),
                        words,
                        words,
                        balanced.holdUnscored(),
                        balanced.holdUnscoredLanguages(),
                        balanced.requireProof(),
                        List.of(
                                new Rule(
                                        "War",
                                        "scores.toxicity > 0.8 && 'war' in article.categories",
                                        RuleAction.HOLD,
                                        null),
                                new Rule(
                                        "New",
                                        "commenter.approvedCount < 3 && scores.insult > 0.9",
                                        RuleAction.HOLD,
                                        null),
                                new Rule("Threat", "scores.threat > 0.99", RuleAction.REJECT, null)),
                        balanced.versions());
    }

    private int index() {
        if (++next == cases.length) next = 0;
        return next;
    }

    /** Judging by the preset. */
    @Benchmark
    public Decision judge() {
        return Judge.judge(cases[index()], balanced);
    }

    /** Judging with two lists of 500 words each and three rules in CEL. */
    @Benchmark
    public Decision judgeWithRules() {
        return Judge.judge(cases[index()], withRules);
    }

    /** From Markdown to the HTML that readers get. */
    @Benchmark
    public String html() {
        return CommentHtml.html(comments[index()]);
    }
}
