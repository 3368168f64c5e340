package dev.parley.training;

/** The page about a model: what it is for, what it was made from, how it was judged, where it fails. */
final class ModelCard {
    private ModelCard() {}

    static String of(Recipe recipe, String figures) {
        var report = new Report();
        report.line("# Model card: %s, %s", recipe.attribute(), String.join(" and ", recipe.languages()));
        report.line("");
        report.line(
                "Written by `./parley evaluate --cards docs/models`; what holds for all models is in [models.md](../models.md).");
        report.line("");
        report.line(
                "**Use**: a calibrated probability that a reader's comment is %s, for a policy's thresholds and a moderator's eye.",
                meaning(recipe));
        report.line("It judges words, not truth or context, and is not made to judge a person.");
        report.line("");
        report.line(
                "**Data**: %s (README of the data folder; sources and licences in [NOTICE-sources.md](NOTICE-sources.md)).",
                String.join(", ", recipe.files()));
        if (recipe.attribute().equals("spam")) {
            report.line("Also 124 examples of our own, `src/main/resources/models/own-examples.en.jsonl`.");
        }
        report.line("Rebuild: `./parley train %s`.", recipe.attribute());
        report.line("");
        if (recipe.lowConfidence()) {
            report.line(
                    "**Low confidence**: few examples stand behind this model. Order a queue by it, do not reject by it.");
            report.line("");
        }
        report.line("**Limits**: %s", limits(recipe));
        report.line("");
        report.line("%s", figures);
        return report.toString();
    }

    private static String meaning(Recipe recipe) {
        return switch (recipe.attribute()) {
            case "toxicity" -> "rude, disrespectful or otherwise likely to make somebody leave the discussion";
            case "insult" -> "an insult to a person or a group";
            case "identity_attack" -> "an attack on people for what they are";
            case "profanity" -> "obscene";
            case "threat" -> "a threat of harm";
            case "spam" -> "advertising or a lure";
            default -> recipe.attribute();
        };
    }

    private static String limits(Recipe recipe) {
        return switch (recipe.attribute()) {
            case "toxicity" ->
                    "negation, quotation and irony are not understood (\"you are not an idiot\"); news comments that quarrel score"
                            + " high, because the news data was chosen for doubtful cases; polite contempt scores low.";
            case "insult" -> "most examples are news comments; calibrated on talk pages.";
            case "identity_attack" ->
                    "trained mostly on sexism and on adversarial hate with emoji; other groups are seen less often. Calibrated on a mix"
                            + " with far more hate than a forum has: read it as an order, not as a share.";
            case "spam" ->
                    "phone messages, channel posts and video comments are not news comments; links are better judged by rules. Russian"
                            + " examples are few.";
            default -> "few examples, calibrated on them: read it as an order, not as a share.";
        };
    }
}
