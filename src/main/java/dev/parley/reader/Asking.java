package dev.parley.reader;

import dev.parley.intake.Limits;
import dev.parley.intake.Origins;
import dev.parley.platform.InvalidInput;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.EmailAddress;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The line from a request for a link to its place in the outbox: the same steps for every address. */
@ApplicationScoped
class Asking {

    private final Sites sites;
    private final Origins origins;
    private final Limits limits;
    private final Addresses addresses;
    private final LinkRequests requests;
    private final TenantContext context;

    Asking(
            Sites sites,
            Origins origins,
            Limits limits,
            Addresses addresses,
            LinkRequests requests,
            TenantContext context) {
        this.sites = sites;
        this.origins = origins;
        this.limits = limits;
        this.addresses = addresses;
        this.requests = requests;
        this.context = context;
    }

    /**
     * Takes a request for a link; whether anybody is known at the address is not asked here.
     *
     * @param origin the Origin header; null if there was none, as from a program
     */
    void ask(LinkAsk request, @Nullable String origin, InetAddress client) {
        if (request.site() == null || request.site().isBlank()) {
            throw new InvalidInput("site", "is required");
        }
        sites.enter(request.site());
        take(request.site(), request.email(), origin, client);
    }

    /** As {@link #ask}, for a site whose tenant is entered already. */
    void take(String siteKey, @Nullable String email, @Nullable String origin, InetAddress client) {
        var site = sites.byKey(siteKey);
        origins.mustBelongTo(site, origin);
        limits.admitLinkRequest(context.current(), site.id(), client);
        var address = EmailAddress.parse(email);
        limits.admitLinkTo(context.current(), addresses.lookup(address), client);
        requests.ask(site, address);
    }
}
