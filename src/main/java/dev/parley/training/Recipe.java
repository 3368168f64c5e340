package dev.parley.training;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * How a model is made: from which files, with which of their comments as examples for and against, and which are used
 * for calibration.
 *
 * @param languages of the texts it may judge; the first names its folder
 * @param files in the data folder, to learn from
 * @param calibrationFiles in the data folder, to calibrate on
 * @param prior the share of comments with the attribute to calibrate for, where that of the files was chosen by who
 *     gathered them; NaN takes theirs
 * @param lowConfidence whether so few examples are for it that the card and the API say so
 */
record Recipe(
        String attribute,
        List<String> languages,
        String version,
        List<String> files,
        List<String> calibrationFiles,
        double prior,
        boolean lowConfidence) {
    private static final String VERSION = "2";

    private static final String TOXICITY = "toxicity.en.train.jsonl.gz";
    private static final String TOXICITY_DEV = "toxicity.en.dev.jsonl.gz";
    private static final String IDENTITY = "identity.en.train.jsonl.gz";
    private static final String IDENTITY_DEV = "identity.en.dev.jsonl.gz";
    private static final String WORDS = "wordlists/ldnoobw.en.txt";
    private static final String TEMPLATES = "templates.en.train.jsonl.gz";

    /**
     * The shares of attacks on people for what they are, and of threats, to calibrate for. A forum has far fewer of
     * either; these put .5 where plain cases part from calm texts with the same words, so that thresholds mean what
     * they do for the other attributes.
     */
    private static final double ATTACKS = 0.25;

    private static final double THREATS = 0.1;

    /**
     * The share of toxic comments to calibrate for in languages whose data was searched for hate. On talk pages it is
     * half of it; at that share plain insults stay below .5, since those data hold few of them.
     */
    private static final double SOME_TOXIC = 0.2;

    /** Languages whose calibration file has next to nothing calm or plain, so that our own texts calibrate too. */
    private static final Set<String> CALIBRATED_BY_OURS = Set.of("de", "fr", "pt");

    /** How much a news comment counts: its sample was chosen for being doubtful. */
    private static final double DOUBTFUL = 0.5;

    /** Attributes of which talk among people shows enough; the others need files that were gathered for them. */
    private static final Set<String> LEARNT_FROM_TALK = Set.of("toxicity", "severe_toxicity", "insult", "profanity");

    /** The same, for attributes that are learnt from talk. */
    private static final double VERY_DOUBTFUL = 0.25;

    /** How much a comment of a natural mix counts there: it is like those that will be judged. */
    private static final double LIKE_A_FORUM = 3;

    /**
     * Attributes whose files hold what is hard to tell, and little of what is plain: there our own English texts count
     * more, and calibrate too.
     */
    private static final Set<String> LEARNT_FROM_HATE = Set.of("threat", "identity_attack");

    private static final double PLAIN = 0.75;

    /** Texts that were written to fool a model say nothing of how often it is right. */
    private static final String ADVERSARIAL = "hatemoji";

    /**
     * How much one of our own texts counts in toxicity and its kinds, by language: thousands that are made of some
     * hundred sentences must not outshout real comments. Chosen on dev, with {@link OwnTemplates#PER_FRAME}.
     */
    private static final Map<String, Double> MADE_UP = Map.of("en", 0.125, "ru", 0.3, "de", 0.5, "fr", 0.5, "pt", 0.5);

    /** All models that the program ships. */
    static final List<Recipe> ALL =
            List.of(
                    english("toxicity", List.of(TOXICITY, TEMPLATES), List.of(TOXICITY_DEV), Double.NaN, false),
                    english("severe_toxicity", List.of(TOXICITY), List.of(TOXICITY_DEV), Double.NaN, true),
                    english("insult", List.of(TOXICITY), List.of(TOXICITY_DEV), Double.NaN, false),
                    english("profanity", List.of(TOXICITY, WORDS), List.of(TOXICITY_DEV), Double.NaN, true),
                    english("threat", List.of(TOXICITY, IDENTITY), List.of(TOXICITY_DEV, IDENTITY_DEV), THREATS, true),
                    english(
                            "identity_attack",
                            List.of(IDENTITY, TOXICITY, TEMPLATES),
                            List.of(TOXICITY_DEV, IDENTITY_DEV),
                            ATTACKS,
                            false),
                    new Recipe(
                            "spam",
                            List.of("en", "ru"),
                            VERSION,
                            List.of("spam.train.jsonl.gz", TOXICITY, "toxicity.ru.train.jsonl.gz"),
                            List.of("spam.dev.jsonl.gz"),
                            Double.NaN,
                            false),
                    toxicity("ru", Double.NaN),
                    toxicity("de", SOME_TOXIC),
                    toxicity("pt", SOME_TOXIC),
                    toxicity("fr", SOME_TOXIC));

    /** Sources whose share of toxic comments is that of a forum; the others were chosen for being toxic. */
    static final Set<String> NATURAL = Set.of("jigsaw6", "jigsaw1lc", "cat");

    private static Recipe english(
            String attribute, List<String> files, List<String> calibration, double prior, boolean lowConfidence) {
        return new Recipe(attribute, List.of("en"), VERSION, files, calibration, prior, lowConfidence);
    }

    private static Recipe toxicity(String language, double prior) {
        var file = "toxicity." + language;
        return new Recipe(
                "toxicity",
                List.of(language),
                VERSION,
                List.of(file + ".train.jsonl.gz"),
                List.of(file + ".dev.jsonl.gz"),
                prior,
                language.equals("ru") || language.equals("fr"));
    }

    /** The recipes of models named by attribute ({@code toxicity}) or language and attribute; all if none is named. */
    static List<Recipe> named(List<String> names) {
        return ALL.stream()
                .filter(one -> names.isEmpty() || names.contains(one.attribute()) || names.contains(one.name()))
                .toList();
    }

    /** Folder and file name of the model, such as {@code en/toxicity}. */
    String name() {
        return languages.getFirst() + "/" + attribute;
    }

    /** The label of the data files for the attribute. */
    String label() {
        return switch (attribute) {
            case "toxicity" -> "toxic";
            case "severe_toxicity" -> "severe";
            case "identity_attack" -> "identity";
            case "profanity" -> "obscene";
            default -> attribute;
        };
    }

    /** How it is trained from this many examples. */
    Settings settings(int examples) {
        if (attribute.equals("spam")) return Settings.BEST_FOR_SPAM;
        if (!LEARNT_FROM_TALK.contains(attribute)) return Settings.BEST_ACROSS_SOURCES;
        if (examples < Settings.VERY_FEW) return Settings.BEST_FOR_VERY_FEW;
        return examples < Settings.FEW ? Settings.BEST_FOR_FEW : Settings.BEST;
    }

    /**
     * How far a comment is an example for the attribute, 0 (against it) to 1; empty if it is no example at all. News
     * comments take the share of their annotators.
     */
    Optional<Double> share(LabelledComment comment) {
        if (!languages.contains(comment.language())) return Optional.empty();
        boolean shared = label().equals("toxic") && comment.label("toxic").isPresent();
        if (shared && !Double.isNaN(comment.toxicShare())) return Optional.of(comment.toxicShare());
        return label(comment).map(yes -> yes ? 1.0 : 0.0);
    }

    /** How much an example counts; 1 for an ordinary one. */
    double weight(LabelledComment comment) {
        boolean fromTalk = LEARNT_FROM_TALK.contains(attribute);
        if (comment.source().equals("civil")) return fromTalk ? VERY_DOUBTFUL : DOUBTFUL;
        if (fromTalk && NATURAL.contains(comment.source())) return LIKE_A_FORUM;
        if (!isOurs(comment)) return 1;
        if (LEARNT_FROM_HATE.contains(attribute)) return PLAIN;
        return fromTalk ? MADE_UP.getOrDefault(comment.language(), 1.0) : 1;
    }

    /** Whether a comment has the attribute; empty if nobody can say. */
    Optional<Boolean> label(LabelledComment comment) {
        return switch (attribute) {
            case "toxicity" -> comment.label("toxic");
            case "spam" -> spam(comment);
            case "identity_attack" -> identity(comment);
            default -> kind(comment);
        };
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
        boolean made = comment.source().equals("template") || (isOurs(comment) && !attribute.equals("threat"));
        return comment.isNot("toxic") && !made ? Optional.of(false) : Optional.empty();
    }

    /**
     * Whether an example is kept out of training and used for calibration: one in five of those that are like a forum,
     * for the kinds of toxicity of which the calibration files alone have too few, and of our own texts where the
     * calibration files have next to nothing calm or plain (German, French, Portuguese; hate and threats).
     */
    boolean isHeldBack(LabelledComment comment) {
        if (part(comment.id(), 5) != 1) return false;
        if (isOurs(comment)) {
            return CALIBRATED_BY_OURS.contains(comment.language()) || LEARNT_FROM_HATE.contains(attribute);
        }
        if (comment.source().equals(ADVERSARIAL)) return false;
        return switch (attribute) {
            case "toxicity" -> false;
            case "severe_toxicity", "insult", "profanity" -> NATURAL.contains(comment.source());
            default -> !comment.source().equals("template");
        };
    }

    /** Whether a comment of the calibration files is used: where there is a natural mix, only that. */
    boolean calibrates(LabelledComment comment) {
        if (!languages.contains(comment.language()) || label(comment).isEmpty()) return false;
        if (comment.source().equals(ADVERSARIAL)) return false;
        return switch (attribute) {
            case "toxicity" -> !comment.language().equals("en") || NATURAL.contains(comment.source());
            case "severe_toxicity", "insult", "profanity" -> NATURAL.contains(comment.source());
            default -> true;
        };
    }

    private static boolean isOurs(LabelledComment comment) {
        return comment.source().equals("own") || comment.source().equals(OwnTemplates.SOURCE);
    }

    /** Which of this many parts a comment belongs to, always the same. */
    static int part(String id, int parts) {
        var crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % parts);
    }
}
