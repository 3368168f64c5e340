package dev.parley.widget;

import dev.parley.identity.ForReaders;
import dev.parley.platform.ClientAddress;
import dev.parley.widget.EmbedPages.Forms;
import dev.parley.widget.EmbedPages.Part;
import dev.parley.widget.FormTickets.Verdict;
import dev.parley.widget.FrameLinks.About;
import dev.parley.widget.PlainForms.Answer;
import dev.parley.widget.Visit.Visits;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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

    private final Visits visits;
    private final EmbedPages pages;
    private final FlagPages flags;
    private final FormTickets tickets;
    private final PlainForms forms;
    private final ClientAddress addresses;

    EmbedResource(
            Visits visits,
            EmbedPages pages,
            FlagPages flags,
            FormTickets tickets,
            PlainForms forms,
            ClientAddress addresses) {
        this.visits = visits;
        this.pages = pages;
        this.flags = flags;
        this.tickets = tickets;
        this.forms = forms;
        this.addresses = addresses;
    }

    @GET
    @Operation(hidden = true)
    public String show(
            @PathParam("site") String siteKey,
            @PathParam("article") String article,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor,
            @QueryParam("parent") @Nullable UUID parent,
            @QueryParam("reply") @Nullable UUID reply,
            @QueryParam("comment") @Nullable String comment,
            @QueryParam("flag") @Nullable String flag,
            @QueryParam("url") @DefaultValue("") @Size(max = 2000) String url,
            @QueryParam("title") @DefaultValue("") @Size(max = 300) String title,
            @QueryParam("meta") @DefaultValue("") @Size(max = 8000) String meta,
            @Context UriInfo uri) {
        var visit = visits.of(siteKey, article, uri, new About(url, title, meta));
        if (flag != null) {
            return Pages.draw(flags.asked(visit, Visit.id(flag)));
        }
        var replyTo = pages.replyTo(visit, reply).orElse(null);
        var form = ReplyForm.empty(tickets.issue(siteKey, article), replyTo, visit.links().about());
        var part = comment == null ? new Part(parent, cursor, null) : sought(comment);
        return Pages.draw(pages.page(visit, part, new Forms(form, null, null), null, null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response send(
            @PathParam("site") String siteKey,
            @PathParam("article") String article,
            @HeaderParam("Origin") @Nullable String origin,
            MultivaluedMap<String, String> fields,
            @Context UriInfo uri,
            HttpServerRequest http) {
        var visit = visits.of(siteKey, article, uri, fields);
        var typed = Typed.of(fields, visit.links().about());
        var ticket = tickets.read(siteKey, article, typed.ticket());
        var answer =
                ticket.verdict() == Verdict.GOOD
                        ? forms.send(visit, typed, ticket.key(), origin, addresses.of(http))
                        : PlainForms.sendAgain(ticket.verdict(), visit.texts());
        var form =
                answer.isSent()
                        ? typed.next(tickets.issue(siteKey, article))
                        : typed.again(
                                answer.sameTicket() ? typed.ticket() : tickets.renew(siteKey, article, typed.ticket()),
                                pages.replyTo(visit, typed.parent()).orElse(null),
                                answer.isAsking(),
                                answer.errors());
        var page = pages.page(visit, Part.FIRST, new Forms(form, null, null), answer.notice(), answer.comment());
        return answered(answer, page);
    }

    /** The page that answers a form. */
    static Response answered(Answer answer, EmbedPage page) {
        var response = Response.status(answer.status()).type(HTML).entity(Pages.draw(page));
        answer.headers().forEach(response::header);
        return response.build();
    }

    /** A link that was cut off leads to a comment that is not there. */
    private static Part sought(String comment) {
        var id = Visit.id(comment);
        return Part.around(id == null ? new UUID(0, 0) : id);
    }
}
