package dev.parley.audit;

import dev.parley.platform.Pipeline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The chain over a tenant's entries. The deciding transactions only insert entries; the sealer links them afterwards,
 * so that the chain costs the writers nothing. Both methods act on the entered tenant, which the caller names.
 */
@ApplicationScoped
public class AuditChain {

    /** How far before the last link a sealer looks for entries that were committed late. */
    public enum Look {
        /**
         * Longer than nearly any transaction lasts; for the every-second run, which reads so much of the trail again.
         */
        NEAR(Duration.ofSeconds(5)),
        /** A quarter of an hour: longer than any transaction lasts, and than clocks of replicas should differ. */
        BACK(Duration.ofMinutes(15)),
        /** The whole trail. */
        EVERYWHERE(null);

        private final @Nullable Duration reach;

        Look(@Nullable Duration reach) {
            this.reach = reach;
        }
    }

    /**
     * What a check of the chain found.
     *
     * @param sealed number of links
     * @param unsealed number of entries that no link fixes
     * @param firstBroken number of the first link that is missing, moved or does not fit its entry; null if all fit
     * @param head the last link that fits; null if there is none
     */
    public record Check(long sealed, long unsealed, @Nullable Long firstBroken, @Nullable Head head) {}

    /** The last link: whoever knows it can tell later whether anything up to it was changed. */
    public record Head(long seq, byte[] hash) {}

    /** So many are linked at once. */
    public static final int BATCH = 500;

    private static final UUID FIRST = new UUID(0, 0);

    private final AuditEntryRepository entries;
    private final AuditLinkRepository links;
    private final EntityManager entityManager;
    private final Pipeline pipeline;
    private final Clock clock;

    AuditChain(
            AuditEntryRepository entries,
            AuditLinkRepository links,
            EntityManager entityManager,
            Pipeline pipeline,
            Clock clock) {
        this.entries = entries;
        this.links = links;
        this.entityManager = entityManager;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /**
     * Links the next entries, at most {@link #BATCH}, in the order of their ids. Does nothing while another sealer
     * works for the tenant, in whichever replica.
     *
     * @return how many were linked; ask again if it was a whole batch
     */
    @Transactional
    public int seal(String tenant, Look look) {
        if (!isAlone(tenant)) {
            return 0;
        }
        var last = links.last(tenant);
        var next = entries.unsealed(tenant, after(last, look), BATCH);
        long seq = last.map(l -> l.seq).orElse(0L);
        byte[] hash = last.map(l -> l.hash).orElse(ChainHash.NONE);
        var now = clock.instant();
        List<AuditLink> made = new ArrayList<>();
        for (var entry : next) {
            var link = new AuditLink(++seq, entry, hash, now);
            made.add(link);
            hash = link.hash;
        }
        if (!made.isEmpty()) {
            pipeline.send(
                    "insert into audit_link (tenant_id, seq, entry_id, previous_hash, hash, sealed_at)"
                            + " select ?, u.*, ? from unnest(?, ?, ?, ?) u",
                    tenant,
                    now,
                    made.stream().map(link -> link.seq).toArray(Long[]::new),
                    made.stream().map(link -> link.entryId).toArray(UUID[]::new),
                    made.stream().map(link -> link.previousHash).toArray(byte[][]::new),
                    made.stream().map(link -> link.hash).toArray(byte[][]::new));
        }
        return next.size();
    }

    /** Recomputes the whole chain, page by page. Entries that are linked meanwhile may or may not be counted. */
    @Transactional
    public Check check() {
        long seq = 0;
        byte[] hash = ChainHash.NONE;
        List<AuditLinkRepository.Linked> page;
        do {
            page = links.after(seq, BATCH);
            for (var linked : page) {
                if (!fits(linked.link(), linked.entry(), seq + 1, hash)) {
                    return checked(seq + 1, seq, hash);
                }
                seq++;
                hash = linked.link().hash;
            }
            entityManager.clear(); // read only, and the trail may be long
        } while (!page.isEmpty());
        return checked(null, seq, hash);
    }

    private Check checked(@Nullable Long firstBroken, long seq, byte[] hash) {
        return new Check(links.count(), entries.countUnsealed(), firstBroken, seq == 0 ? null : new Head(seq, hash));
    }

    private static boolean fits(AuditLink link, AuditEntry entry, long seq, byte[] previous) {
        return link.seq == seq
                && MessageDigest.isEqual(link.previousHash, previous)
                && MessageDigest.isEqual(link.hash, ChainHash.of(previous, seq, entry));
    }

    /** One sealer per tenant at a time; the lock goes with the transaction. */
    private boolean isAlone(String tenant) {
        return (Boolean)
                entityManager
                        .createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:lock, 0))")
                        .setParameter("lock", "parley audit " + tenant)
                        .getSingleResult();
    }

    private static UUID after(Optional<AuditLink> last, Look look) {
        if (last.isEmpty() || look.reach == null) {
            return FIRST;
        }
        // Ids are UUIDv7: their first 48 bits are milliseconds.
        var made = Instant.ofEpochMilli(last.get().entryId.getMostSignificantBits() >>> 16);
        return new UUID(made.minus(look.reach).toEpochMilli() << 16, 0);
    }
}
