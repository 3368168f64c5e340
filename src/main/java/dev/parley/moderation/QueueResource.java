package dev.parley.moderation;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Page;
import dev.parley.policy.ReasonCode;
import dev.parley.tenant.Sites;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The queue of a tenant, for its moderators. */
@Path("/api/v1/tenants/{tenant}/queue")
@Authenticated
@RunOnVirtualThread
class QueueResource {

    private final QueueListing listing;
    private final QueueCounts tallies;
    private final Claims claims;
    private final Sites sites;
    private final CurrentStaff staff;

    QueueResource(QueueListing listing, QueueCounts tallies, Claims claims, Sites sites, CurrentStaff staff) {
        this.listing = listing;
        this.tallies = tallies;
        this.claims = claims;
        this.sites = sites;
        this.staff = staff;
    }

    @GET
    @Entitled(Role.MODERATOR)
    public Page<QueueItemView> list(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("reason") @Nullable ReasonCode reason,
            @QueryParam("language") @Nullable @Pattern(regexp = "[a-z]{2,3}", message = "must be a language code")
                    String language,
            @QueryParam("category") @Nullable @Size(max = 100) String category,
            @QueryParam("escalated") @DefaultValue("false") boolean escalated,
            @QueryParam("order") @DefaultValue("risk") String order,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        var filter = filter(site, reason, language, category, escalated, order);
        return listing.page(filter, limit, cursor, staff.get());
    }

    /**
     * How many wait.
     *
     * @param total those that any moderator may decide
     * @param escalated those that were left to the admins
     * @param claimedByOthers those of both that a colleague works on
     * @param oldest since when the one waits that has waited longest; null if none does
     */
    public record Counts(
            long total,
            long escalated,
            long claimedByOthers,
            @Nullable Instant oldest,
            Map<String, Long> byReason,
            Map<String, Long> bySite,
            Map<String, Long> byLanguage,
            Map<String, Long> byCategory) {}

    /** What was done in this replica is counted after a second, what was done in others after two. */
    @GET
    @Path("counts")
    @Entitled(Role.MODERATOR)
    public Counts counts(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("reason") @Nullable ReasonCode reason,
            @QueryParam("language") @Nullable @Pattern(regexp = "[a-z]{2,3}", message = "must be a language code")
                    String language,
            @QueryParam("category") @Nullable @Size(max = 100) String category) {
        var t = tallies.of(filter(site, reason, language, category, false, "risk"));
        return new Counts(
                t.total(),
                t.escalated(),
                t.claimedByOthersThan(staff.get().id()),
                t.oldest(),
                t.byReason(),
                t.bySite(),
                t.byLanguage(),
                t.byCategory());
    }

    /** What the member works on. */
    public record ClaimList(List<ClaimView> items) {}

    /** What was claimed. */
    public record ClaimedItems(List<QueueItemView> items) {}

    @GET
    @Path("claims")
    @Entitled(Role.MODERATOR)
    public ClaimList claims(@PathParam("tenant") String tenant) {
        return new ClaimList(claims.mine(staff.get()));
    }

    @POST
    @Path("claims")
    @Entitled(Role.MODERATOR)
    @ResponseStatus(201)
    public ClaimedItems claim(@PathParam("tenant") String tenant, @NotNull @Valid ClaimRequest request) {
        var member = staff.get();
        if (request.comment() != null) {
            claims.one(request.comment(), Boolean.TRUE.equals(request.takeOver()), member);
            return new ClaimedItems(listing.items(List.of(request.comment()), member));
        }
        var part = request.filter();
        var filter =
                part == null
                        ? filter(null, null, null, null, false, "risk")
                        : filter(
                                part.site(),
                                part.reason(),
                                part.language(),
                                part.category(),
                                Boolean.TRUE.equals(part.escalated()),
                                part.order() == null ? "risk" : part.order());
        var limit = request.limit() == null ? 1 : request.limit();
        return new ClaimedItems(listing.items(claims.next(filter, limit, member), member));
    }

    @PUT
    @Path("claims/{id}")
    @Entitled(Role.MODERATOR)
    public ClaimView renew(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return claims.renew(id, staff.get());
    }

    @DELETE
    @Path("claims/{id}")
    @Entitled(Role.MODERATOR)
    public void release(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        claims.release(id, staff.get());
    }

    @DELETE
    @Path("claims")
    @Entitled(Role.MODERATOR)
    public void releaseAll(@PathParam("tenant") String tenant) {
        claims.releaseAll(staff.get());
    }

    private QueueFilter filter(
            @Nullable String site,
            @Nullable ReasonCode reason,
            @Nullable String language,
            @Nullable String category,
            boolean escalated,
            String order) {
        return new QueueFilter(
                Visible.sites(staff.get(), site, sites), reason, language, category, escalated, order(order));
    }

    private static QueueOrder order(String name) {
        return switch (name) {
            case "risk" -> QueueOrder.RISK;
            case "oldest" -> QueueOrder.OLDEST;
            default -> throw new InvalidInput("order", "must be risk or oldest");
        };
    }
}
