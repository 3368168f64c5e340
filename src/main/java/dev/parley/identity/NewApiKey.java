package dev.parley.identity;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key to be made.
 *
 * @param name what colleagues call it; no two keys in use have the same
 * @param perMinute texts that it may have scored in a minute; null for {@link ApiKeyConfig#perMinute}
 * @param expiresAt from when on it does not work; null for never
 */
public record NewApiKey(
        @NotBlank @Size(max = 80) String name, @Nullable @Min(1) Integer perMinute, @Nullable Instant expiresAt) {}
