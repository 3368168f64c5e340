package dev.parley.widget;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.article.ArticleView;
import dev.parley.comment.CommentView;
import dev.parley.comment.ThreadView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The thread as search engines read it (schema.org). Holds what the page shows anyway, and no id of a person.
 *
 * @param url of the publisher's page
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record StructuredData(
        @JsonProperty("@context") String context,
        @JsonProperty("@type") String type,
        @Nullable String headline,
        @Nullable String url,
        List<Person> author,
        @Nullable Instant datePublished,
        long commentCount,
        List<Said> comment) {

    /** Who wrote it. */
    record Person(@JsonProperty("@type") String type, String name) {
        static Person named(String name) {
            return new Person("Person", name);
        }
    }

    /**
     * One comment.
     *
     * @param text as it was written
     * @param url of its place on the publisher's page
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Said(
            @JsonProperty("@type") String type,
            String text,
            Person author,
            Instant dateCreated,
            @Nullable Instant dateModified,
            @Nullable String url,
            List<Said> comment) {}

    static StructuredData of(ArticleView article, ThreadView thread) {
        return new StructuredData(
                "https://schema.org",
                "DiscussionForumPosting",
                article.title(),
                article.url(),
                article.authors().stream().map(Person::named).toList(),
                article.publishedAt(),
                thread.count(),
                said(thread.items(), article.url()));
    }

    /** What is gone is left out, and the answers to it with it. */
    private static List<Said> said(List<CommentView> comments, @Nullable String page) {
        return comments.stream().map(comment -> said(comment, page)).filter(Objects::nonNull).toList();
    }

    private static @Nullable Said said(CommentView comment, @Nullable String page) {
        var author = comment.author();
        var body = comment.body();
        return author == null || body == null
                ? null
                : new Said(
                        "Comment",
                        body,
                        Person.named(author.name()),
                        comment.createdAt(),
                        comment.editedAt(),
                        page == null ? null : page + "#comment-" + comment.id(),
                        said(comment.replies().items(), page));
    }
}
