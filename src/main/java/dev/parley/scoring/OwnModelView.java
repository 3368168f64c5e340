package dev.parley.scoring;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model that the tenant's moderators taught, as its admins see it.
 *
 * @param language ISO 639-1
 * @param attribute such as {@code toxicity}
 * @param version what scores made by it bear
 * @param base version of the shipped model that it stands on; null where there is none
 * @param outdated whether the shipped model is another one by now: then it scores nothing, and is to be taught anew
 * @param activatedBy the member who put it in force last; null if nobody did
 */
public record OwnModelView(
        UUID id,
        String language,
        String attribute,
        OwnModelState state,
        String version,
        @Nullable String base,
        boolean outdated,
        OwnReport report,
        Instant trainedAt,
        @Nullable Instant activatedAt,
        @Nullable UUID activatedBy) {}
