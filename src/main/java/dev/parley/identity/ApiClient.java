package dev.parley.identity;

import dev.parley.audit.Act;
import java.util.UUID;

/**
 * The program of the entered tenant that makes this request.
 *
 * @param key id of the API key that it showed
 * @param perMinute texts that it may have scored in a minute
 */
public record ApiClient(UUID key, int perMinute) {

    public Act.By actor() {
        return new Act.By("api-key", key.toString());
    }
}
