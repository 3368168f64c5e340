package dev.parley.invitation;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.identity.MemberView;
import dev.parley.identity.Members;
import dev.parley.identity.NewMember;
import dev.parley.identity.Role;
import dev.parley.identity.Staff;
import dev.parley.outbox.Outbox;
import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.MailedToken;
import dev.parley.platform.NotFound;
import dev.parley.platform.Turns;
import dev.parley.privacy.EmailAddress;
import dev.parley.privacy.InvitedAddresses;
import dev.parley.privacy.InvitedEmail;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import dev.parley.text.Links;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The one door to invitations, all of the entered tenant. */
@ApplicationScoped
public class Invitations {

    /** Mails to addresses that somebody types: enough for a newsroom, too few to pester strangers with. */
    private static final int MOST_OPEN = 50;

    private static final int MOST_SENDINGS = 5;

    private final InvitationRepository repository;
    private final InvitedAddresses addresses;
    private final Members members;
    private final Sites sites;
    private final Tenants tenants;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Turns turns;
    private final TenantContext context;
    private final Clock clock;

    Invitations(
            InvitationRepository repository,
            InvitedAddresses addresses,
            Members members,
            Sites sites,
            Tenants tenants,
            Outbox outbox,
            AuditTrail trail,
            Turns turns,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.addresses = addresses;
        this.members = members;
        this.sites = sites;
        this.tenants = tenants;
        this.outbox = outbox;
        this.trail = trail;
        this.turns = turns;
        this.context = context;
        this.clock = clock;
    }

    /**
     * Invites somebody; the mail follows.
     *
     * @throws InvalidInput if the address or the name can't be one
     * @throws NotFound if a site is not the tenant's
     * @throws Conflict if too many invitations are open
     */
    @Transactional
    public InvitationView invite(NewInvitation wanted, Staff staff) {
        var address = EmailAddress.parse(wanted.email());
        if (leads(wanted.name())) {
            throw new InvalidInput("name", "must not hold an address");
        }
        wanted.sites().forEach(sites::byId);
        turns.await(context.current(), "invitations");
        var now = clock.instant();
        if (repository.countOpen(now) >= MOST_OPEN) {
            throw new Conflict("There are %d open invitations; withdraw some first".formatted(MOST_OPEN));
        }
        var invitation = new Invitation(Ids.next(), context.current(), wanted, staff.id(), now);
        repository.persist(invitation);
        addresses.store(invitation.id, address);
        note(
                staff.actor(),
                Action.INVITATION_CREATED,
                invitation,
                Map.of("role", invitation.role, "sites", wanted.sites()));
        send(invitation);
        return view(invitation, members.namesById());
    }

    /** The entered tenant's invitations, newest first; those that ended among them. */
    @Transactional
    public List<InvitationView> all() {
        var names = members.namesById();
        return repository.findAll(Sort.descending("id")).range(0, 499).stream().map(i -> view(i, names)).toList();
    }

    /**
     * Sends the mail again, with another link and with the whole time before it.
     *
     * @throws NotFound if there is no such invitation
     * @throws Conflict if it was accepted or withdrawn, its address is erased, or it was sent too often
     */
    @Transactional
    public InvitationView resend(UUID id, Staff staff) {
        var invitation = repository.lock(id).orElseThrow(() -> new NotFound("invitation"));
        if (invitation.state(clock.instant()) != InvitationState.OPEN) {
            throw new Conflict("This invitation is not open any more; invite them anew");
        }
        if (invitation.sendings >= MOST_SENDINGS) {
            throw new Conflict("This invitation was sent %d times already".formatted(MOST_SENDINGS));
        }
        invitation.sendAgain(clock.instant());
        note(staff.actor(), Action.INVITATION_RESENT, invitation, Map.of());
        send(invitation);
        return view(invitation, members.namesById());
    }

    /**
     * Ends an invitation: its link opens nothing any more, and its address is erased. Does nothing to one that ended.
     *
     * @throws NotFound if there is no such invitation
     */
    @Transactional
    public void withdraw(UUID id, Act.By actor) {
        var invitation = repository.lock(id).orElseThrow(() -> new NotFound("invitation"));
        if (invitation.outcome == null) {
            invitation.end(InvitationOutcome.WITHDRAWN, clock.instant());
            addresses.erase(id);
            note(actor, Action.INVITATION_WITHDRAWN, invitation, Map.of());
        }
    }

