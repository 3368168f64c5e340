package dev.parley.identity;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.InvalidInput;
import dev.parley.tenant.NewSite;
import dev.parley.tenant.Settings;
import dev.parley.tenant.SettingsView;
import dev.parley.tenant.SiteChange;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantStatus;
import dev.parley.tenant.TenantView;
import dev.parley.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What operators and admins do to a tenant, each with its line in the trail. */
@ApplicationScoped
public class TenantAdministration {

    private final Tenants tenants;
    private final Sites sites;
    private final Settings settings;
    private final Members members;
    private final AuditTrail trail;
    private final TenantContext context;

    TenantAdministration(
            Tenants tenants, Sites sites, Settings settings, Members members, AuditTrail trail, TenantContext context) {
        this.tenants = tenants;
        this.sites = sites;
        this.settings = settings;
        this.members = members;
        this.trail = trail;
        this.context = context;
    }

    /** Creates the tenant that was entered, with its first admin. */
    @Transactional
    public TenantView create(NewTenant request, Act.By actor) {
        var tenant = tenants.create(request.id(), request.name());
        note(actor, Action.TENANT_CREATED, "tenant", request.id(), Map.of());
        members.add(new NewMember(request.adminSubject(), request.adminName(), Role.ADMIN, List.of()), actor);
        return tenant;
    }

    /** Closes the entered tenant for good, if its time of grace is over and nobody took it back. */
    @Transactional
    public void closeIfDue() {
        var tenant = context.current();
        if (tenants.isDue(tenant)) {
            change(TenantStatus.CLOSED, Act.By.SYSTEM);
        }
    }

    /** Suspends, revives or closes the entered tenant. */
    @Transactional
    public TenantView change(TenantStatus status, Act.By actor) {
        var tenant = context.current();
        note(actor, Action.TENANT_CHANGED, "tenant", tenant, Map.of("status", status));
        return tenants.change(tenant, status);
    }

    /** The sites that a member may see. */
    @Transactional
    public List<SiteView> sitesFor(Staff staff) {
        return sites.all().stream().filter(site -> staff.maySee(site.id())).toList();
    }

    @Transactional
    public SiteView createSite(NewSite request, Act.By actor) {
        refuseRepeated(request.origins());
        var site = sites.create(request);
        note(actor, Action.SITE_CREATED, "site", site.id().toString(), Map.of("key", site.key()));
        return site;
    }

    @Transactional
    public SiteView changeSite(UUID id, SiteChange change, Act.By actor) {
        refuseRepeated(change.origins());
        var site = sites.change(id, change);
        note(
                actor,
                Action.SITE_CHANGED,
                "site",
                id.toString(),
                Map.of("language", site.language(), "origins", site.origins()));
        return site;
    }

    @Transactional
    public SettingsView settings() {
        return settings.current();
    }

    @Transactional
    public SettingsView changeSettings(SettingsView next, Act.By actor) {
        var changed = settings.change(next);
        note(actor, Action.SETTINGS_CHANGED, "tenant", context.current(), Map.of("settings", changed));
        return changed;
    }

    private static void refuseRepeated(List<String> origins) {
        if (origins.stream().distinct().count() < origins.size()) {
            throw new InvalidInput("origins", "must not repeat");
        }
    }

    private void note(Act.By actor, Action action, String kind, String id, Map<String, Object> detail) {
        trail.add(context.current(), new Act(actor, action, kind, id, detail));
    }
}
