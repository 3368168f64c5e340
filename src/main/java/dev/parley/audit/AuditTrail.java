package dev.parley.audit;

import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The one door into the trail. */
@ApplicationScoped
public class AuditTrail {

    private final AuditEntryRepository repository;
    private final Json json;
    private final Clock clock;

    AuditTrail(AuditEntryRepository repository, Json json, Clock clock) {
        this.repository = repository;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Writes an entry in the caller's transaction; fails without one.
     *
     * @return id of the entry
     */
    @Transactional(TxType.MANDATORY)
    public UUID add(String tenant, Act act) {
        var id = Ids.next();
        // Microseconds, so that what is hashed now equals what the database gives back.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        repository.persist(new AuditEntry(id, tenant, now, act, json.write(act.detail())));
        return id;
    }
}
