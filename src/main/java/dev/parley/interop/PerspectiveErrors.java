package dev.parley.interop;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Problem documents under {@code /v1alpha1/} take the form that clients of Perspective read. */
class PerspectiveErrors {

    private static final int FIRST_ERROR = 400;

    @ServerResponseFilter
    public void translate(ContainerResponseContext response, UriInfo uri) {
        if (response.getStatus() >= FIRST_ERROR
                && uri.getRequestUri().getRawPath().startsWith("/v1alpha1/")
                && response.getEntity() instanceof Map<?, ?> problem
                && !problem.containsKey("error")) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
            response.setEntity(PerspectiveError.body(response.getStatus(), String.valueOf(problem.get("title"))));
        }
    }
}
