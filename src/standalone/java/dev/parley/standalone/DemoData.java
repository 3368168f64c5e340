package dev.parley.standalone;

import dev.parley.article.ArticleMetadata;
import dev.parley.article.Articles;
import dev.parley.audit.Act;
import dev.parley.comment.CommentStatus;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration tenants of a standalone run, their people, articles and first comments. What is there already is
 * left as it is, but for the sites' origins, which follow the port.
 */
@Singleton
class DemoData {

    /**
     * Networks of documentation (RFC 3849): comments of a seed come from nobody's address, each reader's from another.
     */
    private static final String NOBODYS_NETWORK = "2001:db8:0:%x::1";

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
        var main = site("gazette", "The Gazette", "en");
        var sport = site("gazette-sport", "The Gazette, Sport", "en");
        member(DemoUsers.GAZETTE_MODERATOR, List.of());
        member(DemoUsers.GAZETTE_SPORT_MODERATOR, List.of(sport.id()));
        holdFirst("world");
        publish(main);
        publish(sport);
        edition("gazette-de", "Die Gazette", "de", this::talkInGerman);
        edition("gazette-ar", "الجريدة", "ar", this::talkInArabic);
        if (!known) {
            talkInEnglish(main, sport);
        }
    }

    private void talkInEnglish(SiteView main, SiteView sport) {
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

    private void talkInGerman(SiteView site) {
        var clock =
                comment(
                        site,
                        "zollhausuhr",
                        null,
                        10,
                        "Wiebke Thorn",
                        "Bitte den Groschen zurück. Ich habe vierzig Jahre lang vier Minuten länger gefrühstückt.");
        comment(
                site,
                "zollhausuhr",
                clock,
                11,
                "Fährmann a. D.",
                "Und ich habe vierzig Jahre lang auf Sie gewartet, Frau Thorn. *Gern* übrigens.");
        comment(
                site,
                "zollhausuhr",
                null,
                12,
                "Lasse",
                "Unsere Klasse hat nachgerechnet: In einunddreißig Jahren sind das genau vier Minuten.");
        comment(
                site,
                "quittenmarkt",
                null,
                13,
                "Nordseite, Haus 9",
                "Eins zu eins. Wer weniger nimmt, soll bitte auch zu Ostern den Löffel halten.");
        comment(
                site,
                "spaetbus",
                null,
                14,
                "Alt, zweite Reihe",
                "Die Fermate an der Schranke dauert *so lange, wie der Güterzug es will*. Das steht in keiner Partitur.");
    }

    private void talkInArabic(SiteView site) {
        var oven =
                comment(
                        site,
                        "furn-alhara",
                        null,
                        15,
                        "جارة من الطابق الثالث",
                        "ليلتي كانت الخميس. احترق الصف الأول كله، ولم أضحك هكذا منذ سنين.");
        comment(site, "furn-alhara", oven, 16, "أبو الدجاج", "شهادة حق: الدجاج كان سعيدًا جدًا صباح الجمعة.");
        comment(
                site,
                "maktabat-almina",
                null,
                17,
                "قارئ من الرصيف",
                "شكرًا لأمينة المكتبة. من كان يظن أن أول ديوان أكمله سيكون في الثالثة فجرًا؟");
        comment(
                site,
                "sibaq-alqawarib",
                null,
                18,
                "مجدّفة سابقة",
                "> وإن الحجارة، على ما يبدو، لم تتحرّك\n\nهذه أجمل نهاية لخبر رياضي قرأتها هذا العام.");
    }

    private void herald(boolean known) {
        if (!known) {
            tenant("herald", "The Herald", DemoUsers.HERALD_ADMIN);
        }
        var site = site("herald", "The Herald", "en");
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

    /** A site in another language, with its articles and, when it is new, their first comments. */
    private void edition(String key, String name, String language, Consumer<SiteView> talk) {
        boolean known = sites.all().stream().anyMatch(site -> site.key().equals(key));
        var site = site(key, name, language);
        policy(
                PolicyScope.SITE,
                site.id().toString(),
                "No model knows this language yet; the editors read the comments after they appear",
                new PolicyDocument(null, null, null, null, null, null, false, null, null, null));
        publish(site);
        if (!known) {
            talk.accept(site);
        }
    }

    private SiteView site(String key, String name, String language) {
        var origins = origins();
        var known = sites.all().stream().filter(site -> site.key().equals(key)).findFirst();
        if (known.isEmpty()) {
            return administration.createSite(new NewSite(key, name, language, origins), Act.By.SYSTEM);
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
        policy(
                PolicyScope.CATEGORY,
                category,
                "News of war and peace is read before it appears",
                new PolicyDocument(Mode.HOLD_FIRST, null, null, null, null, null, null, null, null, null));
    }

    /** Unless one is there already. */
    private void policy(PolicyScope scope, String ref, String reason, PolicyDocument document) {
        boolean set = policies.current().stream().anyMatch(p -> p.scope() == scope && p.scopeRef().equals(ref));
        if (!set) {
            policies.change(new PolicyChange(scope, ref, 0, reason, document), Act.By.SYSTEM);
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

    /** The comment's id if others can reply to it: on a machine too busy to score in time it waits to be scored. */
    private @Nullable UUID comment(
            SiteView site, String article, @Nullable UUID parent, int reader, String name, String words) {
        var address = "reader%d@readers.example".formatted(reader);
        var request = new SubmitRequest(name, address, words, null, parent, null, null, null, null);
        var client = InetAddress.ofLiteral(NOBODYS_NETWORK.formatted(reader));
        var envelope = new Envelope(null, client, "demo-" + article + "-" + reader, null, false);
        // A session outside a transaction would stay with the first tenant that was entered during the start.
        var receipt =
                QuarkusTransaction.requiringNew().call(() -> intake.submit(site.key(), article, request, envelope));
        return receipt.status() == CommentStatus.PUBLISHED ? receipt.id() : null;
    }
}