    /**
     * What is mailed now, with a link made for this mail; those of before work no more. Empty if the invitation is not
     * open any more.
     */
    @Transactional(TxType.MANDATORY)
    public Optional<InvitationLetter> letter(UUID id) {
        var found = repository.lock(id).filter(i -> i.state(clock.instant()) == InvitationState.OPEN);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var invitation = found.get();
        return addresses
                .openForMail(id)
                .map(recipient -> {
                    var token = MailedToken.create(context.current());
                    invitation.hash = MailedToken.parse(token).orElseThrow().hash();
                    return new InvitationLetter(
                            recipient,
                            token,
                            invitation.name,
                            members.namesById().getOrDefault(invitation.invitedBy.toString(), ""),
                            tenants.name(context.current()),
                            language(invitation));
                });
    }

    /** What the holder of a token is invited to. */
    @Transactional
    Offer offer(MailedToken token) {
        var invitation = standing(repository.open(token.hash(), clock.instant()));
        return new Offer(tenants.name(context.current()), invitation.name, invitation.role, invitation.lapsesAt);
    }

    /** What an account is made of; empty if one was asked for before. */
    @Transactional
    Optional<AccountWish> account(MailedToken token) {
        var invitation = standing(repository.lockOpen(token.hash(), clock.instant()));
        return invitation.accountAt != null
                ? Optional.empty()
                : addresses
                        .openForAccount(invitation.id)
                        .map(email -> new AccountWish(invitation.id, email, invitation.name));
    }

    /** Notes that the sign-in server was asked, and what it said. */
    @Transactional
    void accountAsked(UUID id, boolean created) {
        repository
                .lock(id)
                .ifPresent(invitation -> {
                    invitation.accountAt = clock.instant();
                    note(Act.By.SYSTEM, Action.INVITATION_ACCOUNT_MADE, invitation, Map.of("created", created));
                });
    }

    /**
     * Makes the one who is signed in and holds the token a member.
     *
     * @throws Conflict if they are one already
     */
    @Transactional
    AcceptedMembership accept(MailedToken token, String subject) {
        var invitation = standing(repository.lockOpen(token.hash(), clock.instant()));
        var inviter = new Act.By("member", invitation.invitedBy.toString());
        var member =
                members.add(
                        new NewMember(subject, invitation.name, invitation.role, List.of(invitation.sites)), inviter);
        invitation.end(InvitationOutcome.ACCEPTED, clock.instant());
        addresses.erase(invitation.id);
        note(new Act.By("member", member.id().toString()), Action.INVITATION_ACCEPTED, invitation, Map.of());
        return membership(member);
    }

    /** What somebody is invited to. */
    record Offer(String tenantName, String name, Role role, Instant expiresAt) {}

    /** Whose account is to be made. */
    record AccountWish(UUID invitation, InvitedEmail email, String name) {}

    /**
     * An invitation stands as long as whoever invites is an admin: else one who is about to be removed could let
     * themself in again.
     */
    private Invitation standing(Optional<Invitation> found) {
        return found.filter(i -> members.covers(i.invitedBy, Role.ADMIN)).orElseThrow(Invitations::nothing);
    }

    /** For what is unknown, used, withdrawn, lapsed and of a former admin alike. */
    static NotFound nothing() {
        return new NotFound("invitation");
    }

    private AcceptedMembership membership(MemberView member) {
        var tenant = context.current();
        return new AcceptedMembership(
                tenant, tenants.name(tenant), member.id(), member.name(), member.role(), member.sites());
    }

    private void send(Invitation invitation) {
        outbox.add(context.current(), new Invited(invitation.id, invitation.sendings));
    }

    /** That of the first of their sites, else of the tenant's first one. */
    private String language(Invitation invitation) {
        return invitation.sites.length > 0
                ? sites.byId(invitation.sites[0]).language()
                : sites.all().stream().map(SiteView::language).findFirst().orElse("");
    }

    private InvitationView view(Invitation invitation, Map<String, String> names) {
        return new InvitationView(
                invitation.id,
                invitation.name,
                invitation.role,
                List.of(invitation.sites),
                new InvitationView.Inviter(invitation.invitedBy, names.get(invitation.invitedBy.toString())),
                invitation.createdAt,
                invitation.lapsesAt,
                invitation.state(clock.instant()));
    }

    /** Whether a mail program could make something to click of a name. */
    private static boolean leads(String name) {
        return name.contains("://") || name.indexOf('@') >= 0 || !Links.in(name).isEmpty();
    }

    private void note(Act.By actor, Action action, Invitation invitation, Map<String, Object> detail) {
        trail.add(context.current(), new Act(actor, action, "invitation", invitation.id.toString(), detail));
    }
}
