package dev.parley.reader;

import dev.parley.comment.CommentState;
import dev.parley.moderation.PublicReason;
import dev.parley.platform.Language;
import dev.parley.platform.Page;
import dev.parley.reader.Account.Mine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commenter sees of themself.
 *
 * @param others what else was written at their address, to be ticked
 * @param older leads to older comments; null if there are none
 * @param later whether newer comments than these are on another page
 * @param lapses when the link lapses, in words
 */
record AccountPage(
        List<Row> rows, AskPage others, @Nullable String older, boolean later, boolean mails, String lapses) {

    /**
     * One comment.
     *
     * @param title of the article
     * @param by who decided, in words; null if nobody restricted it
     * @param there whether it can be taken back
     */
    record Row(
            String id,
            String title,
            @Nullable String url,
            String when,
            Instant at,
            boolean edited,
            String text,
            String state,
            String kind,
            List<String> reasons,
            @Nullable String by,
            boolean there) {}

    static List<Row> rows(Page<Mine> page, Language language) {
        return page.items().stream().map(mine -> row(mine, language)).toList();
    }

    /** An address that may stand in a link; a publisher's own words are not trusted with more. */
    static @Nullable String web(@Nullable String url) {
        return url != null && (url.startsWith("https://") || url.startsWith("http://")) ? url : null;
    }

    private static Row row(Mine mine, Language language) {
        var texts = language.texts(MeTexts.class);
        var comment = mine.comment();
        var statement = mine.statement();
        return new Row(
                comment.id().toString(),
                mine.article().title() == null ? texts.untitled() : mine.article().title(),
                web(mine.article().url()),
                language.time(comment.createdAt(), texts.timePattern()),
                comment.createdAt(),
                comment.editedAt() != null,
                mine.text(),
                state(comment, texts),
                kind(comment),
                statement == null ? List.of() : statement.reasons().stream().map(r -> reason(r, texts)).toList(),
                statement == null ? null : statement.automated() ? texts.byMachine() : texts.byPerson(),
                switch (comment.status()) {
                    case PUBLISHED, HELD, REJECTED -> true;
                    case WITHDRAWN -> false;
                });
    }

    private static String state(CommentState comment, MeTexts texts) {
        return switch (comment.status()) {
            case PUBLISHED -> texts.published();
            case HELD -> comment.visibleRevision() == null ? texts.held() : texts.changeHeld();
            case REJECTED -> texts.rejected();
            case WITHDRAWN -> texts.takenBack();
        };
    }

    private static String kind(CommentState comment) {
        return switch (comment.status()) {
            case PUBLISHED -> "good";
            case HELD -> "waiting";
            case REJECTED -> "bad";
            case WITHDRAWN -> "gone";
        };
    }

    /** In the page's language by its code; a code that these pages don't know in the words that were stored. */
    private static String reason(PublicReason reason, MeTexts texts) {
        return switch (reason.code()) {
            case "ABUSE" -> texts.reasonAbuse();
            case "ADDRESS" -> texts.reasonAddress();
            case "HATE" -> texts.reasonHate();
            case "ILLEGAL" -> texts.reasonIllegal();
            case "LINKS" -> texts.reasonLinks();
            case "NAME" -> texts.reasonName();
            case "OFF_TOPIC" -> texts.reasonOffTopic();
            case "OTHER" -> texts.reasonOther();
            case "PERSONAL_DATA" -> texts.reasonPersonalData();
            case "REPEAT" -> texts.reasonRepeat();
            case "REVIEW" -> texts.reasonReview();
            case "SPAM" -> texts.reasonSpam();
            case "THREAT" -> texts.reasonThreat();
            case "TOXICITY" -> texts.reasonToxicity();
            case "WORDS" -> texts.reasonWords();
            default -> reason.text();
        };
    }
}
