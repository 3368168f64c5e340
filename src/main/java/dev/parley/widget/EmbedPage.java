package dev.parley.widget;

import dev.parley.widget.FrameLinks.About;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the framed page shows.
 *
 * @param all address of the whole thread
 * @param about what the embedding page said of its article, for the forms that carry it along
 * @param form null where the article takes no comments
 * @param flag the form to report a comment; null if none was asked for
 * @param edit the form to change a comment; null if none was asked for
 */
record EmbedPage(
        Frame frame,
        String all,
        About about,
        @Nullable Notice notice,
        @Nullable ReplyForm form,
        @Nullable FlagForm flag,
        @Nullable EditForm edit,
        ShownThread thread) {

    /** Whether the form is shown to be sent once more. */
    public boolean isAgain() {
        return notice != null && (notice.kind() == Notice.Kind.NOT_SENT || notice.asked());
    }

    /** One order of the thread. */
    record Sort(String name, String href, boolean current) {}

    /**
     * The thread, the replies to one comment, or one comment in its place.
     *
     * @param language the site's own, which most comments are in
     * @param heading over the whole page of comments
     * @param back leads from a part of the thread to all of it; null on the whole thread
     * @param more leads to the next page; null on the last one
     * @param moreText words of that link
     * @param data the same for search engines, as JSON that is safe inside a script element
     */
    record ShownThread(
            String language,
            long count,
            String heading,
            List<Sort> sorts,
            List<ShownComment> comments,
            @Nullable String back,
            @Nullable String more,
            String moreText,
            String data) {

        /** Whether that comment is on this page; a reply may stand among those that have to be asked for. */
        boolean shows(@Nullable UUID comment) {
            return comment != null && comments.stream().anyMatch(shown -> shown.isOrHolds(comment.toString()));
        }

        public boolean isEmpty() {
            return count == 0 && comments.isEmpty();
        }

        public boolean isSortable() {
            return back == null && count > 1;
        }
    }
}
