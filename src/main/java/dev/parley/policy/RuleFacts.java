package dev.parley.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.parley.comment.CommenterStanding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What rules may ask for, and where it comes from. Never an address, a name of a commenter or a text. What is not known
 * of a comment is missing, not false or zero: whatever asks for it can't be decided.
 */
final class RuleFacts {

    /**
     * One fact.
     *
     * @param name as a condition spells it, with at most one dot
     * @param about for admins
     * @param of its value for a comment: a boolean, text, list of texts, double or long; null if it is not known
     */
    record Fact(String name, CelType type, String about, Function<Case, @Nullable Object> of) {

        /** What stands before the dot; empty without one. */
        String group() {
            int dot = name.indexOf('.');
            return dot < 0 ? "" : name.substring(0, dot);
        }

        String typeName() {
            return TEXTS.equals(type) ? "list(string)" : type.name();
        }

        String field() {
            return name.substring(name.indexOf('.') + 1);
        }
    }

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    static final List<Fact> ALL =
            List.of(
                    score("toxicity", "How likely it reads as hostile, 0 to 1"),
                    score("severe_toxicity", "How likely it reads as very hostile, 0 to 1"),
                    score("insult", "How likely it insults somebody, 0 to 1"),
                    score("profanity", "How likely it swears, 0 to 1"),
                    score("threat", "How likely it threatens, 0 to 1"),
                    score("identity_attack", "How likely it attacks a group, 0 to 1"),
                    score("spam", "How likely it is advertising, 0 to 1"),
                    new Fact(
                            "scored",
                            SimpleType.BOOL,
                            "Whether there are scores: false if scoring failed or there is no model for the language",
                            c -> c.scores() != null && c.scores().scored()),
                    new Fact("language", SimpleType.STRING, "As comment.language", RuleFacts::language),
                    new Fact("site", SimpleType.STRING, "Key of the site", Case::site),
                    new Fact(
                            "comment.language",
                            SimpleType.STRING,
                            "Two letters such as 'en'; 'und' if it can't be told",
                            RuleFacts::language),
                    new Fact("comment.length", SimpleType.INT, "Characters of the text", RuleFacts::length),
                    new Fact(
                            "signals.links",
                            SimpleType.INT,
                            "Links in the text",
                            c -> (long) c.signals().linkHosts().size()),
                    new Fact(
                            "signals.linkHosts",
                            TEXTS,
                            "Hosts of the links, such as 'example.org'",
                            c -> c.signals().linkHosts()),
                    new Fact("signals.length", SimpleType.INT, "As comment.length", RuleFacts::length),
                    new Fact("signals.language", SimpleType.STRING, "As comment.language", RuleFacts::language),
                    new Fact(
                            "signals.repeats",
                            SimpleType.INT,
                            "How often the same text was sent before within a day",
                            c -> (long) c.signals().repeats()),
                    new Fact(
                            "signals.staffLikeName",
                            SimpleType.BOOL,
                            "Whether the name could be taken for staff's",
                            c -> c.signals().staffLikeName()),
                    new Fact(
                            "signals.robot",
                            SimpleType.BOOL,
                            "Whether the form was filled in as a robot does",
                            c -> c.signals().robot()),
                    new Fact("signals.proven", SimpleType.BOOL, "As commenter.proven", c -> c.signals().proven()),
                    new Fact(
                            "signals.personalData",
                            SimpleType.BOOL,
                            "Whether an email address or phone number was written",
                            c -> c.signals().personalData() != null),
                    new Fact("article.key", SimpleType.STRING, "The article's key", c -> c.article().key()),
                    new Fact(
                            "article.provisional",
                            SimpleType.BOOL,
                            "Whether only a reader's request told of the article; its categories and authors are not"
                                    + " known then",
                            c -> c.article().provisional()),
                    new Fact(
                            "article.categories",
                            TEXTS,
                            "Categories of the article",
                            c -> c.article().provisional() ? null : c.article().categories()),
                    new Fact(
                            "article.authors",
                            TEXTS,
                            "Authors of the article",
                            c -> c.article().provisional() ? null : c.article().authors()),
                    commenter(
                            "approvedCount",
                            SimpleType.INT,
                            "How many comments of theirs stand published, since they confirmed their address",
                            s -> (long) s.approved()),
                    commenter(
                            "rejectedCount",
                            SimpleType.INT,
                            "How many comments of theirs were rejected, since they confirmed their address",
                            s -> (long) s.rejected()),
                    commenter(
                            "proven",
                            SimpleType.BOOL,
                            "Whether they used the link that was mailed to their address",
                            CommenterStanding::proven),
                    commenter(
                            "firstComment",
                            SimpleType.BOOL,
                            "Whether it is their first comment, since they confirmed their address",
                            CommenterStanding::first));

    private RuleFacts() {}

    /** What is known of a comment, as conditions are given it. */
    static Map<String, Object> of(Case comment) {
        Map<String, Object> facts = new HashMap<>();
        var groups = new HashMap<String, Map<String, Object>>();
        for (var fact : ALL) {
            var into =
                    fact.group().isEmpty()
                            ? facts
                            : groups.computeIfAbsent(fact.group(), _ -> new HashMap<String, Object>());
            var value = fact.of().apply(comment);
            if (value != null) {
                into.put(fact.field(), value);
            }
        }
        facts.putAll(groups);
        return facts;
    }

    private static Fact score(String attribute, String about) {
        return new Fact(
                "scores." + attribute,
                SimpleType.DOUBLE,
                about,
                c -> c.scores() == null ? null : c.scores().value(attribute).orElse(null));
    }

    private static Fact commenter(String field, CelType type, String about, Function<CommenterStanding, Object> of) {
        return new Fact(
                "commenter." + field,
                type,
                about,
                c -> c.signals().commenter() == null ? null : of.apply(c.signals().commenter()));
    }

    private static long length(Case comment) {
        return comment.body().codePointCount(0, comment.body().length());
    }

    private static String language(Case comment) {
        return comment.scores() == null ? "und" : comment.scores().language();
    }
}
