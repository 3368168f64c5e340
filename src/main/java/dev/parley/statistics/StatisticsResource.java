package dev.parley.statistics;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.platform.InvalidInput;
import dev.parley.tenant.Sites;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Numbers of a tenant, for its staff. */
@Path("/api/v1/tenants/{tenant}/statistics")
@Authenticated
@RunOnVirtualThread
class StatisticsResource {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;

    private final Statistics statistics;
    private final Sites sites;
    private final CurrentStaff staff;
    private final Clock clock;

    StatisticsResource(Statistics statistics, Sites sites, CurrentStaff staff, Clock clock) {
        this.statistics = statistics;
        this.sites = sites;
        this.staff = staff;
        this.clock = clock;
    }

    /** Of the last 30 days, or of the days asked for. */
    @GET
    @Entitled(Role.MODERATOR)
    public StatisticsView read(
            @PathParam("tenant") String tenant,
            @QueryParam("from") @Nullable @Size(max = 40) String from,
            @QueryParam("to") @Nullable @Size(max = 40) String to,
            @QueryParam("site") @Nullable UUID site) {
        var now = clock.instant();
        var last = day("to", to, now.atOffset(ZoneOffset.UTC).toLocalDate());
        var first = day("from", from, last.minusDays(USUAL_DAYS - 1));
        if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw new InvalidInput("from", "must be a day before the last one, at most 366 days in all");
        }
        if (site != null) {
            staff.get().mustSee(site, "site");
            sites.byId(site);
        }
        return statistics.of(first, last, site, staff.get(), now);
    }

    private static LocalDate day(String field, @Nullable String text, LocalDate usual) {
        try {
            return text == null || text.isEmpty() ? usual : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInput(field, "must be a day such as 2026-05-04");
        }
    }
}
