package dev.parley.widget;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Problem documents under {@code /embed/} become pages: their reader is a person looking at a frame. */
class ErrorPages {

    private static final int FIRST_ERROR = 400;

    private final Stylesheet stylesheet;

    ErrorPages(Stylesheet stylesheet) {
        this.stylesheet = stylesheet;
    }

    @ServerResponseFilter
    public void draw(ContainerResponseContext response, UriInfo uri) {
        if (response.getStatus() < FIRST_ERROR
                || !uri.getRequestUri().getRawPath().startsWith(FrameHeaders.PREFIX)
                || !(response.getEntity() instanceof Map<?, ?> problem)) {
            return;
        }
        var page =
                Pages.error(
                                stylesheet.path(),
                                String.valueOf(problem.get("title")),
                                String.valueOf(problem.get("detail")))
                        .render();
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_HTML + ";charset=UTF-8");
        response.setEntity(page);
    }
}
