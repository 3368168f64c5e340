package dev.parley.widget;

import dev.parley.moderation.FlagReason;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form to report a comment.
 *
 * @param name whose comment it is
 * @param chosen null if nothing is yet
 * @param error what is wrong with it; null if nothing is known to be
 * @param cancel leads back to the thread
 */
record FlagForm(
        String id,
        String name,
        String ticket,
        @Nullable FlagReason chosen,
        String note,
        @Nullable String error,
        String cancel,
        WidgetTexts texts) {

    /** One thing that may be wrong with a comment. */
    record Choice(String code, String text, boolean chosen) {}

    public List<Choice> choices() {
        return Arrays.stream(FlagReason.values())
                .map(reason -> new Choice(reason.name(), text(reason), reason == chosen))
                .toList();
    }

    private String text(FlagReason reason) {
        return switch (reason) {
            case SPAM -> texts.flagSpam();
            case HARASSMENT -> texts.flagHarassment();
            case HATE -> texts.flagHate();
            case VIOLENCE -> texts.flagViolence();
            case OFF_TOPIC -> texts.flagOffTopic();
            case ILLEGAL -> texts.flagIllegal();
            case OTHER -> texts.flagOther();
        };
    }
}
