package dev.parley.intake;

import dev.parley.moderation.Flags;
import dev.parley.platform.Json;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The line from a reader's report to where it is kept. */
@ApplicationScoped
class Reports {

    private final Sites sites;
    private final Origins origins;
    private final Limits limits;
    private final Places places;
    private final Idempotency idempotency;
    private final Flags flags;
    private final Json json;
    private final TenantContext context;

    Reports(
            Sites sites,
            Origins origins,
            Limits limits,
            Places places,
            Idempotency idempotency,
            Flags flags,
            Json json,
            TenantContext context) {
        this.sites = sites;
        this.origins = origins;
        this.limits = limits;
        this.places = places;
        this.idempotency = idempotency;
        this.flags = flags;
        this.json = json;
        this.context = context;
    }

    /** Takes a report, and says its id; the same for a repeated request with its key. */
    @Transactional
    UUID report(String siteKey, UUID comment, FlagRequest request, Envelope envelope) {
        var site = sites.byKey(siteKey);
        origins.mustBelongTo(site, envelope.origin());
        limits.admit(context.current(), site.id(), envelope.client());
        try (var _ = places.take(context.current())) {
            return keep(site, comment, request, envelope);
        }
    }

    private UUID keep(SiteView site, UUID comment, FlagRequest request, Envelope envelope) {
        if (envelope.idempotencyKey() == null) {
            return flags.flag(site, comment, request.reason(), request.note(), envelope.client());
        }
        var claim =
                idempotency.claim(
                        "flag " + site.key() + " " + comment,
                        envelope.idempotencyKey(),
                        json.write(request).getBytes(StandardCharsets.UTF_8));
        idempotency.hold(claim);
        var earlier = idempotency.answered(claim);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        var id = flags.flag(site, comment, request.reason(), request.note(), envelope.client());
        idempotency.answer(claim, id);
        return id;
    }
}
