package dev.parley.widget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comment on the page, or the place that one has left among its replies.
 *
 * @param author null where only the place is left
 * @param avatar an SVG element that we drew
 * @param html safe to show as it is
 * @param href of its place on the publisher's page, or alone in the frame where that page is not known
 * @param written in words; {@code createdAt} for machines
 * @param mine whether it was sent by the form that this page answers
 * @param sought whether the page was asked for this comment
 * @param replyHref puts the form into reply mode; null where no reply is taken
 * @param flagHref leads to the form to report it; null where there is nothing to report
 * @param more leads to further replies; null if all are here
 */
record ShownComment(
        String id,
        @Nullable String parent,
        @Nullable Author author,
        String avatar,
        String html,
        String href,
        String createdAt,
        String written,
        boolean edited,
        boolean mine,
        boolean sought,
        @Nullable String replyHref,
        @Nullable String flagHref,
        List<ShownComment> replies,
        @Nullable String more) {

    /** Who wrote it. */
    record Author(String name) {}

    boolean isOrHolds(String other) {
        return id.equals(other) || replies.stream().anyMatch(reply -> reply.isOrHolds(other));
    }

    public String anchor() {
        return "c-" + id;
    }
}
