package dev.parley.article;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of an article, by staff or by the page that embeds it. Missing lists are empty. */
public record ArticleMetadata(
        @Nullable
                @Size(max = 2000)
                @Pattern(regexp = "https?://[^\\s\\p{Cntrl}\"<>\\\\]+", message = "must be an http or https address")
                String url,
        @Nullable @Size(max = 300) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must be one line") String title,
        @Size(max = 20)
                List<
                                @NotNull @Size(min = 1, max = 120)
                                @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must be one line") String>
                        authors,
        @Size(max = 20)
                List<
                                @NotNull @Size(min = 1, max = 60)
                                @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must be one line") String>
                        categories,
        @Nullable Instant publishedAt) {

    @SuppressWarnings("NullAway") // JSON may leave the lists out
    public ArticleMetadata {
        authors = authors == null ? List.of() : List.copyOf(authors);
        categories = categories == null ? List.of() : List.copyOf(categories);
    }
}
