package dev.parley.widget;

import dev.parley.platform.Language;
import dev.parley.platform.ProblemType;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Problem documents under {@code /embed/} become pages: their reader is a person looking at a frame. */
class ErrorPages {

    private static final int FIRST_ERROR = 400;

    private final Frames frames;
    private final FrameHeaders headers;

    ErrorPages(Frames frames, FrameHeaders headers) {
        this.frames = frames;
        this.headers = headers;
    }

    @ServerResponseFilter
    public void draw(ContainerResponseContext response, UriInfo uri) {
        var path = uri.getRequestUri().getRawPath();
        if (response.getStatus() < FIRST_ERROR
                || !path.startsWith(FrameHeaders.PREFIX)
                || !(response.getEntity() instanceof Map<?, ?> problem)) {
            return;
        }
        var look = headers.look(path, uri.getQueryParameters().getFirst("lang"));
        var words = Words.of(look.language(), String.valueOf(problem.get("type")));
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, EmbedResource.HTML);
        response.setEntity(Pages.draw(frames.plain(look), words.title(), words.text()));
    }

    /** A problem in the words of a page. */
    record Words(String title, String text) {

        static Words of(Language language, String uri) {
            for (var type : ProblemType.values()) {
                if (type.uri().equals(uri)) {
                    return of(language.texts(WidgetTexts.class), type);
                }
            }
            return of(language.texts(WidgetTexts.class), ProblemType.INTERNAL_ERROR);
        }

        private static Words of(WidgetTexts texts, ProblemType type) {
            return switch (type) {
                case NOT_FOUND -> new Words(texts.nothingHere(), texts.nothingHereText());
                case ORIGIN_NOT_ALLOWED -> new Words(texts.foreignPage(), texts.foreignPageText());
                case TOO_LARGE -> new Words(texts.tooLarge(), texts.tooLargeText());
                case TOO_MANY_REQUESTS -> new Words(texts.tooManyPage(), texts.tooManyPageText());
                case UNAVAILABLE -> new Words(texts.unavailable(), texts.unavailableText());
                case INTERNAL_ERROR -> new Words(texts.broken(), texts.brokenText());
                case INVALID_INPUT,
                        MALFORMED_REQUEST,
                        NOT_SIGNED_IN,
                        NOT_ENTITLED,
                        METHOD_NOT_ALLOWED,
                        NOT_ACCEPTABLE,
                        NOT_IMPLEMENTED,
                        STALE_VERSION,
                        CLAIMED,
                        CONFLICT,
                        STILL_WORKING,
                        UNSUPPORTED_MEDIA_TYPE,
                        RECONSIDER,
                        KEY_USED_DIFFERENTLY ->
                        new Words(texts.unreadable(), texts.unreadableText());
            };
        }
    }
}
