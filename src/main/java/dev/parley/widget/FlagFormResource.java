package dev.parley.widget;

import dev.parley.identity.ForReaders;
import dev.parley.intake.Origins;
import dev.parley.moderation.FlagReason;
import dev.parley.moderation.Flags;
import dev.parley.platform.ClientAddress;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.platform.TooManyRequests;
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
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Takes readers' reports from the plain form. */
@Path("/embed/{site}/{article}/flags")
@Produces(EmbedResource.HTML)
@PermitAll
@ForReaders
@RunOnVirtualThread
class FlagFormResource {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_NOTE = 500;

    private final Visits visits;
    private final FlagPages pages;
    private final Flags flags;
    private final FormTickets tickets;
    private final ClientAddress addresses;
    private final Origins origins;

    FlagFormResource(
            Visits visits,
            FlagPages pages,
            Flags flags,
            FormTickets tickets,
            ClientAddress addresses,
            Origins origins) {
        this.visits = visits;
        this.pages = pages;
        this.flags = flags;
        this.tickets = tickets;
        this.addresses = addresses;
        this.origins = origins;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response send(
            @PathParam("site") String site,
            @PathParam("article") String article,
            @HeaderParam("Origin") @Nullable String origin,
            MultivaluedMap<String, String> fields,
            @Context UriInfo uri,
            HttpServerRequest http) {
        var visit = visits.of(site, article, uri, fields);
        origins.mustBelongTo(visit.site(), origin);
        var id = Visit.id(Typed.field(fields, "id"));
        var reason = reason(Typed.field(fields, "reason"));
        var note = Typed.text(fields, "note").strip();
        var texts = visit.texts();
        var ticket = tickets.read(site, article, Typed.field(fields, "ticket"));
        if (!ticket.isOurs()) {
            var refused = Answer.refused(BAD_REQUEST, texts.flagNotSent(), PlainForms.why(ticket.verdict(), texts));
            return EmbedResource.answered(refused, pages.again(visit, id, reason, note, null, refused.notice()));
        }
        var error = error(reason, note, texts);
        if (reason == null || error != null) {
            var refused = Answer.refused(BAD_REQUEST, texts.flagNotSent(), texts.lookBelow());
            return EmbedResource.answered(refused, pages.again(visit, id, reason, note, error, refused.notice()));
        }
        var answer = flag(visit, id, reason, note, addresses.of(http));
        var page =
                answer.isSent()
                        ? pages.answered(visit, id, answer.notice())
                        : pages.again(visit, id, reason, note, null, answer.notice());
        return EmbedResource.answered(answer, page);
    }

    private Answer flag(Visit visit, @Nullable UUID id, FlagReason reason, String note, InetAddress client) {
        var texts = visit.texts();
        try {
            if (id == null) {
                throw new NotFound("comment");
            }
            flags.flag(visit.site(), id, reason, note.isEmpty() ? null : note, client);
            return new Answer(OK, Notice.done(texts.flagged()), Map.of(), id, false, Map.of());
        } catch (NotFound e) {
            return Answer.refused(e.type().status(), texts.flagNotSent(), texts.flagGone());
        } catch (InvalidInput e) {
            return Answer.refused(BAD_REQUEST, texts.flagNotSent(), texts.charactersWrong(texts.flagNote()));
        } catch (TooManyRequests e) {
            return new Answer(
                    e.type().status(),
                    Notice.notSent(texts.flagNotSent(), texts.tooManyPageText()),
                    Map.of(),
                    null,
                    true,
                    e.headers());
        }
    }

    private static @Nullable String error(@Nullable FlagReason reason, String note, WidgetTexts texts) {
        if (reason == null) {
            return texts.flagChoose();
        }
        return note.codePointCount(0, note.length()) > LONGEST_NOTE ? texts.flagNoteLong() : null;
    }

    private static @Nullable FlagReason reason(String name) {
        return Arrays.stream(FlagReason.values()).filter(r -> r.name().equals(name)).findFirst().orElse(null);
    }
}
