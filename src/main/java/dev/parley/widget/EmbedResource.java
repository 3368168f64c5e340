package dev.parley.widget;

import dev.parley.identity.ForReaders;
import dev.parley.platform.ClientAddress;
import dev.parley.tenant.Sites;
import dev.parley.widget.FormTickets.Verdict;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The framed page under an article: a form and a thread, plain HTML. */
@Path("/embed/{site}/{article}")
@Produces(EmbedResource.HTML)
@PermitAll
@ForReaders
@RunOnVirtualThread
class EmbedResource {

    static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    private final Sites sites;
    private final EmbedPages pages;
    private final FrameHeaders headers;
    private final FormTickets tickets;
    private final PlainForms forms;
    private final ClientAddress addresses;

    EmbedResource(
            Sites sites,
            EmbedPages pages,
            FrameHeaders headers,
            FormTickets tickets,
            PlainForms forms,
            ClientAddress addresses) {
        this.sites = sites;
        this.pages = pages;
        this.headers = headers;
        this.tickets = tickets;
        this.forms = forms;
        this.addresses = addresses;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @PathParam("site") String siteKey,
            @PathParam("article") String article,
            @QueryParam("sort") @DefaultValue(FrameLinks.DEFAULT_SORT) String sort,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor,
            @QueryParam("parent") @Nullable UUID parent,
            @QueryParam("reply") @Nullable UUID reply,
            @QueryParam("url") @DefaultValue("") @Size(max = 2000) String url,
            @QueryParam("title") @DefaultValue("") @Size(max = 300) String title) {
        var site = sites.byKey(siteKey);
        headers.know(site);
        EmbedPages.order(sort); // refuses unknown ones, also where there is no thread yet
        var links = FrameLinks.of(siteKey, article, sort, url, title);
        var replyTo = pages.replyTo(site, article, reply, links).orElse(null);
        var form = new ReplyForm(tickets.issue(siteKey, article), replyTo, "", "", "", url, title, Map.of());
        return Pages.page(pages.page(site, article, links, parent, cursor, form, null, null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response send(
            @PathParam("site") String siteKey,
            @PathParam("article") String article,
            @HeaderParam("Origin") @Nullable String origin,
            MultivaluedMap<String, String> fields,
            HttpServerRequest http) {
        var site = sites.byKey(siteKey);
        headers.know(site);
        var typed = Typed.of(fields);
        var links = FrameLinks.of(siteKey, article, FrameLinks.DEFAULT_SORT, typed.url(), typed.title());
        var ticket = tickets.read(siteKey, article, typed.ticket());
        var answer =
                ticket.verdict() == Verdict.GOOD
                        ? forms.send(siteKey, article, typed, ticket.key(), origin, addresses.of(http))
                        : PlainForms.sendAgain(ticket.verdict());
        var form =
                answer.isSent()
                        ? typed.next(tickets.issue(siteKey, article))
                        : typed.again(
                                tickets.renew(siteKey, article, typed.ticket()),
                                pages.replyTo(site, article, typed.parent(), links).orElse(null),
                                answer.errors());
        var page = pages.page(site, article, links, null, null, form, answer.notice(), answer.comment());
        var response = Response.status(answer.status()).type(HTML).entity(Pages.page(page).render());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
