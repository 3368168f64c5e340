package dev.parley.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Cursors;
import dev.parley.platform.Hints;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.platform.Page;
import dev.parley.platform.Pipeline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
    private final AuditLinkRepository links;
    private final Pipeline pipeline;
    private final Json json;
    private final Cursors cursors;
    private final AfterCommit afterCommit;
    private final Clock clock;

    private final Hints unsealed = new Hints();

    AuditTrail(
            AuditEntryRepository repository,
            AuditLinkRepository links,
            Pipeline pipeline,
            Json json,
            Cursors cursors,
            AfterCommit afterCommit,
            Clock clock) {
        this.repository = repository;
        this.links = links;
        this.pipeline = pipeline;
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
        pipeline.send(
                "insert into audit_entry"
                        + " (tenant_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tenant,
                id,
                now,
                act.actor().kind(),
                act.actor().id(),
                act.action(),
                act.subjectKind(),
                act.subjectId(),
                json.write(act.detail()));
        afterCommit.run(unsealed, () -> unsealed.add(tenant));
        return id;
    }

    /**
     * As {@link #add}, and in the database when this returns: for what that allows only after its entry, such as to
     * open an address.
     */
    @Transactional(TxType.MANDATORY)
    public UUID addAtOnce(String tenant, Act act) {
        var id = add(tenant, act);
        pipeline.flush();
        return id;
    }

    /**
     * A page of the entered tenant's entries, newest first.
     *
     * @param filter which ones
     * @param limit 1 to 200
     * @param cursor of the page before; null for the first
     */
    @Transactional
    public Page<AuditEntryView> page(String tenant, AuditFilter filter, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new InvalidInput("limit", "must be 1 to " + MAX_PAGE);
        }
        var listing = "audit " + tenant + " " + json.write(filter);
        var before = cursor == null ? null : UUID.fromString(cursors.read(listing, cursor));
        var found = repository.before(filter, before, limit + 1);
        var items = found.stream().limit(limit).map(this::view).toList();
        return new Page<>(items, found.size() > limit ? cursors.write(listing, items.getLast().id().toString()) : null);
    }

    /**
     * A piece of the entered tenant's sealed trail, oldest first.
     *
     * @param text a JSON object a line: what the entry's hash is made of (ADR 8), and the hashes in hex
     * @param last number of the link to go on behind; null if there are no more
     */
    public record Lines(String text, @Nullable Long last) {}

    /**
     * So many sealed entries of a span behind a link. What was written within the last second may not be sealed yet.
     *
     * @param from first moment; {@code to} the first one after the span
     */
    @Transactional
    public Lines lines(long after, Instant from, Instant to, int limit) {
        var found = links.after(after, from, to, limit);
        var text = new StringBuilder();
        found.forEach(linked -> text.append(json.write(line(linked))).append('\n'));
        return new Lines(text.toString(), found.size() < limit ? null : found.getLast().link().seq);
    }

    private static Map<String, Object> line(AuditLinkRepository.Linked linked) {
        var entry = linked.entry();
        var hex = HexFormat.of();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("seq", linked.link().seq);
        line.put("previousHash", hex.formatHex(linked.link().previousHash));
        line.put("hash", hex.formatHex(linked.link().hash));
        line.put("id", entry.id);
        line.put("at", entry.at);
        line.put("actor", new Act.By(entry.actorKind, entry.actorId));
        line.put("action", entry.action);
        line.put("subjectKind", entry.subjectKind);
        line.put("subjectId", entry.subjectId);
        // The text that was hashed: read as JSON and written again, it might be another one.
        line.put("detail", entry.detail);
        return line;
    }

    /** The tenants that got entries in this process since the last call; some may be missing after a crash. */
    public Set<String> takeHints() {
        return unsealed.take();
    }

    private AuditEntryView view(AuditEntry entry) {
        return new AuditEntryView(
                entry.id,
                entry.at,
                new AuditEntryView.Actor(entry.actorKind, entry.actorId, null),
                entry.action,
                entry.subjectKind,
                entry.subjectId,
                json.read(entry.detail, DETAIL));
    }
}
