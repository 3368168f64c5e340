package dev.parley.invitation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The client by which Parley makes sign-in accounts in Keycloak for those who were invited. Without {@code admin-url}
 * and {@code client-secret} it makes none, and people sign in with accounts of their own.
 */
@ConfigMapping(prefix = "parley.keycloak")
public interface KeycloakConfig {

    /** Where Keycloak is, such as {@code https://login.example}. */
    Optional<String> adminUrl();

    /** The realm that staff signs in to. */
    @WithDefault("parley")
    String realm();

    /** A client with a service account that may manage and view users, and nothing else. */
    @WithDefault("parley-invitations")
    String clientId();

    /** That client's secret. */
    Optional<String> clientSecret();
}
