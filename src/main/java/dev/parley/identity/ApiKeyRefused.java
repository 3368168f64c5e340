package dev.parley.identity;

import io.quarkus.security.UnauthorizedException;

/** A key that opens nothing: malformed, unknown, wrong, expired, revoked, or of a tenant that is not served. */
public final class ApiKeyRefused extends UnauthorizedException {
    private static final long serialVersionUID = 1L;
}
