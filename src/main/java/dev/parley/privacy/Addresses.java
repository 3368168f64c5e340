package dev.parley.privacy;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Frames;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.platform.Pipeline;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The one door to commenters' addresses: sealed when they come in, compared by keyed look-up, opened only by an audited
 * reveal or for one mail to it. The database itself lets the application read a sealed address only in a transaction
 * that wrote the audit entry for it, or that claimed the mail.
 *
 * <p>Native SQL throughout, since the application has no right to read the column {@code sealed}: every statement names
 * the tenant.
 */
@ApplicationScoped
public class Addresses {

    private static final int MAX_REASON = 500;

    private final TenantContext context;
    private final TenantKeys keys;
    private final AuditTrail trail;
    private final ErasureLog erasures;
    private final Pipeline pipeline;
    private final EntityManager entityManager;

    Addresses(
            TenantContext context,
            TenantKeys keys,
            AuditTrail trail,
            ErasureLog erasures,
            Pipeline pipeline,
            EntityManager entityManager) {
        this.erasures = erasures;
        this.context = context;
        this.keys = keys;
        this.trail = trail;
        this.pipeline = pipeline;
        this.entityManager = entityManager;
    }

    /** Seals the address of a commenter who has none yet, in the caller's transaction; fails without one. */
    @Transactional(TxType.MANDATORY)
    public void store(UUID commenter, EmailAddress address) {
        pipeline.send(
                "insert into commenter_address (tenant_id, commenter_id, sealed, lookup) values (?, ?, ?, ?)",
                context.current(),
                commenter,
                seal(commenter, address),
                lookup(address));
    }

