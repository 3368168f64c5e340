package dev.parley.reader;

import dev.parley.platform.Language;
import dev.parley.reader.Shell.Notice;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Problem documents under {@code /me/} become pages, in the language that was asked for or that the browser prefers.
 */
class ErrorPages {

    private static final int FIRST_ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final SelfServicePages pages;

    ErrorPages(SelfServicePages pages) {
        this.pages = pages;
    }

    @ServerResponseFilter
    public void draw(ContainerRequestContext request, ContainerResponseContext response) {
        var uri = request.getUriInfo();
        if (response.getStatus() < FIRST_ERROR
                || !isOurs(uri.getRequestUri().getRawPath())
                || !(response.getEntity() instanceof Map<?, ?>)) {
            return;
        }
        var preferred = request.getAcceptableLanguages().stream().map(Locale::toLanguageTag).toList();
        var asked = uri.getQueryParameters().getFirst("lang");
        var language = asked == null ? Language.of(preferred.toArray(String[]::new)) : Language.of(asked);
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, SelfServiceResource.HTML);
        response.setEntity(
                pages.notice(pages.shell(language), notice(response.getStatus(), language.texts(MeTexts.class))));
    }

    private static boolean isOurs(String path) {
        return path.startsWith(PageHeaders.PREFIX) || path.equals(PageHeaders.FORM);
    }

    private static Notice notice(int status, MeTexts texts) {
        return switch (status) {
            case NOT_FOUND -> Notice.bad(texts.noLink(), texts.noLinkText());
            case TOO_MANY -> Notice.bad(texts.tooFast(), texts.tooFastText());
            default -> Notice.bad(texts.failed(), texts.failedText());
        };
    }
}
