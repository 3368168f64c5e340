package dev.parley.delivery;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is to be.
 *
 * @param address where the receiver listens: https and a name
 * @param events what it is told of
 * @param sites ids of the sites that it is told of; none given: all
 * @param description for colleagues; none given: empty
 * @param enabled null for yes
 */
public record WebhookRequest(
        @NotBlank @Size(max = 500) String address,
        @NotEmpty @Size(max = 20) List<@NotNull WebhookEvent> events,
        @Size(max = 100) List<@NotNull UUID> sites,
        @Size(max = 200) String description,
        @Nullable Boolean enabled) {

    public WebhookRequest {
        sites = sites == null ? List.of() : List.copyOf(sites);
        description = description == null ? "" : description.strip();
    }

    boolean off() {
        return Boolean.FALSE.equals(enabled);
    }
}
