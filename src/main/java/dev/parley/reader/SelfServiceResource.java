package dev.parley.reader;

import dev.parley.audit.Act;
import dev.parley.platform.InvalidInput;
import dev.parley.reader.Shell.Notice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a mailed link opens: plain HTML, plain forms. A GET changes nothing, since programs open the links of
 * mails before people do. The token is all that is asked for; there is no cookie, and no origin to check.
 */
@Path("/me/{token}")
@Produces(SelfServiceResource.HTML)
@PermitAll
@RunOnVirtualThread
class SelfServiceResource {

    static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    private final Visits visits;
    private final SelfServicePages pages;
    private final Proofs proofs;
    private final Account account;
    private final Exports exports;
    private final Erasing erasing;

    SelfServiceResource(
            Visits visits, SelfServicePages pages, Proofs proofs, Account account, Exports exports, Erasing erasing) {
        this.visits = visits;
        this.pages = pages;
        this.proofs = proofs;
        this.account = account;
        this.exports = exports;
        this.erasing = erasing;
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        var visit = visits.by(token, LinkPurpose.MANAGE);
        return page(200, pages.page(visit, pages.shell(visit, token, lang), cursor));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response prove(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            MultivaluedMap<String, String> fields) {
        var visit = visits.by(token, LinkPurpose.MANAGE);
        var shell = pages.shell(visit, token, lang);
        var proven = proofs.prove(visit.link(), ids(fields.get("mine")));
        if (proven.isEmpty()) {
            var texts = shell.texts();
            var nothing = Notice.bad(texts.nothingTicked(), texts.nothingTickedText());
            return page(400, pages.page(visit, shell.with(nothing), null));
        }
        var link = visit.link();
        var after =
                new Visit(
                        new LinkView(link.id(), proven.get().survivor(), link.site(), link.purpose(), link.lapsesAt()),
                        visit.site());
        var done = SelfServicePages.proven(proven.get(), shell.language());
        return page(200, pages.page(after, shell.with(done), null));
    }

    @POST
    @Path("withdraw")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response withdraw(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            MultivaluedMap<String, String> fields) {
        var visit = visits.by(token, LinkPurpose.MANAGE);
        var shell = pages.shell(visit, token, lang);
        if (!pages.isProven(visit)) {
            return proveFirst(visit, shell);
        }
        account.withdraw(visit.link(), id(fields.getFirst("comment")));
        var texts = shell.texts();
        return page(200, pages.page(visit, shell.with(Notice.good(texts.withdrawn(), texts.withdrawnText())), null));
    }

    @POST
    @Path("mails")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response mails(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            MultivaluedMap<String, String> fields) {
        var visit = visits.by(token, LinkPurpose.MANAGE);
        var shell = pages.shell(visit, token, lang);
        if (!pages.isProven(visit)) {
            return proveFirst(visit, shell);
        }
        boolean on = isOn(fields.getFirst("mails"));
        account.switchMails(visit.link(), on);
        var texts = shell.texts();
        var done = Notice.good(on ? texts.switchedOn() : texts.switchedOff(), null);
        return page(200, pages.page(visit, shell.with(done), null));
    }

    @GET
    @Path("export")
    @Produces({MediaType.APPLICATION_JSON, HTML})
    @Operation(hidden = true)
    public Response export(@PathParam("token") String token, @QueryParam("lang") @Nullable String lang) {
        var visit = visits.by(token, LinkPurpose.MANAGE);
        if (!pages.isProven(visit)) {
            return proveFirst(visit, pages.shell(visit, token, lang));
        }
        return Response.ok(exports.of(visit.link()), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"comments.json\"")
                .build();
    }

    @GET
    @Path("erase")
    @Operation(hidden = true)
    public Response askToErase(@PathParam("token") String token, @QueryParam("lang") @Nullable String lang) {
        var visit = visits.by(token, LinkPurpose.MANAGE);
        var shell = pages.shell(visit, token, lang);
        return pages.isProven(visit) ? page(200, pages.erase(shell)) : proveFirst(visit, shell);
    }

    @POST
    @Path("erase")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response erase(@PathParam("token") String token, @QueryParam("lang") @Nullable String lang) {
        var visit = visits.by(token, LinkPurpose.MANAGE);
        var shell = pages.shell(visit, token, lang);
        if (!pages.isProven(visit)) {
            return proveFirst(visit, shell);
        }
        erasing.erase(visit.link().commenter(), new Act.By("reader", visit.link().commenter().toString()));
        var texts = shell.texts();
        return page(200, pages.notice(shell, Notice.good(texts.erased(), texts.erasedText())));
    }

    @GET
    @Path("unsubscribe")
    @Operation(hidden = true)
    public Response askToUnsubscribe(@PathParam("token") String token, @QueryParam("lang") @Nullable String lang) {
        var visit = visits.by(token, LinkPurpose.UNSUBSCRIBE);
        return page(200, pages.unsubscribe(pages.shell(visit, token, lang)));
    }

    /** Also what mail programs post by themselves (RFC 8058); their body says nothing that the address does not. */
    @POST
    @Path("unsubscribe")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response unsubscribe(@PathParam("token") String token, @QueryParam("lang") @Nullable String lang) {
        var visit = visits.by(token, LinkPurpose.UNSUBSCRIBE);
        account.unsubscribe(visit.link());
        var shell = pages.shell(visit, token, lang);
        var texts = shell.texts();
        var done = Notice.good(texts.unsubscribed(shell.site()), texts.unsubscribedText());
        return page(200, pages.notice(shell, done));
    }

    private Response proveFirst(Visit visit, Shell shell) {
        var first = Notice.bad(shell.texts().proveFirst(), null);
        return page(409, pages.page(visit, shell.with(first), null));
    }

    private static Response page(int status, String html) {
        return Response.status(status).type(HTML).entity(html).build();
    }

    private static Set<UUID> ids(@Nullable List<String> values) {
        Set<UUID> ids = new HashSet<>();
        if (values != null) {
            values.forEach(value -> ids.add(id(value)));
        }
        return ids;
    }

    private static UUID id(@Nullable String value) {
        try {
            return UUID.fromString(value == null ? "" : value);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("comment", "is no id");
        }
    }

    private static boolean isOn(@Nullable String value) {
        return switch (value == null ? "" : value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new InvalidInput("mails", "must be on or off");
        };
    }
}
