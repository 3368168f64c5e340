package dev.parley.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Makes the program leak an address in one place, to see whether the sweep finds it. Does nothing unless a test
 * switches it on, and is part of no build but the tests'.
 */
@Provider
public class PlantedLeak implements ContainerResponseFilter {

    /** Where the address is let out. */
    public enum Place {
        RESPONSE_HEADER,
        THREAD_BODY,
        ERROR_DETAIL,
        QUEUE_VIEW,
        HTML_PAGE,
        ETAG,
        APPLICATION_LOG
    }

    private static final Logger LOG = Logger.getLogger(PlantedLeak.class);

    private static volatile Place place;
    private static volatile Canary canary;

    @Inject ObjectMapper json;

    public static void on(Place where, Canary whose) {
        canary = whose;
        place = where;
    }

    public static void off() {
        place = null;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var where = place;
        if (where == null) {
            return;
        }
        var path = request.getUriInfo().getPath();
        boolean isGet = request.getMethod().equals("GET");
        boolean isThread = isGet && path.contains("/articles/") && path.endsWith("/comments");
        switch (where) {
            case RESPONSE_HEADER -> {
                if (request.getMethod().equals("POST") && path.endsWith("/comments")) {
                    response.getHeaders().add("Reader", form("urlenc"));
                }
            }
            case THREAD_BODY -> {
                if (isThread && response.getStatus() == 200) {
                    put(response, "contact", canary.address());
                }
            }
            case ERROR_DETAIL -> {
                if (response.getEntity() instanceof Map<?, ?> problem && problem.containsKey("detail")) {
                    put(response, "detail", "Not valid: " + form("upper"));
                }
            }
            case QUEUE_VIEW -> {
                if (isGet && path.endsWith("/queue") && response.getStatus() == 200) {
                    put(response, "avatars", form("md5.lower"));
                }
            }
            case HTML_PAGE -> {
                if (isGet && path.startsWith("/embed/") && response.getEntity() instanceof String page) {
                    response.setEntity(page.replace("</body>", "<!-- " + form("b64") + " --></body>"));
                }
            }
            case ETAG -> {
                if (isThread) {
                    response.getHeaders().putSingle("ETag", "W/\"" + form("sha256.first16") + "\"");
                }
            }
            case APPLICATION_LOG -> LOG.tracef("%s asked for %s", form("reversed"), path);
        }
    }

    private void put(ContainerResponseContext response, String name, String value) {
        Map<String, Object> body = new LinkedHashMap<>();
        json.valueToTree(response.getEntity()).properties().forEach(p -> body.put(p.getKey(), p.getValue()));
        body.put(name, value);
        response.setEntity(
                body,
                new Annotation[0],
                response.getMediaType() == null ? MediaType.APPLICATION_JSON_TYPE : response.getMediaType());
    }

    private static String form(String name) {
        return canary.forms().get(name);
    }
}
