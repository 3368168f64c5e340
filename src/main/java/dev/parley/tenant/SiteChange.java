package dev.parley.tenant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What may change of a site. */
public record SiteChange(
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
