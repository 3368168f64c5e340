package dev.parley.statistics;

import dev.parley.identity.Members;
import dev.parley.identity.Role;
import dev.parley.identity.Staff;
import dev.parley.statistics.StatisticsView.Aged;
import dev.parley.statistics.StatisticsView.Day;
import dev.parley.statistics.StatisticsView.DayDecisions;
import dev.parley.statistics.StatisticsView.Decided;
import dev.parley.statistics.StatisticsView.MemberDecisions;
import dev.parley.statistics.StatisticsView.Quantiles;
import dev.parley.statistics.StatisticsView.Waiting;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts for the entered tenant's staff, on the sites that they may see. */
@ApplicationScoped
public class Statistics {

    private static final String SITES = " and (:everywhere or %s.site_id in (:sites))";

    private static final String DAYS =
            "select cast(c.created_at at time zone 'UTC' as date) as day, r.decision ->> 'outcome' as outcome, count(*)"
                    + " from comment c join revision r"
                    + " on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = 1"
                    + " where c.tenant_id = :tenant and c.created_at >= :from and c.created_at < :to"
                    + SITES.formatted("c")
                    + " group by 1, 2";

    private static final String REASONS =
            "select cast(c.created_at at time zone 'UTC' as date) as day, reason ->> 'code' as code,"
                    + " count(distinct c.id) from comment c join revision r"
                    + " on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = 1"
                    + " cross join lateral jsonb_array_elements(case when jsonb_typeof(r.decision -> 'reasons') = 'array'"
                    + " then r.decision -> 'reasons' else '[]' end) reason"
                    + " where c.tenant_id = :tenant and c.created_at >= :from and c.created_at < :to"
                    + " and r.decision ->> 'outcome' in ('HOLD', 'REJECT')"
                    + SITES.formatted("c")
                    + " group by 1, 2";

