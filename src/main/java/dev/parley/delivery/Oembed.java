package dev.parley.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One comment as oEmbed 1.0 wants it.
 *
 * @param html a quotation, without script; to be shown as it is
 * @param height an estimate in CSS pixels: text takes what it needs
 */
public record Oembed(
        String version,
        String type,
        @JsonProperty("provider_name") String providerName,
        @JsonProperty("provider_url") String providerUrl,
        @JsonProperty("author_name") String authorName,
        @Nullable String title,
        String html,
        int width,
        int height,
        @JsonProperty("cache_age") int cacheAge) {}
