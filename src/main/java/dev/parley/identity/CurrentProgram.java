package dev.parley.identity;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program behind the current request, if it showed an API key. */
@RequestScoped
public class CurrentProgram {

    private @Nullable ApiClient client;

    /** Empty if a member is asking. */
    public Optional<ApiClient> get() {
        return Optional.ofNullable(client);
    }

    void set(ApiClient admitted) {
        client = admitted;
    }
}
