package dev.parley.testing;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Fails a request as a fault in the program would, with a message of the test's. Part of no build but the tests'. */
@Provider
public class FailsWhenAsked implements ContainerRequestFilter {

    public static final String HEADER = "Fail-With";

    @Override
    public void filter(ContainerRequestContext request) {
        var message = request.getHeaderString(HEADER);
        if (message != null) {
            throw new IllegalStateException(message);
        }
    }
}
