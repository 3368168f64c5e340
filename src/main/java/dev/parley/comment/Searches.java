package dev.parley.comment;

import dev.parley.comment.CommentSearch.Found;
import dev.parley.platform.Pipeline;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds comments and commenters by what readers see of them; an address is never looked at.
 *
 * <p>Texts are read from the newest comment backwards, a stretch at a time, without an index of words: under row-level
 * security PostgreSQL uses none for such a condition, since the condition might tell of rows that it may not show.
 */
@ApplicationScoped
public class Searches {

    /** So many comments one call looks at: some half a second where they are in the database's memory. */
    static final int STRETCH = 50_000;

    private static final String COMMENTS =
            "select c, r.body, r.language from Comment c join Revision r on r.tenantId = c.tenantId"
                    + " and r.commentId = c.id and r.number = c.revision where c.tenantId = :tenant";

    private final EntityManager entityManager;
    private final Pipeline pipeline;
    private final TenantContext context;

    Searches(EntityManager entityManager, Pipeline pipeline, TenantContext context) {
        this.entityManager = entityManager;
        this.pipeline = pipeline;
        this.context = context;
    }

    /**
     * The words of what somebody typed, at most eight.
     *
     * @param text null or blank for none
     */
    public static List<String> words(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).limit(8).toList();
    }

    /**
     * What a search found.
     *
     * @param next to be given as {@code before} for what comes then; null if there is nothing before it
     * @param lookedTo when the oldest comment that was looked at was written; null if {@code next} is
     */
    public record Finding(List<Found> comments, @Nullable UUID next, @Nullable Instant lookedTo) {}

    /**
     * Comments, newest first: as many as asked for, or fewer, even none, where those were not among the {@link
     * #STRETCH} that one call looks at. The next call goes on there.
     *
     * @param before {@link Finding#next} of the call before; null for the newest
     */
    @Transactional
    public Finding comments(CommentSearch search, @Nullable UUID before, int limit) {
        return comments(search, before, limit, STRETCH);
    }

    @Transactional
    Finding comments(CommentSearch search, @Nullable UUID before, int limit, int stretch) {
        // What there is an index for, or what keeps comments of other sites from being counted.
        var among = new Conditions("c.tenant_id = ?", context.current());
        among.and("c.id < ?", before);
        among.and("c.site_id = any (?)", search.sites() == null ? null : search.sites().toArray(UUID[]::new));
        among.and("c.article_id = ?", search.article());
        among.and("c.commenter_id = ?", search.commenter());
        among.and("c.created_at >= ?", search.from());
        among.and("c.created_at < ?", search.to());
        var from = " from comment c where " + among.text + " order by c.id desc";
        var wanted = new Conditions("true");
        wanted.and("c.status = any (?)", search.states() == null ? null : names(search.states()));
        wanted.and("c.spam = ?", search.spam());
        wanted.and("r.language = ?", search.language());
        for (var word : search.words()) {
            wanted.and("(r.body ilike ? escape '!' or c.name ilike ? escape '!')", containing(word));
        }
        List<Object> values = new ArrayList<>(among.values);
        values.add(stretch);
        values.addAll(wanted.values);
        values.add(limit + 1);
        // "offset 0": a text is looked up when its comment's turn has come, and not for all that there are.
        var found =
                pipeline.ask(
                        "select c.*, r.body, r.language from (select c.*"
                                + from
                                + " limit ?) c cross join lateral (select body, language from revision"
                                + " where tenant_id = c.tenant_id and comment_id = c.id and number = c.revision offset 0) r"
                                + " where "
                                + wanted.text
                                + " order by c.id desc limit ?",
                        Pipeline.listing(row ->
                                new Found(
                                        CommentState.read(row),
                                        row.getString("body"),
                                        row.getString("language"),
                                        row.getBoolean("spam"))),
                        values.toArray());
        if (found.get().size() > limit) {
            var page = found.get().subList(0, limit);
            return new Finding(page, page.getLast().comment().id(), page.getLast().comment().createdAt());
        }
        return pipeline.ask(
                        "select c.id, c.created_at" + from + " offset ? limit 1",
                        rows ->
                                rows.next()
                                        ? finding(
                                                found.get(),
                                                rows.getObject("id", UUID.class),
                                                Objects.requireNonNull(Pipeline.instant(rows, "created_at")))
                                        : new Finding(found.get(), null, null),
                        Stream.concat(among.values.stream(), Stream.of(stretch - 1)).toArray())
                .get();
    }

    /**
     * What was found in a stretch, and its end. A comment that came between the two questions moves the end that the
     * second one finds in front of the first one's: what was found behind it is not to be found again.
     */
    static Finding finding(List<Found> found, UUID end, Instant endAt) {
        if (!found.isEmpty() && found.getLast().comment().id().toString().compareTo(end.toString()) < 0) {
            var last = found.getLast().comment();
            return new Finding(found, last.id(), last.createdAt());
        }
        return new Finding(found, end, endAt);
    }

    private static String[] names(Set<CommentStatus> states) {
        return states.stream().map(CommentStatus::name).toArray(String[]::new);
    }

    /** Conditions and their values, in the same order. */
    private static final class Conditions {
        final StringBuilder text;
        final List<Object> values = new ArrayList<>();

        Conditions(String first, Object... values) {
            this.text = new StringBuilder(first);
            this.values.addAll(List.of(values));
        }

        /** Adds a condition, with its value wherever it asks for one; nothing if there is no value. */
        void and(String condition, @Nullable Object value) {
            if (value != null) {
                text.append(" and ").append(condition);
                condition.chars().filter(sign -> sign == '?').forEach(_ -> values.add(value));
            }
        }
    }

    /**
     * A commenter who was found.
     *
     * @param counts of their comments by state, on the sites that may be seen
     * @param lastAt when the newest of those was written
     */
    public record FoundCommenter(
            UUID id,
            String name,
            boolean proven,
            Instant createdAt,
            Map<CommentStatus, Long> counts,
            @Nullable Instant lastAt) {}

    /**
     * Where a page of commenters ended.
     *
     * @param at when the last one was first known, and their id
     */
    public record Place(Instant at, UUID id) {}

    /**
     * Commenters whose name holds all the words, newest first; those who were merged or erased are none.
     *
     * @param sites on one of which they wrote; null for any
     */
    @Transactional
    public List<FoundCommenter> commenters(
            List<String> words, @Nullable Set<UUID> sites, @Nullable Place after, int limit) {
        var query =
                new StringBuilder(
                        "select c, c.id from Commenter c where c.tenantId = :tenant and c.mergedInto is null"
                                + " and c.erasedAt is null");
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", context.current());
        and(
                query,
                values,
                "exists (select 1 from Comment m where m.tenantId = c.tenantId and m.commenterId = c.id"
                        + " and m.siteId in :sites)",
                "sites",
                sites);
        for (int i = 0; i < words.size(); i++) {
            and(query, values, "c.name ilike :word%d escape '!'".formatted(i), "word" + i, containing(words.get(i)));
        }
        if (after != null) {
            query.append(" and (c.createdAt < :at or (c.createdAt = :at and c.id > :id))");
            values.put("at", after.at());
            values.put("id", after.id());
        }
        query.append(" order by c.createdAt desc, c.id");
        var found = ask(query, values, limit).stream().map(row -> (Commenter) row[0]).toList();
        var tallies = tallies(found.stream().map(c -> c.id).toList(), sites);
        return found.stream().map(c -> standing(c, tallies)).toList();
    }

    /**
     * These commenters, with how many comments they have on these sites; null for all. Unknown ones are left out. Asked
     * together with whatever else the caller's transaction asks.
     */
    @Transactional(TxType.MANDATORY)
    public Pipeline.Answer<Map<UUID, FoundCommenter>> askStandings(
            Collection<UUID> commenters, @Nullable Set<UUID> sites) {
        return pipeline.ask(
                "select w.id, w.name, w.verified_at is not null as proven, w.created_at, c.status, c.n, c.last_at"
                        + " from unnest(?) these (id) join commenter w on w.tenant_id = ? and w.id = these.id"
                        + " left join lateral (select status, count(*) as n, max(created_at) as last_at from comment"
                        + " where tenant_id = w.tenant_id and commenter_id = w.id and (? or site_id = any (?))"
                        + " group by status) c on true",
                Searches::standings,
                commenters.toArray(UUID[]::new),
                context.current(),
                sites == null,
                sites == null ? new UUID[0] : sites.toArray(UUID[]::new));
    }

    private static Map<UUID, FoundCommenter> standings(ResultSet rows) throws SQLException {
        Map<UUID, FoundCommenter> found = new HashMap<>();
        Map<UUID, Tally> tallies = new HashMap<>();
        while (rows.next()) {
            var id = rows.getObject("id", UUID.class);
            var tally = tallies.computeIfAbsent(id, _ -> new Tally());
            if (rows.getString("status") != null) {
                tally.add(
                        CommentStatus.valueOf(rows.getString("status")),
                        rows.getLong("n"),
                        Objects.requireNonNull(Pipeline.instant(rows, "last_at")));
            }
            found.put(
                    id,
                    new FoundCommenter(
                            id,
                            rows.getString("name"),
                            rows.getBoolean("proven"),
                            Objects.requireNonNull(Pipeline.instant(rows, "created_at")),
                            tally.counts,
                            tally.lastAt));
        }
        return found;
    }

    private static FoundCommenter standing(Commenter c, Map<UUID, Tally> tallies) {
        var tally = tallies.getOrDefault(c.id, new Tally());
        return new FoundCommenter(c.id, c.name, c.verifiedAt != null, c.createdAt, tally.counts, tally.lastAt);
    }

    /** How many comments of each state a commenter has on these sites; null for all. */
    @Transactional
    public Map<CommentStatus, Long> counts(UUID commenter, @Nullable Set<UUID> sites) {
        return tallies(List.of(commenter), sites).getOrDefault(commenter, new Tally()).counts;
    }

    private static final class Tally {
        final Map<CommentStatus, Long> counts = new HashMap<>();
        @Nullable Instant lastAt;

        void add(CommentStatus status, long comments, Instant last) {
            counts.put(status, comments);
            lastAt = lastAt == null || last.isAfter(lastAt) ? last : lastAt;
        }
    }

    private Map<UUID, Tally> tallies(Collection<UUID> commenters, @Nullable Set<UUID> sites) {
        Map<UUID, Tally> tallies = new HashMap<>();
        if (commenters.isEmpty()) {
            return tallies;
        }
        var query =
                new StringBuilder(
                        "select c.commenterId, c.status, count(*), max(c.createdAt) from Comment c"
                                + " where c.tenantId = :tenant and c.commenterId in :commenters");
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", context.current());
        values.put("commenters", commenters);
        and(query, values, "c.siteId in :sites", "sites", sites);
        query.append(" group by c.commenterId, c.status");
        for (var row : ask(query, values, Integer.MAX_VALUE)) {
            tallies.computeIfAbsent((UUID) row[0], _ -> new Tally())
                    .add((CommentStatus) row[1], (Long) row[2], (Instant) row[3]);
        }
        return tallies;
    }

    /**
     * What stands around a comment in its thread, whatever became of it.
     *
     * @param ancestors what it answers, the comment on the article first
     * @param before the siblings written before it, oldest first; {@code after} those behind it
     * @param replies the first answers to it
     */
    public record Around(List<Found> ancestors, List<Found> before, List<Found> after, List<Found> replies) {}

    /** The surroundings of a comment: all its ancestors, so many siblings on both sides, so many replies. */
    @Transactional
    public Around around(CommentState comment, int siblings, int replies) {
        List<Found> ancestors = new ArrayList<>();
        var parent = comment.parentId();
        while (parent != null) {
            var found = near("c.id = :id", Map.of("id", parent), "c.id", 1).getFirst();
            ancestors.addFirst(found);
            parent = found.comment().parentId();
        }
        var same = comment.parentId() == null ? "c.articleId = :place and c.parentId is null" : "c.parentId = :place";
        var place = comment.parentId() == null ? comment.articleId() : comment.parentId();
        Map<String, Object> values = Map.of("place", place, "id", comment.id());
        return new Around(
                ancestors,
                near(same + " and c.id < :id", values, "c.id desc", siblings).reversed(),
                near(same + " and c.id > :id", values, "c.id", siblings),
                near("c.parentId = :id", Map.of("id", comment.id()), "c.id", replies));
    }

    private List<Found> near(String where, Map<String, Object> values, String order, int limit) {
        var all = new HashMap<>(values);
        all.put("tenant", context.current());
        var query = new StringBuilder(COMMENTS).append(" and ").append(where).append(" order by ").append(order);
        return found(query, all, limit);
    }

    private List<Found> found(StringBuilder query, Map<String, Object> values, int limit) {
        return ask(query, values, limit).stream()
                .map(row -> {
                    var comment = (Comment) row[0];
                    return new Found(comment.state(), (String) row[1], (String) row[2], comment.spam);
                })
                .toList();
    }

    private List<Object[]> ask(StringBuilder query, Map<String, Object> values, int limit) {
        var typed = entityManager.createQuery(query.toString(), Object[].class).setMaxResults(limit);
        values.forEach(typed::setParameter);
        return typed.getResultList();
    }

    private static void and(
            StringBuilder query, Map<String, Object> values, String condition, String name, @Nullable Object value) {
        if (value != null) {
            query.append(" and ").append(condition);
            values.put(name, value);
        }
    }

    private static String containing(String word) {
        return "%" + word.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }
}
