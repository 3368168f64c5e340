package dev.parley.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/** What a webhook can be told of. The names on the wire are a contract (docs/webhooks.md). */
public enum WebhookEvent {
    @JsonProperty("comment.published")
    COMMENT_PUBLISHED("comment.published"),
    @JsonProperty("comment.held")
    COMMENT_HELD("comment.held"),
    @JsonProperty("comment.rejected")
    COMMENT_REJECTED("comment.rejected"),
    /** A moderator left a reported comment as it was. */
    @JsonProperty("comment.kept")
    COMMENT_KEPT("comment.kept"),
    @JsonProperty("comment.withdrawn")
    COMMENT_WITHDRAWN("comment.withdrawn"),
    /** Its commenter had everything erased: whoever keeps copies deletes them. */
    @JsonProperty("comment.erased")
    COMMENT_ERASED("comment.erased"),
    /** A reader reported it. */
    @JsonProperty("comment.flagged")
    COMMENT_FLAGGED("comment.flagged");

    /** What an admin sends to see whether a webhook works; nobody subscribes to it. */
    static final String TEST = "webhook.test";

    private final String wire;

    WebhookEvent(String wire) {
        this.wire = wire;
    }

    /** Name in messages and in the database, such as {@code comment.published}. */
    public String wire() {
        return wire;
    }

    /** The event of that name. Fails for another one. */
    static WebhookEvent of(String wire) {
        return Arrays.stream(values())
                .filter(event -> event.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such event"));
    }
}