    /**
     * What stands for an address in comparisons inside the entered tenant: 32 bytes, keyed, so that nobody without the
     * tenant's key can test a guess. Never leaves the server. Needs no transaction.
     */
    public byte[] lookup(EmailAddress address) {
        try {
            return keys.mine().lookup().computeMac(address.normalised().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A look-up could not be computed", e);
        }
    }

    /** Whether this is the address of that commenter; false for unknown ones. */
    @Transactional
    public boolean belongs(UUID commenter, EmailAddress address) {
        return !entityManager
                .createNativeQuery(
                        "select 1 from commenter_address where tenant_id = :tenant"
                                + " and commenter_id = :commenter and lookup = :lookup")
                .setParameter("tenant", context.current())
                .setParameter("commenter", commenter)
                .setParameter("lookup", lookup(address))
                .getResultList()
                .isEmpty();
    }

    /** The commenters at an address, by {@link #lookup}; for staff and bans, never for a reader's answer. */
    @Transactional
    public List<UUID> commentersAt(byte[] lookup) {
        return ids(
                entityManager
                        .createNativeQuery(
                                "select commenter_id from commenter_address"
                                        + " where tenant_id = :tenant and lookup = :lookup"
                                        + " order by commenter_id limit 1000")
                        .setParameter("tenant", context.current())
                        .setParameter("lookup", lookup)
                        .getResultList());
    }

    /** The other commenters at the address of this one; for staff only. Empty for unknown ones. */
    @Transactional
    public List<UUID> sameAddress(UUID commenter) {
        return ids(
                entityManager
                        .createNativeQuery(
                                "select o.commenter_id from commenter_address a"
                                        + " join commenter_address o"
                                        + " on o.tenant_id = a.tenant_id and o.lookup = a.lookup"
                                        + " and o.commenter_id <> a.commenter_id"
                                        + " where a.tenant_id = :tenant and a.commenter_id = :commenter"
                                        + " order by o.commenter_id limit 1000")
                        .setParameter("tenant", context.current())
                        .setParameter("commenter", commenter)
                        .getResultList());
    }

    /** Whether an address of this commenter is kept. */
    @Transactional
    public boolean has(UUID commenter) {
        return !lookups(commenter).isEmpty();
    }

    /**
     * The look-up of a commenter's address, for a ban.
     *
     * @throws NotFound if the commenter is unknown here or was erased
     */
    @Transactional
    public byte[] lookupOf(UUID commenter) {
        var found = lookups(commenter);
        if (found.isEmpty()) {
            throw new NotFound("commenter");
        }
        return found.getFirst();
    }

    /** The look-ups of the addresses of some commenters; those without an address are left out. */
    @Transactional
    public Map<UUID, byte[]> lookupsOf(Collection<UUID> commenters) {
        return pipeline.ask(
                        "select commenter_id, lookup from commenter_address"
                                + " where tenant_id = ? and commenter_id = any (?)",
                        Pipeline.mapping(row -> row.getObject(1, UUID.class), row -> row.getBytes(2)),
                        context.current(),
                        commenters.toArray(UUID[]::new))
                .get();
    }

    @SuppressWarnings("unchecked")
    private List<byte[]> lookups(UUID commenter) {
        return entityManager
                .createNativeQuery(
                        "select lookup from commenter_address"
                                + " where tenant_id = :tenant and commenter_id = :commenter",
                        byte[].class)
                .setParameter("tenant", context.current())
                .setParameter("commenter", commenter)
                .getResultList();
    }

    /**
     * Opens an address for a member of staff. The audit entry is written in the same transaction, and the database
     * gives nothing without it.
     *
     * @param reason why it must be seen, in the member's words; stands in the trail
     * @throws NotFound if the commenter is unknown here or was erased
     */
    @Transactional
    public RevealedEmail reveal(UUID commenter, Act.By actor, String reason) {
        String why = reason.strip();
        if (why.isEmpty() || why.length() > MAX_REASON) {
            throw new InvalidInput("reason", "must be 1 to 500 characters long");
        }
        lookupOf(commenter); // nothing to reveal: no entry either
        var entry =
                trail.addAtOnce(
                        context.current(),
                        new Act(
                                actor,
                                Action.EMAIL_REVEALED,
                                "commenter",
                                commenter.toString(),
                                Map.of("reason", why)));
        var sealed =
                (byte[])
                        entityManager
                                .createNativeQuery("select open_address(:commenter, :entry)", byte[].class)
                                .setParameter("commenter", commenter)
                                .setParameter("entry", entry)
                                .getSingleResult();
        return new RevealedEmail(open(commenter, sealed));
    }

    /**
     * Opens an address for one mail to it, in the transaction that has claimed that mail: the database gives nothing to
     * any other. Empty if the address was erased, or the mail is not claimed by this transaction.
     */
    @Transactional(TxType.MANDATORY)
    public Optional<Recipient> openForMail(UUID commenter, UUID mail) {
        entityManager.flush();
        var sealed =
                (byte[])
                        entityManager
                                .createNativeQuery("select open_address_for_mail(:commenter, :mail)", byte[].class)
                                .setParameter("commenter", commenter)
                                .setParameter("mail", mail)
                                .getSingleResult();
        return Optional.ofNullable(sealed).map(s -> new Recipient(EmailAddress.parse(open(commenter, s))));
    }

    /** Whether two commenters have the same address; false if either has none. */
    @Transactional
    public boolean share(UUID one, UUID other) {
        return !entityManager
                .createNativeQuery(
                        "select 1 from commenter_address a join commenter_address o"
                                + " on o.tenant_id = a.tenant_id and o.lookup = a.lookup"
                                + " where a.tenant_id = :tenant and a.commenter_id = :one"
                                + " and o.commenter_id = :other")
                .setParameter("tenant", context.current())
                .setParameter("one", one)
                .setParameter("other", other)
                .getResultList()
                .isEmpty();
    }

    /** Deletes the address of a commenter and notes that; does nothing if there is none. */
    @Transactional
    public void erase(UUID commenter, Act.By actor) {
        int erased =
                entityManager
                        .createNativeQuery(
                                "delete from commenter_address where tenant_id = :tenant and commenter_id = :commenter")
                        .setParameter("tenant", context.current())
                        .setParameter("commenter", commenter)
                        .executeUpdate();
        if (erased > 0) {
            erasures.add(ErasureLog.Kind.ADDRESS, context.current(), commenter.toString());
            trail.add(
                    context.current(),
                    new Act(actor, Action.ADDRESS_ERASED, "commenter", commenter.toString(), Map.of()));
        }
    }

    /**
     * Deletes an address wherever it is kept in the entered tenant, also of commenters who never proved it, and notes
     * that.
     *
     * @return the commenters who had it
     */
    @Transactional(TxType.MANDATORY)
    public List<UUID> eraseEverywhere(byte[] lookup, Act.By actor) {
        var all = new ArrayList<UUID>();
        for (var batch = commentersAt(lookup); !batch.isEmpty(); batch = commentersAt(lookup)) {
            batch.forEach(commenter -> erase(commenter, actor));
            all.addAll(batch);
        }
        return all;
    }

    private byte[] seal(UUID commenter, EmailAddress address) {
        try {
            return keys.mine().address().encrypt(address.typed().getBytes(StandardCharsets.UTF_8), place(commenter));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An address could not be sealed", e);
        }
    }

    private String open(UUID commenter, byte[] sealed) {
        try {
            return new String(keys.mine().address().decrypt(sealed, place(commenter)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealed address of commenter " + commenter + " does not open", e);
        }
    }

    /** Binds a sealed address to its row: under another commenter or tenant it does not open. */
    private byte[] place(UUID commenter) {
        return Frames.of(Frames.bytes("address"), Frames.bytes(context.current()), Frames.bytes(commenter));
    }

    private static List<UUID> ids(List<?> rows) {
        return rows.stream().map(UUID.class::cast).toList();
    }
}
