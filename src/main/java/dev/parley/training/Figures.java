package dev.parley.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.parley.scoring.Calibration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that an evaluation found out about one model. Shares are 0 to 1.
 *
 * @param attribute what it judges
 * @param languages of its texts
 * @param version of the model
 * @param bytes of its file
 * @param calibration from its log-odds to a probability
 * @param slices all texts first; then the natural mix, languages, and sources
 * @param identities by group of people named in the text
 * @param weightedBias {@link Bias#weighted}; null without groups enough
 * @param thresholdTexts the texts on which thresholds are chosen
 * @param thresholdAt80 catches 80 % of those that have it
 * @param falseAlarms of texts without it at that threshold
 * @param thresholds what each threshold does to those texts
 * @param reliability scores beside shares on those texts
 * @param disguises recall at that threshold by disguise; empty where it is not measured
 * @param strangers texts without a label of it, taken as having it not; spam only
 * @param suiteAtHalf what .5 does to a functional suite; null where none was given
 * @param functions of the functional suite that comes with the program; empty where it was not judged
 * @param curves not part of the JSON form
 */
record Figures(
        String attribute,
        List<String> languages,
        String version,
        int bytes,
        Calibration calibration,
        List<Slice> slices,
        List<Bias> identities,
        @Nullable Double weightedBias,
        String thresholdTexts,
        double thresholdAt80,
        List<FalseAlarms> falseAlarms,
        List<Judged.AtThreshold> thresholds,
        List<Judged.Bin> reliability,
        List<Recall> disguises,
        List<Strangers> strangers,
        Judged.@Nullable AtThreshold suiteAtHalf,
        List<Function> functions,
        @JsonIgnore List<Curve> curves) {
    static final String ALL = "all";
    static final String NATURAL = "natural mix";
    static final String UNSEEN = "never-seen sources";
    static final String SUITE = "functional suite";
    static final String NEWS = "news (`civil`)";
    static final String NEWS_IDENTITY = "news that name a group of people";
    static final String WAR = "about a war";

    /** Texts that do not have it, and the share of them that is flagged. */
    record FalseAlarms(String name, long n, double share) {}

    /** The share of texts that is still caught. */
    record Recall(Disguise disguise, int n, double recall) {}

    /** Texts of a source and how many are flagged at some thresholds. */
    record Strangers(String source, int n, double atHalf, double at90, double at98) {}

    /**
     * What a model makes of the cases that test one function.
     *
     * @param has whether they have what the model looks for
     * @param right the share of them on the right side of .5
     * @param mean of their scores
     */
    record Function(String name, boolean has, int n, double right, double mean) {}

    /** For the plots. */
    record Curve(String name, List<Judged.Point> points) {}

    Optional<Slice.Measures> measures(String slice) {
        return slices.stream().filter(s -> s.name().equals(slice)).findFirst().map(Slice::measures);
    }

    Optional<FalseAlarms> falseAlarms(String name) {
        return falseAlarms.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
