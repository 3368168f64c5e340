package dev.parley.comment;

import dev.parley.comment.ThreadView.ThreadArticle;
import java.util.List;

/** The newest visible comments of a site, each with its article. */
public record RecentView(List<Item> items) {

    public record Item(ThreadArticle article, CommentView comment) {}
}
