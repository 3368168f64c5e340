package dev.parley.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Cursors;
import dev.parley.platform.Hints;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door into the trail. */
@ApplicationScoped
public class AuditTrail {

    private static final int MAX_PAGE = 200;
    private static final TypeReference<Map<String, Object>> DETAIL = new TypeReference<>() {};

    private final AuditEntryRepository repository;
    private final Json json;
    private final Cursors cursors;
    private final AfterCommit afterCommit;
    private final Clock clock;

    private final Hints unsealed = new Hints();

    AuditTrail(AuditEntryRepository repository, Json json, Cursors cursors, AfterCommit afterCommit, Clock clock) {
        this.repository = repository;
        this.json = json;
        this.cursors = cursors;
        this.afterCommit = afterCommit;
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
        afterCommit.run(unsealed, () -> unsealed.add(tenant));
        return id;
    }

    /**
     * A page of the entered tenant's entries, newest first.
     *
     * @param action only entries of this kind; null for all
     * @param limit 1 to 200
     * @param cursor of the page before; null for the first
     */
    @Transactional
    public Page<AuditEntryView> page(String tenant, @Nullable Action action, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new InvalidInput("limit", "must be 1 to " + MAX_PAGE);
        }
        var listing = "audit " + tenant + " " + (action == null ? "*" : action.name());
        var before = cursor == null ? null : UUID.fromString(cursors.read(listing, cursor));
        var found = repository.before(action, before, limit + 1);
        var items = found.stream().limit(limit).map(this::view).toList();
        return new Page<>(items, found.size() > limit ? cursors.write(listing, items.getLast().id().toString()) : null);
    }

    /** The tenants that got entries in this process since the last call; some may be missing after a crash. */
    public Set<String> takeHints() {
        return unsealed.take();
    }

    private AuditEntryView view(AuditEntry entry) {
        return new AuditEntryView(
                entry.id,
                entry.at,
                new Act.By(entry.actorKind, entry.actorId),
                entry.action,
                entry.subjectKind,
                entry.subjectId,
                json.read(entry.detail, DETAIL));
    }
}
