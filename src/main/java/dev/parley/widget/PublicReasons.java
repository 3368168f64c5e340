package dev.parley.widget;

import dev.parley.moderation.PublicReason;
import java.util.List;

/** Why a comment is held or was rejected, in the words of the page. */
final class PublicReasons {

    private PublicReasons() {}

    /** In that language; a reason that the page does not know yet comes in its own words. */
    static List<String> in(WidgetTexts texts, List<PublicReason> reasons) {
        return reasons.stream().map(reason -> text(texts, reason)).toList();
    }

    private static String text(WidgetTexts texts, PublicReason reason) {
        return switch (reason.code()) {
            case "ADDRESS" -> texts.reasonAddress();
            case "LINKS" -> texts.reasonLinks();
            case "NAME" -> texts.reasonName();
            case "REPEAT" -> texts.reasonRepeat();
            case "REVIEW" -> texts.reasonReview();
            case "TOXICITY" -> texts.reasonToxicity();
            case "WORDS" -> texts.reasonWords();
            case "ABUSE" -> texts.reasonAbuse();
            case "HATE" -> texts.reasonHate();
            case "ILLEGAL" -> texts.reasonIllegal();
            case "OFF_TOPIC" -> texts.reasonOffTopic();
            case "OTHER" -> texts.reasonOther();
            case "THREAT" -> texts.reasonThreat();
            case "PERSONAL_DATA" -> texts.reasonPersonalData();
            case "SPAM" -> texts.reasonSpam();
            default -> reason.text();
        };
    }
}
