package dev.parley.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model that a tenant's moderators taught.
 *
 * @param decisions that say whether a comment has the attribute, training and comparison together
 * @param with how many of them say that it has
 * @param trainedOn how many of them, the older ones, it was trained on
 * @param heldBack how many, the newest ones, it was compared on; none of them was trained on
 * @param heldBackWith how many of those have the attribute
 * @param shipped the shipped model on those; null where there is none
 * @param before what scored when it was trained; null where nothing did
 * @param taught this model
 * @param raising the words that raise the score more than before, strongest first
 * @param lowering those that raise it less, or lower it, strongest first
 */
public record OwnReport(
        int decisions,
        int with,
        int trainedOn,
        int heldBack,
        int heldBackWith,
        @Nullable Figures shipped,
        @Nullable Figures before,
        Figures taught,
        List<Word> raising,
        List<Word> lowering) {

    public OwnReport {
        raising = List.copyOf(raising);
        lowering = List.copyOf(lowering);
    }

    /**
     * How well a model agrees with the moderators.
     *
     * @param auc the chance that a comment with the attribute scores above one without; ties count half
     * @param logLoss how much the decisions surprise it, in nats a comment; lower is better
     * @param needless comments without the attribute that score .5 or more
     * @param missed comments with it that score less than .5
     */
    public record Figures(double auc, double logLoss, int needless, int missed) {}

    /**
     * A word and what was learnt of it.
     *
     * @param text as scoring reads it: lower case, without marks
     * @param weight by how much a text of one feature would move, in log-odds; only the order says something
     */
    public record Word(String text, double weight) {}
}
