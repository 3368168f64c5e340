package dev.parley.privacy;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Frames;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The one door to the addresses of those who were invited: sealed when they come in, opened for a mail to them or for
 * their sign-in account, each time with an entry in the trail, and deleted when the invitation ends. The database gives
 * nothing without that entry. No member of staff ever sees one again.
 *
 * <p>Native SQL, since the application has no right to read the column {@code sealed}: every statement names the
 * tenant.
 */
@ApplicationScoped
public class InvitedAddresses {

    private final TenantContext context;
    private final TenantKeys keys;
    private final AuditTrail trail;
    private final EntityManager entityManager;

    InvitedAddresses(TenantContext context, TenantKeys keys, AuditTrail trail, EntityManager entityManager) {
        this.context = context;
        this.keys = keys;
        this.trail = trail;
        this.entityManager = entityManager;
    }

    /** Seals the address of an invitation that was just written. */
    @Transactional(TxType.MANDATORY)
    public void store(UUID invitation, EmailAddress address) {
        entityManager.flush();
        entityManager
                .createNativeQuery(
                        "insert into invitation_address (tenant_id, invitation_id, sealed)"
                                + " values (:tenant, :invitation, :sealed)")
                .setParameter("tenant", context.current())
                .setParameter("invitation", invitation)
                .setParameter("sealed", seal(invitation, address))
                .executeUpdate();
    }

    /** Opens the address for one mail to it; empty if it was erased, or the invitation ended. */
    @Transactional(TxType.MANDATORY)
    public Optional<Recipient> openForMail(UUID invitation) {
        return open(invitation, "mail").map(Recipient::new);
    }

    /** Opens the address for the sign-in account; empty if it was erased, or the invitation ended. */
    @Transactional(TxType.MANDATORY)
    public Optional<InvitedEmail> openForAccount(UUID invitation) {
        return open(invitation, "account").map(InvitedEmail::new);
    }

    /** Deletes the address; does nothing if there is none. */
    @Transactional(TxType.MANDATORY)
    public void erase(UUID invitation) {
        entityManager
                .createNativeQuery(
                        "delete from invitation_address where tenant_id = :tenant and invitation_id = :invitation")
                .setParameter("tenant", context.current())
                .setParameter("invitation", invitation)
                .executeUpdate();
    }

    private Optional<EmailAddress> open(UUID invitation, String purpose) {
        var entry =
                trail.addAtOnce(
                        context.current(),
                        new Act(
                                Act.By.SYSTEM,
                                Action.INVITATION_OPENED,
                                "invitation",
                                invitation.toString(),
                                Map.of("for", purpose)));
        var sealed =
                (byte[])
                        entityManager
                                .createNativeQuery("select open_invited_address(:invitation, :entry)", byte[].class)
                                .setParameter("invitation", invitation)
                                .setParameter("entry", entry)
                                .getSingleResult();
        return Optional.ofNullable(sealed).map(s -> EmailAddress.parse(unseal(invitation, s)));
    }

    private byte[] seal(UUID invitation, EmailAddress address) {
        try {
            return keys.mine().address().encrypt(address.typed().getBytes(StandardCharsets.UTF_8), place(invitation));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An address could not be sealed", e);
        }
    }

    private String unseal(UUID invitation, byte[] sealed) {
        try {
            return new String(keys.mine().address().decrypt(sealed, place(invitation)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealed address of invitation " + invitation + " does not open", e);
        }
    }

    /** Binds a sealed address to its row: under another invitation or tenant, or as a commenter's, it does not open. */
    private byte[] place(UUID invitation) {
        return Frames.of(Frames.bytes("invitation"), Frames.bytes(context.current()), Frames.bytes(invitation));
    }
}
