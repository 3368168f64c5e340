package dev.parley.training;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * How a model is made: from which files, with which of their comments as examples for and against, and which are held
 * back for calibration.
 *
 * @param languages of the texts it may judge; the first names its folder
 * @param files in the data folder
 * @param lowConfidence whether so few examples are for it that the card and the API say so
 */
record Recipe(String attribute, List<String> languages, String version, List<String> files, boolean lowConfidence) {
    private static final String VERSION = "1";

    private static final List<String> NEWS_AND_WIKI = List.of("toxicity.en.train.jsonl.gz");

    /** All models that the program ships. */
    static final List<Recipe> ALL =
            List.of(
                    new Recipe(
                            "toxicity",
                            List.of("en"),
                            VERSION,
                            List.of("toxicity.en.train.jsonl.gz", "templates.en.train.jsonl.gz"),
                            false),
                    new Recipe(
                            "spam",
                            List.of("en", "ru"),
                            VERSION,
                            List.of("spam.train.jsonl.gz", "toxicity.en.train.jsonl.gz", "toxicity.ru.train.jsonl.gz"),
                            false),
                    new Recipe("insult", List.of("en"), VERSION, NEWS_AND_WIKI, false),
                    new Recipe(
                            "identity_attack",
                            List.of("en"),
                            VERSION,
                            List.of(
                                    "identity.en.train.jsonl.gz",
                                    "toxicity.en.train.jsonl.gz",
                                    "templates.en.train.jsonl.gz"),
                            false),
                    new Recipe("profanity", List.of("en"), VERSION, NEWS_AND_WIKI, true),
                    new Recipe(
                            "threat",
                            List.of("en"),
                            VERSION,
                            List.of("toxicity.en.train.jsonl.gz", "identity.en.train.jsonl.gz"),
                            true));

    /** Sources whose share of toxic comments is that of a forum; the others were chosen for being toxic. */
    static final Set<String> NATURAL = Set.of("jigsaw6", "jigsaw1lc", "cat");

    /** The label of the data files for each attribute. */
    String label() {
        return switch (attribute) {
            case "toxicity" -> "toxic";
            case "identity_attack" -> "identity";
            case "profanity" -> "obscene";
            default -> attribute;
        };
    }

    /** Whether a comment is an example for the attribute, or against it; empty if it is neither. */
    Optional<Boolean> example(LabelledComment comment) {
        return switch (attribute) {
            case "toxicity" -> toxicity(comment);
            case "spam" -> spam(comment);
            case "identity_attack" -> identity(comment);
            default -> kind(comment);
        };
    }

    /**
     * Of the news comments only what every annotator called toxic: doubtful ones teach that naming a group is an
     * attack.
     */
    private static Optional<Boolean> toxicity(LabelledComment comment) {
        boolean doubtful = comment.source().equals("civil") && comment.is("toxic") && comment.toxicShare() < 1;
        return doubtful ? Optional.empty() : comment.label("toxic");
    }

    /** Comments under news and on talk pages are no advertising; without them the model would call them so. */
    private static Optional<Boolean> spam(LabelledComment comment) {
        if (comment.label("spam").isPresent()) return comment.label("spam");
        return switch (comment.source()) {
            case "civil", "vk" -> Optional.of(false);
            case "cat", "jigsaw6" -> part(comment.id(), 2) == 0 ? Optional.of(false) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> identity(LabelledComment comment) {
        if (comment.label("identity").isPresent()) return comment.label("identity");
        return comment.source().equals("template") && comment.isNot("toxic") ? Optional.of(false) : Optional.empty();
    }

    /** A kind of toxicity: what is not toxic is none of its kinds. */
    private Optional<Boolean> kind(LabelledComment comment) {
        if (comment.label(label()).isPresent()) return comment.label(label());
        return comment.isNot("toxic") ? Optional.of(false) : Optional.empty();
    }

    /**
     * Whether an example is kept out of training and used for calibration: one in five of those that are like a forum.
     */
    boolean isHeldBack(LabelledComment comment) {
        if (comment.source().equals("own") || part(comment.id(), 5) != 1) return false;
        return switch (attribute) {
            case "toxicity", "insult", "profanity" -> NATURAL.contains(comment.source());
            default -> !comment.source().equals("template");
        };
    }

    private static int part(String id, int parts) {
        var crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % parts);
    }
}
