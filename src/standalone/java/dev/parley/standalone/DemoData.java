package dev.parley.standalone;

import dev.parley.article.ArticleMetadata;
import dev.parley.article.Articles;
import dev.parley.audit.Act;
import dev.parley.identity.Members;
import dev.parley.identity.NewMember;
import dev.parley.identity.NewTenant;
import dev.parley.identity.Role;
import dev.parley.identity.TenantAdministration;
import dev.parley.intake.Envelope;
import dev.parley.intake.Intake;
import dev.parley.intake.SubmitRequest;
import dev.parley.platform.PlatformConfig;
import dev.parley.policy.Mode;
import dev.parley.policy.Policies;
import dev.parley.policy.PolicyChange;
import dev.parley.policy.PolicyDocument;
import dev.parley.policy.PolicyScope;
import dev.parley.standalone.newspaper.Stories;
import dev.parley.standalone.newspaper.Story;
import dev.parley.tenant.NewSite;
import dev.parley.tenant.SiteChange;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration tenants of a standalone run, their people, articles and first comments. What is there already is
 * left as it is, but for the sites' origins, which follow the port.
 */
@Singleton
class DemoData {

    /** Networks of documentation (RFC 5737): comments of a seed come from nobody's address. */
    private static final String NOBODYS_NETWORK = "192.0.2.";

    private final PlatformConfig platform;
    private final Stories stories;
    private final Tenants tenants;
    private final TenantAdministration administration;
    private final Members members;
    private final Sites sites;
    private final Articles articles;
    private final Policies policies;
    private final Intake intake;
    private final TenantContext context;

    DemoData(
            PlatformConfig platform,
            Stories stories,
            Tenants tenants,
            TenantAdministration administration,
            Members members,
            Sites sites,
            Articles articles,
            Policies policies,
            Intake intake,
            TenantContext context) {
        this.platform = platform;
        this.stories = stories;
        this.tenants = tenants;
        this.administration = administration;
        this.members = members;
        this.sites = sites;
        this.articles = articles;
        this.policies = policies;
        this.intake = intake;
        this.context = context;
    }

    void seed(@Observes StartupEvent start) {
        if (platform.standalone()) {
            var known = tenants.all().stream().map(tenant -> tenant.id()).toList();
            context.run("gazette", () -> gazette(known.contains("gazette")));
            context.run("herald", () -> herald(known.contains("herald")));
        }
    }

    private void gazette(boolean known) {
        if (!known) {
            tenant("gazette", "The Gazette", DemoUsers.GAZETTE_ADMIN);
        }
        var main = site("gazette", "The Gazette");
        var sport = site("gazette-sport", "The Gazette, Sport");
        member(DemoUsers.GAZETTE_MODERATOR, List.of());
        member(DemoUsers.GAZETTE_SPORT_MODERATOR, List.of(sport.id()));
        holdFirst("world");
        publish(main);
        publish(sport);
        if (known) {
            return;
        }
        var library =
                comment(
                        main,
                        "library-roof",
                        null,
                        1,
                        "Ruth Amsel",
                        "I learned to read under the blue bucket. It is strange to sit there and hear nothing but pages.");
        comment(
                main,
                "library-roof",
                library,
                2,
                "T. Okafor",
                "So did my brother. He says the plink was how he kept count of the chapters.");
        comment(
                main,
                "library-roof",
                null,
                3,
                "Wim",
                "Thank you to the Friends of the Library. A third of that sum, in coffee and cake, is a *lot* of cake.");
        var bus =
                comment(
                        main,
                        "night-bus",
                        null,
                        4,
                        "Night shift, ward 4",
                        "Eleven of us on that bus and it is the best part of the night. Please keep it going after Christmas.");
        comment(
                main,
                "night-bus",
                bus,
                5,
                "Lena Ortiz",
                "> the best part of the night\n\nMine too, and I only sleep on it.");
        comment(
                main,
                "sourdough",
                null,
                6,
                "Ann Keller",
                "Tried it this week. Two small changes for a warm kitchen:\n\n- half the starter\n- fridge after four hours\n\nThe crust really does crackle.");
        comment(main, "sourdough", null, 7, "Jo", "Does it work with `100 %` wholemeal, or does it stay flat?");
        comment(
                sport,
                "rowing-final",
                null,
                8,
                "Cox in seat nine",
                "For the record, I looked twice. A fine race, and a fair call with that torch.");
    }

    private void herald(boolean known) {
        if (!known) {
            tenant("herald", "The Herald", DemoUsers.HERALD_ADMIN);
        }
        var site = site("herald", "The Herald");
        member(DemoUsers.HERALD_MODERATOR, List.of());
        publish(site);
        if (!known) {
            comment(
                    site,
                    "market-square",
                    null,
                    9,
                    "Greta from the eggs",
                    "It was the children from number twelve who hung the lantern. It can stay as far as I am concerned.");
        }
    }

    private void tenant(String id, String name, DemoUsers admin) {
        administration.create(new NewTenant(id, name, admin.subject().toString(), admin.displayName()), Act.By.SYSTEM);
    }

    private SiteView site(String key, String name) {
        var origins = origins();
        var known = sites.all().stream().filter(site -> site.key().equals(key)).findFirst();
        if (known.isEmpty()) {
            return administration.createSite(new NewSite(key, name, "en", origins), Act.By.SYSTEM);
        }
        var site = known.get();
        return site.origins().equals(origins)
                ? site
                : administration.changeSite(
                        site.id(), new SiteChange(site.name(), site.language(), origins), Act.By.SYSTEM);
    }

    /** The newspaper is read as localhost, its frames come from 127.0.0.1, and the other way round. */
    private List<String> origins() {
        int port = URI.create(platform.publicOrigin()).getPort();
        return List.of("http://localhost:" + port, "http://127.0.0.1:" + port);
    }

    private void member(DemoUsers user, List<UUID> limits) {
        var subject = user.subject().toString();
        if (members.bySubject(subject).isEmpty()) {
            members.add(new NewMember(subject, user.displayName(), Role.MODERATOR, limits), Act.By.SYSTEM);
        }
    }

    private void holdFirst(String category) {
        boolean set =
                policies.current().stream()
                        .anyMatch(p -> p.scope() == PolicyScope.CATEGORY && p.scopeRef().equals(category));
        if (!set) {
            policies.change(
                    new PolicyChange(
                            PolicyScope.CATEGORY,
                            category,
                            0,
                            "News of war and peace is read before it appears",
                            new PolicyDocument(Mode.HOLD_FIRST, null, null, null, null, null, null, null)),
                    Act.By.SYSTEM);
        }
    }

    private void publish(SiteView site) {
        for (var story : stories.all()) {
            if (story.site().equals(site.key()) && articles.find(site, story.key()).isEmpty()) {
                articles.put(site, story.key(), metadata(story), true);
            }
        }
    }

    private ArticleMetadata metadata(Story story) {
        return new ArticleMetadata(
                origins().getFirst() + story.href(),
                story.title(),
                List.of(story.author()),
                List.of(story.category()),
                story.published());
    }

    private UUID comment(SiteView site, String article, @Nullable UUID parent, int reader, String name, String words) {
        var request =
                new SubmitRequest(name, "reader%d@readers.example".formatted(reader), words, null, parent, null, false);
        var client = InetAddress.ofLiteral(NOBODYS_NETWORK + reader);
        var envelope = new Envelope(null, client, "demo-" + article + "-" + reader, null, false);
        // A session outside a transaction would stay with the first tenant that was entered during the start.
        return QuarkusTransaction.requiringNew().call(() -> intake.submit(site.key(), article, request, envelope).id());
    }
}
