package dev.parley.training;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Cursors;
import dev.parley.platform.Frames;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.platform.Page;
import dev.parley.privacy.PersonalData;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door to a tenant's labels: texts with what people said of them, to train with. */
@ApplicationScoped
public class Labels {

    /** The label of the data files for each attribute that can be trained. */
    private static final Map<String, String> LABELS =
            Map.of(
                    "toxicity", "toxic",
                    "severe_toxicity", "severe",
                    "insult", "insult",
                    "profanity", "obscene",
                    "threat", "threat",
                    "identity_attack", "identity",
                    "spam", "spam");

    private static final SortedSet<String> ATTRIBUTES =
            Collections.unmodifiableSortedSet(new TreeSet<>(LABELS.keySet()));

    /** Of a tenant, 2 GB at the longest: nobody suggests by hand what no model could be trained with in a night. */
    static final int MOST = 100_000;

    private static final int LONGEST_TOKEN = 200;
    private static final double YES = 0.5;
    private static final TypeReference<Map<String, Double>> SCORES = new TypeReference<>() {};

    private final LabelRepository repository;
    private final AuditTrail trail;
    private final Cursors cursors;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;

    Labels(
            LabelRepository repository,
            AuditTrail trail,
            Cursors cursors,
            Json json,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.trail = trail;
        this.cursors = cursors;
        this.json = json;
        this.context = context;
        this.clock = clock;
    }

    /** The name that the data files give an attribute; empty for one that nothing can be trained for. */
    public static Optional<String> labelOf(String attribute) {
        return Optional.ofNullable(LABELS.get(attribute));
    }

    /** The attributes that can be trained, in the order of their names. */
    static SortedSet<String> attributes() {
        return ATTRIBUTES;
    }

    /**
     * Keeps what somebody said of a text of the entered tenant. Email addresses and phone numbers are masked before. Of
     * a text that is known, the last word on each attribute counts.
     *
     * @param text not empty, without NUL or half characters
     * @param language ISO 639-1, or {@code und}
     * @param scores 0 to 1 by attribute, each one that {@link #labelOf} knows
     * @param clientToken what the sender calls the text; not kept if it is long or holds personal data
     * @return false if nothing was kept because the tenant has as many labels as it may
     */
    @Transactional
    public boolean suggest(String text, String language, Map<String, Double> scores, @Nullable String clientToken) {
        if (repository.count() >= MOST) {
            return false;
        }
        var masked = PersonalData.in(text).masked();
        boolean kept =
                clientToken != null && clientToken.length() <= LONGEST_TOKEN && !PersonalData.in(clientToken).found();
        repository.put(
                context.current(),
                Ids.next(),
                hash(masked),
                masked,
                language,
                json.write(scores),
                kept ? clientToken : null,
                clock.instant());
        return true;
    }

    /** A page of the entered tenant's labels, oldest first. */
    @Transactional
    public Page<LabelView> page(int limit, @Nullable String cursor) {
        var listing = context.current() + " labels";
        var rows = repository.after(cursor == null ? null : UUID.fromString(cursors.read(listing, cursor)), limit + 1);
        var items = rows.stream().limit(limit).map(this::view).toList();
        return new Page<>(items, rows.size() > limit ? cursors.write(listing, items.getLast().id().toString()) : null);
    }

    /** So many of the entered tenant's labels behind that one, each a line as {@link LabelledFiles} reads it. */
    @Transactional
    Lines lines(@Nullable UUID after, int limit) {
        var rows = repository.after(after, limit);
        var text = new StringBuilder();
        for (var row : rows) {
            text.append(json.write(line(row))).append('\n');
        }
        return new Lines(text.toString(), rows.size() < limit ? null : rows.getLast().id);
    }

    /**
     * @param last the label to go on behind; null if there are no more
     */
    record Lines(String text, @Nullable UUID last) {}

    /**
     * Deletes one.
     *
     * @throws NotFound if the entered tenant has none of that id
     */
    @Transactional
    public void delete(UUID id, Act.By actor) {
        if (repository.delete("id = ?1 and tenantId = ?2", id, context.current()) == 0) {
            throw new NotFound("label");
        }
        trail.add(context.current(), new Act(actor, Action.LABEL_DELETED, "label", id.toString(), Map.of()));
    }

    /** Deletes all of the entered tenant's. */
    @Transactional
    public void deleteAll(Act.By actor) {
        var tenant = context.current();
        long count = repository.delete("tenantId", tenant);
        trail.add(tenant, new Act(actor, Action.LABELS_DELETED, "tenant", tenant, Map.of("count", count)));
    }

    private Map<String, Object> line(Label row) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", row.id.toString());
        line.put("src", "suggested");
        line.put("lang", row.language);
        line.put("text", row.text);
        scores(row)
                .forEach((attribute, score) ->
                        labelOf(attribute).ifPresent(label -> line.put(label, score >= YES ? 1 : 0)));
        return line;
    }

    private LabelView view(Label row) {
        return new LabelView(
                row.id, row.text, row.language, scores(row), row.clientToken, row.createdAt, row.changedAt);
    }

    private Map<String, Double> scores(Label row) {
        return new TreeMap<>(json.read(row.scores, SCORES));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Frames.bytes(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
