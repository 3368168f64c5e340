package dev.parley.intake;

import dev.parley.article.ArticleMetadata;
import dev.parley.privacy.EmailAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A submission whose fields were accepted. */
record Submission(
        String name,
        EmailAddress email,
        String body,
        @Nullable String website,
        @Nullable UUID parentId,
        @Nullable ArticleMetadata article,
        boolean wantsMails,
        boolean nudge) {}
