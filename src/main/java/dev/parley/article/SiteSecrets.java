package dev.parley.article;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Frames;
import dev.parley.privacy.Tokens;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The secrets with which publishers sign what they say of their articles. Nobody stores them: each is derived from the
 * tenant's key, the site and a version. The version before the present one stays good until the next rotation.
 */
@ApplicationScoped
public class SiteSecrets {

    /** A secret as the publisher's server needs it: the text itself, in UTF-8, is the key. */
    public record SiteSecret(int version, String secret) {
        @Override
        public String toString() {
            return "SiteSecret[" + version + "]";
        }
    }

    private final Sites sites;
    private final Tokens tokens;
    private final AuditTrail trail;
    private final TenantContext context;

    SiteSecrets(Sites sites, Tokens tokens, AuditTrail trail, TenantContext context) {
        this.sites = sites;
        this.tokens = tokens;
        this.trail = trail;
        this.context = context;
    }

    /** Shows the present secret of a site, and notes who saw it. */
    @Transactional
    public SiteSecret show(UUID site, Act.By actor) {
        int version = sites.secretVersion(site);
        note(actor, Action.SITE_SECRET_SHOWN, site, version);
        return new SiteSecret(version, secret(site, version));
    }

    /** Makes a new secret for a site. */
    @Transactional
    SiteSecret rotate(UUID site, Act.By actor) {
        int version = sites.rotateSecret(site);
        note(actor, Action.SITE_SECRET_ROTATED, site, version);
        return new SiteSecret(version, secret(site, version));
    }

    /** The secrets that are good now, the present one first. */
    @Transactional
    List<String> good(UUID site) {
        int version = sites.secretVersion(site);
        return version == 1
                ? List.of(secret(site, version))
                : List.of(secret(site, version), secret(site, version - 1));
    }

    private String secret(UUID site, int version) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(tokens.digest("site-secret", Frames.bytes(site), Frames.bytes(version)));
    }

    private void note(Act.By actor, Action action, UUID site, int version) {
        trail.add(context.current(), new Act(actor, action, "site", site.toString(), Map.of("version", version)));
    }
}
