package dev.parley.widget;

import dev.parley.identity.ForReaders;
import dev.parley.platform.ClientAddress;
import dev.parley.platform.NotFound;
import dev.parley.widget.EmbedPages.Forms;
import dev.parley.widget.EmbedPages.Part;
import dev.parley.widget.PlainForms.Answer;
import dev.parley.widget.Visit.Visits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What a writer may do with a comment for a while: change it and take it back. */
@Path("/embed/{site}/{article}")
@Produces(EmbedResource.HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@PermitAll
@ForReaders
@RunOnVirtualThread
class OwnResource {

    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final Visits visits;
    private final EmbedPages pages;
    private final FormTickets tickets;
    private final PlainForms forms;
    private final ClientAddress addresses;

    OwnResource(Visits visits, EmbedPages pages, FormTickets tickets, PlainForms forms, ClientAddress addresses) {
        this.visits = visits;
        this.pages = pages;
        this.tickets = tickets;
        this.forms = forms;
        this.addresses = addresses;
    }

    /** Without a text: the form to change it. With one: the change. */
    @POST
    @Path("edit")
    @Operation(hidden = true)
    public Response edit(
            @PathParam("site") String site,
            @PathParam("article") String article,
            @HeaderParam("Origin") @Nullable String origin,
            MultivaluedMap<String, String> fields,
            @Context UriInfo uri,
            HttpServerRequest http) {
        var visit = visits.of(site, article, uri, fields);
        var id = idIn(fields);
        var token = Typed.field(fields, "token");
        if (!fields.containsKey("comment")) {
            return form(visit, id, token);
        }
        var text = Typed.text(fields, "comment");
        var ticket = tickets.read(site, article, Typed.field(fields, "ticket"));
        var answer =
                ticket.isOurs()
                        ? forms.edit(visit, id, token, text, Typed.nudge(fields), origin, addresses.of(http))
                        : PlainForms.sendAgain(ticket.verdict(), visit.texts());
        if (answer.isSent()) {
            return EmbedResource.answered(answer, page(visit, id, null, answer.notice()));
        }
        return EmbedResource.answered(
                answer, page(visit, id, formAgain(visit, id, token, text, answer), answer.notice()));
    }

    @POST
    @Path("withdraw")
    @Operation(hidden = true)
    public Response withdraw(
            @PathParam("site") String site,
            @PathParam("article") String article,
            @HeaderParam("Origin") @Nullable String origin,
            MultivaluedMap<String, String> fields,
            @Context UriInfo uri,
            HttpServerRequest http) {
        var visit = visits.of(site, article, uri, fields);
        var id = idIn(fields);
        var answer = forms.withdraw(visit, id, Typed.field(fields, "token"), origin, addresses.of(http));
        return EmbedResource.answered(answer, page(visit, null, null, answer.notice()));
    }

    private Response form(Visit visit, UUID id, String token) {
        var texts = visit.texts();
        try {
            var receipt = forms.own(visit, id, token);
            var own = pages.own(receipt);
            var body = receipt.comment().body();
            if (own == null || body == null) {
                return refused(visit, Answer.refused(CONFLICT, texts.tooLate(), texts.windowOver()));
            }
            var form = new EditForm(own, ticket(visit), body, false, null, visit.links().comment(id));
            var answer = new Answer(OK, Notice.done(""), Map.of(), id, false, Map.of());
            return EmbedResource.answered(answer, page(visit, id, form, null));
        } catch (NotFound e) {
            return refused(visit, Answer.refused(e.type().status(), texts.tooLate(), texts.notYours()));
        }
    }

    private Response refused(Visit visit, Answer answer) {
        return EmbedResource.answered(answer, page(visit, null, null, answer.notice()));
    }

    /** With what was typed, if it may still be sent. */
    private @Nullable EditForm formAgain(Visit visit, UUID id, String token, String text, Answer answer) {
        try {
            var own = pages.own(forms.own(visit, id, token));
            return own == null
                    ? null
                    : new EditForm(
                            own,
                            ticket(visit),
                            text,
                            answer.isAsking(),
                            answer.errors().get("comment"),
                            visit.links().comment(id));
        } catch (NotFound e) {
            return null;
        }
    }

    private String ticket(Visit visit) {
        return tickets.issue(visit.site().key(), visit.article());
    }

    /** Around the comment if readers see it. */
    private EmbedPage page(Visit visit, @Nullable UUID id, @Nullable EditForm edit, @Nullable Notice notice) {
        boolean isShown = pages.shown(visit, id).isPresent();
        var part = id != null && isShown ? Part.around(id) : Part.FIRST;
        var none = pages.emptyForms(visit);
        return pages.page(visit, part, new Forms(none.reply(), null, edit), notice, id);
    }

    /**
     * @throws NotFound if there is none
     */
    private static UUID idIn(MultivaluedMap<String, String> fields) {
        var id = Visit.id(Typed.field(fields, "id"));
        if (id == null) {
            throw new NotFound("comment");
        }
        return id;
    }
}
