package dev.parley.tenant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A site to be made.
 *
 * @param key public key, in the address of every reader's call; unique over all tenants, for ever
 * @param language ISO 639-1 code of what its readers mostly write
 * @param origins web origins whose pages may frame and post, such as {@code https://news.example}
 */
public record NewSite(
        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{1,62}[a-z0-9]", message = "must be 3 to 64 of a-z, 0-9 and -")
                String key,
        @NotNull @Size(min = 1, max = 120) String name,
        @NotNull @Pattern(regexp = "[a-z]{2,3}", message = "must be an ISO 639 code") String language,
        @NotNull @Size(min = 1, max = 20)
                List<
                                @NotNull @Size(max = 255)
                                @Pattern(
                                        regexp = "https?://[a-z0-9.-]+(:[0-9]{1,5})?",
                                        message = "must be an origin such as https://news.example")
                                String>
                        origins) {}
