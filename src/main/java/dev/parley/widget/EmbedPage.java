package dev.parley.widget;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the framed page shows.
 *
 * @param language the site's own, for the thread; the page's words are English
 * @param path of this article's frame, without a query
 * @param form null where the article takes no comments
 */
record EmbedPage(
        String stylesheet,
        String language,
        String path,
        @Nullable Notice notice,
        @Nullable ReplyForm form,
        ShownThread thread) {

    /** Whether the form is shown to be sent once more. */
    public boolean isAgain() {
        return notice != null && notice.kind() == Notice.Kind.NOT_SENT;
    }

    /** One order of the thread. */
    record Sort(String name, String href, boolean current) {}

    /**
     * The thread, or the replies to one comment.
     *
     * @param back leads from the replies of one comment to all; null on the whole thread
     * @param more leads to the next page; null on the last one
     */
    record ShownThread(
            long count, List<Sort> sorts, List<ShownComment> comments, @Nullable String back, @Nullable String more) {

        /** Whether that comment is on this page; a reply may stand among those that have to be asked for. */
        boolean shows(@Nullable UUID comment) {
            return comment != null && comments.stream().anyMatch(shown -> shown.isOrHolds(comment.toString()));
        }

        public String heading() {
            return count == 1 ? "1 Comment" : count + " Comments";
        }

        public boolean isSortable() {
            return back == null && count > 1;
        }
    }
}
