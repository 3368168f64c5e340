package dev.parley.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.comment.Cause;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook is told: ids, codes and counters. No name, text, address, network or score has a place in it.
 *
 * @param type name of the event
 * @param timestamp when it happened
 */
record WebhookMessage(String type, Instant timestamp, Data data) {

    /**
     * What it is about; only {@code webhook} in a test, and no {@code webhook} otherwise.
     *
     * @param site public key of the site
     * @param article the publisher's own key of the article
     * @param revision the revision that it is about
     * @param version counts the states of the comment: what has a lower one than was seen is news of yesterday
     * @param reasons public codes of why it is restricted; empty where the comment has moved on already
     * @param report id of the report
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Data(
            @Nullable UUID comment,
            @Nullable String site,
            @Nullable String article,
            @Nullable Integer revision,
            @Nullable Long version,
            @Nullable Cause cause,
            @Nullable List<String> reasons,
            @Nullable UUID report,
            @Nullable UUID webhook) {

        static Data of(
                UUID comment,
                String site,
                String article,
                int revision,
                long version,
                @Nullable Cause cause,
                @Nullable List<String> reasons) {
            return new Data(comment, site, article, revision, version, cause, reasons, null, null);
        }

        static Data flagged(UUID comment, String site, String article, int revision, long version, UUID report) {
            return new Data(comment, site, article, revision, version, null, null, report, null);
        }

        static Data erased(UUID comment, String site, String article) {
            return new Data(comment, site, article, null, null, null, null, null, null);
        }

        static Data test(UUID webhook) {
            return new Data(null, null, null, null, null, null, null, null, webhook);
        }
    }
}
