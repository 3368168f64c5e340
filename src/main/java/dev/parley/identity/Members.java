package dev.parley.identity;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.platform.Pipeline;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The one door to members. Asked anew for every request, so that a removal bites at the next call. */
@ApplicationScoped
public class Members {

    private final MemberRepository repository;
    private final Sites sites;
    private final AuditTrail trail;
    private final Pipeline pipeline;
    private final TenantContext context;
    private final Clock clock;

    Members(
            MemberRepository repository,
            Sites sites,
            AuditTrail trail,
            Pipeline pipeline,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.sites = sites;
        this.trail = trail;
        this.pipeline = pipeline;
        this.context = context;
        this.clock = clock;
    }

    /** The entered tenant's member with that OIDC subject. */
    @Transactional
    public Optional<Staff> bySubject(String subject) {
        return repository.bySubject(context.current(), subject).map(this::staff);
    }

    /**
     * Those of these members who still are, as they stand now, by id; nobody if the entered tenant is not served. One
     * question, however many they are.
     */
    @Transactional
    public Map<UUID, Staff> standing(Collection<UUID> members) {
        Map<UUID, Staff> standing = new HashMap<>();
        for (var row : repository.standing(context.current(), members)) {
            var id = (UUID) row[0];
            Set<UUID> site = row[4] == null ? Set.of() : Set.of((UUID) row[4]);
            standing.merge(
                    id,
                    new Staff(id, (String) row[1], Role.valueOf((String) row[2]), (Boolean) row[3], site),
                    (one, other) -> new Staff(id, one.name(), one.role(), one.allSites(), both(one, other)));
        }
        return standing;
    }

    private static Set<UUID> both(Staff one, Staff other) {
        var sites = new HashSet<>(one.sites());
        sites.addAll(other.sites());
        return Set.copyOf(sites);
    }

    /** The entered tenant's members by name. */
    @Transactional
    public List<MemberView> all() {
        return repository.listAll(Sort.by("name", "id")).stream().map(this::view).toList();
    }

    /** Names of the entered tenant's members by id, as the trail writes ids. */
    @Transactional
    public Map<String, String> namesById() {
        return askNamesById().get();
    }

    /** As {@link #namesById}, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Map<String, String>> askNamesById() {
        return pipeline.ask(
                "select id, name from member where tenant_id = ?",
                Pipeline.mapping(row -> row.getString(1), row -> row.getString(2)),
                context.current());
    }

    /** Whether there is a member with this id whose role reaches. */
    @Transactional
    public boolean covers(UUID member, Role needed) {
        return repository.findByIdOptional(member).filter(m -> m.role.covers(needed)).isPresent();
    }

    /** Names of the staff, for comparing commenters' names with. */
    @Transactional
    public List<String> names() {
        return askNames().get();
    }

    /** Asks for {@link #names}, together with whatever else the caller's transaction asks. */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<List<String>> askNames() {
        return pipeline.ask(
                "select name from member where tenant_id = ?",
                rows -> {
                    var names = new ArrayList<String>();
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                    return List.copyOf(names);
                },
                context.current());
    }

    /**
     * Lets somebody in.
     *
     * @throws Conflict if the subject is a member already
     * @throws NotFound if a site is not the tenant's
     */
    @Transactional
    public MemberView add(NewMember request, Act.By actor) {
        var tenant = context.current();
        if (repository.count("subject", request.subject()) > 0) {
            throw new Conflict("This person is a member already");
        }
        var member = new Member(Ids.next(), tenant, request, clock.instant());
        repository.persist(member);
        repository.flush();
        for (var site : new HashSet<>(request.sites())) {
            repository.limit(member, sites.byId(site).id());
        }
        repository.enterInDirectory(member);
        trail.add(
                tenant,
                new Act(
                        actor,
                        Action.MEMBER_ADDED,
                        "member",
                        member.id.toString(),
                        Map.of("role", member.role, "sites", request.sites())));
        return view(member);
    }

    /**
     * Changes a member; it counts from their next call on.
     *
     * @throws NotFound if there is no such member, or a site is not the tenant's
     * @throws Conflict if nobody would be left who is an admin
     */
    @Transactional
    public MemberView change(UUID id, MemberChange change, Act.By actor) {
        var admins = repository.lockAdmins(context.current());
        var member = repository.findByIdOptional(id).orElseThrow(() -> new NotFound("member"));
        if (change.name() != null && change.name().isBlank()) {
            throw new InvalidInput("name", "must not be blank");
        }
        if (change.role() == Role.MODERATOR) {
            keepAnAdmin(admins, member);
        }
        if (change.role() != null) {
            member.role = change.role();
        }
        if (change.name() != null) {
            member.name = change.name();
        }
        if (change.sites() != null) {
            member.allSites = change.sites().isEmpty();
            repository.unlimit(member);
            for (var site : new HashSet<>(change.sites())) {
                repository.limit(member, sites.byId(site).id());
            }
        }
        repository.flush();
        var view = view(member);
        trail.add(
                context.current(),
                new Act(
                        actor,
                        Action.MEMBER_CHANGED,
                        "member",
                        id.toString(),
                        Map.of("role", view.role(), "sites", view.sites(), "renamed", change.name() != null)));
        return view;
    }

    /** Without an admin nobody could let another one in. */
    private static void keepAnAdmin(List<UUID> admins, Member member) {
        if (admins.equals(List.of(member.id))) {
            throw new Conflict("This is the last admin; make somebody else one first");
        }
    }

    /**
     * Removes a member; their next call finds no tenant.
     *
     * @throws Conflict if they are the last admin
     */
    @Transactional
    public void remove(UUID id, Act.By actor) {
        var admins = repository.lockAdmins(context.current());
        var member = repository.findByIdOptional(id).orElseThrow(() -> new NotFound("member"));
        keepAnAdmin(admins, member);
        repository.strikeFromDirectory(member);
        repository.delete(member);
        trail.add(
                context.current(),
                new Act(actor, Action.MEMBER_REMOVED, "member", id.toString(), Map.of("role", member.role)));
    }

    /** Ids of the served tenants that an OIDC subject may enter. */
    @Transactional
    public List<String> tenantsOf(String subject) {
        return repository.tenantsOf(subject);
    }

    private Staff staff(Member member) {
        var limits = member.allSites ? Set.<UUID>of() : Set.copyOf(repository.sitesOf(member));
        return new Staff(member.id, member.name, member.role, member.allSites, limits);
    }

    private MemberView view(Member member) {
        return new MemberView(
                member.id,
                member.subject,
                member.name,
                member.role,
                member.allSites ? List.of() : repository.sitesOf(member),
                member.createdAt);
    }
}
