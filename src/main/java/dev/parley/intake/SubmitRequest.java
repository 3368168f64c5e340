package dev.parley.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.article.ArticleMetadata;
import jakarta.validation.Valid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A comment as it arrives. Sizes and characters are checked by {@link SubmissionRules}, all at once.
 *
 * @param parentId the comment it answers; null for one on the article itself
 * @param article what the page says of its article, for one that Parley does not know yet
 * @param signedArticle what the publisher signed about the article, see {@link dev.parley.article.SignedArticles}
 * @param wantsMails {@code notify} in JSON: whether the commenter wants a link by mail, and from then on mails about
 *     answers and decisions; null for no
 * @param nudge whether the client can ask its reader to say it differently, if the tenant wants that; null for no
 */
public record SubmitRequest(
        @Nullable String name,
        @Nullable String email,
        @Nullable String body,
        @Nullable String website,
        @Nullable UUID parentId,
        @Nullable @Valid ArticleMetadata article,
        @Nullable String signedArticle,
        @JsonProperty("notify") @Nullable Boolean wantsMails,
        @Nullable Boolean nudge) {

    /** The comment itself: it is the same sending with the question asked, answered or left out. */
    SubmitRequest withoutNudge() {
        return new SubmitRequest(name, email, body, website, parentId, article, signedArticle, wantsMails, null);
    }

    /** Prints nothing that a person typed: this record holds an address in the clear. */
    @Override
    public String toString() {
        return "SubmitRequest[…]";
    }
}