    /** Where the ages of what waits are parted; see {@link Waiting}. */
    private static final List<Duration> AGES =
            List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(3));

    /** One query, so that the ages add up to the whole. What entered since {@code now} was read counts as new. */
    private static final String QUEUE =
            "select count(*), min(q.entered_at), "
                    + AGES.stream().map(Statistics::olderThan).collect(Collectors.joining(", "))
                    + ", percentile_cont(0.5) within group (order by extract(epoch from cast(:now as timestamptz) - q.entered_at)),"
                    + " percentile_cont(0.9) within group (order by extract(epoch from cast(:now as timestamptz) - q.entered_at))"
                    + " from queue_item q where q.tenant_id = :tenant"
                    + SITES.formatted("q");

    private static final String WAITED = "extract(epoch from d.decided_at - d.entered_at)";

    private static final String DECIDED =
            " from moderation_decision d where d.tenant_id = :tenant"
                    + " and d.decided_at >= :from and d.decided_at < :to"
                    + SITES.formatted("d");

    private static final String FINAL = " filter (where d.undone_at is null and d.action <> 'ESCALATE')";

    private static final String MEASURES =
            "count(*)"
                    + FINAL
                    + ", percentile_cont(0.5) within group (order by "
                    + WAITED
                    + ")"
                    + FINAL
                    + ", percentile_cont(0.9) within group (order by "
                    + WAITED
                    + ")"
                    + FINAL;

    private static final String DECISIONS = "select " + MEASURES + DECIDED;

    private static final String DECISIONS_BY_DAY =
            "select cast(d.decided_at at time zone 'UTC' as date), " + MEASURES + DECIDED + " group by 1";

    private static final String MEMBERS =
            "select d.member_id, "
                    + counted("APPROVE")
                    + counted("REJECT")
                    + counted("SPAM")
                    + counted("ESCALATE")
                    + "count(*) filter (where d.undone_at is not null), percentile_cont(0.5) within group (order by "
                    + WAITED
                    + ")"
                    + FINAL
                    + DECIDED
                    + " group by 1 order by 2 desc, 3 desc, 1";

    private static final Set<UUID> NOWHERE = Set.of(new UUID(0, 0));

    private final Members members;
    private final TenantContext context;
    private final EntityManager entityManager;

    Statistics(Members members, TenantContext context, EntityManager entityManager) {
        this.members = members;
        this.context = context;
        this.entityManager = entityManager;
    }

    /**
     * The numbers of a span, which may be 366 days long.
     *
     * @param first the first day, in UTC
     * @param last the last day
     * @param site only this one, which the member may see; null for all that they may
     */
    @Transactional
    public StatisticsView of(LocalDate first, LocalDate last, @Nullable UUID site, Staff staff, Instant now) {
        var scope = new Scope(first, last, site, staff);
        return new StatisticsView(days(scope), waiting(scope, now), decided(scope, staff));
    }

    /** Which rows count. */
    private record Scope(LocalDate first, LocalDate last, boolean everywhere, Set<UUID> sites) {

        Scope(LocalDate first, LocalDate last, @Nullable UUID site, Staff staff) {
            this(
                    first,
                    last,
                    site == null && staff.allSites(),
                    site != null ? Set.of(site) : staff.sites().isEmpty() ? NOWHERE : staff.sites());
        }

        Stream<LocalDate> days() {
            return first.datesUntil(last.plusDays(1));
        }
    }

    private List<Day> days(Scope scope) {
        Map<LocalDate, Map<String, Long>> outcomes = new TreeMap<>();
        Map<LocalDate, Map<String, Long>> reasons = new TreeMap<>();
        for (var row : rows(span(DAYS, scope))) {
            put(outcomes, row);
        }
        for (var row : rows(span(REASONS, scope))) {
            put(reasons, row);
        }
        return scope.days()
                .map(day -> {
                    var of = outcomes.getOrDefault(day, Map.of());
                    return new Day(
                            day,
                            of.values().stream().mapToLong(Long::longValue).sum(),
                            of.getOrDefault("PUBLISH", 0L),
                            of.getOrDefault("HOLD", 0L),
                            of.getOrDefault("REJECT", 0L),
                            reasons.getOrDefault(day, Map.of()));
                })
                .toList();
    }

    private static void put(Map<LocalDate, Map<String, Long>> table, Object[] row) {
        table.computeIfAbsent(day(row[0]), _ -> new TreeMap<>()).put(String.valueOf(row[1]), number(row[2]));
    }

    private Waiting waiting(Scope scope, Instant now) {
        var row = rows(scoped(QUEUE, scope).setParameter("now", now)).getFirst();
        int quantiles = 2 + AGES.size();
        return new Waiting(
                number(row[0]),
                moment(row[1]),
                new Quantiles(seconds(row[quantiles]), seconds(row[quantiles + 1])),
                byAge(row));
    }

    private static List<Aged> byAge(Object[] row) {
        var all = new ArrayList<Aged>();
        long older = number(row[0]);
        long from = 0;
        for (int i = 0; i < AGES.size(); i++) {
            long beyond = number(row[2 + i]);
            long to = AGES.get(i).toSeconds();
            all.add(new Aged(from, to, older - beyond));
            older = beyond;
            from = to;
        }
        all.add(new Aged(from, null, older));
        return all;
    }

    private Decided decided(Scope scope, Staff staff) {
        var row = rows(span(DECISIONS, scope)).getFirst();
        return new Decided(
                number(row[0]),
                new Quantiles(seconds(row[1]), seconds(row[2])),
                byDay(scope),
                staff.role() == Role.ADMIN ? byMember(scope) : null);
    }

    private List<DayDecisions> byDay(Scope scope) {
        Map<LocalDate, DayDecisions> decided = new HashMap<>();
        for (var row : rows(span(DECISIONS_BY_DAY, scope))) {
            var day = day(row[0]);
            decided.put(day, new DayDecisions(day, number(row[1]), new Quantiles(seconds(row[2]), seconds(row[3]))));
        }
        return scope.days()
                .map(day -> decided.getOrDefault(day, new DayDecisions(day, 0, new Quantiles(null, null))))
                .toList();
    }

    private List<MemberDecisions> byMember(Scope scope) {
        var names = members.namesById();
        var all = new ArrayList<MemberDecisions>();
        for (var row : rows(span(MEMBERS, scope))) {
            all.add(
                    new MemberDecisions(
                            (UUID) row[0],
                            names.get(row[0].toString()),
                            number(row[1]),
                            number(row[2]),
                            number(row[3]),
                            number(row[4]),
                            number(row[5]),
                            seconds(row[6])));
        }
        return all;
    }

    private Query span(String sql, Scope scope) {
        return scoped(sql, scope)
                .setParameter("from", scope.first().atStartOfDay().toInstant(ZoneOffset.UTC))
                .setParameter("to", scope.last().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private Query scoped(String sql, Scope scope) {
        return entityManager
                .createNativeQuery(sql)
                .setParameter("tenant", context.current())
                .setParameter("everywhere", scope.everywhere())
                .setParameter("sites", scope.sites());
    }

    private static String olderThan(Duration age) {
        return "count(*) filter (where cast(:now as timestamptz) - q.entered_at >= interval '"
                + age.toSeconds()
                + " seconds')";
    }

    private static LocalDate day(Object value) {
        return value instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) value;
    }

    private static String counted(String action) {
        return "count(*) filter (where d.action = '" + action + "' and d.undone_at is null), ";
    }

    private static List<Object[]> rows(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static @Nullable Double seconds(@Nullable Object value) {
        return value == null ? null : Math.round(((Number) value).doubleValue() * 10) / 10.0;
    }

    private static @Nullable Instant moment(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant;
            case java.time.OffsetDateTime time -> time.toInstant();
            case java.sql.Timestamp time -> time.toInstant();
            default -> throw new IllegalStateException("no moment: " + value.getClass());
        };
    }
}
