package dev.parley.simulation;

import dev.parley.policy.PolicyScope;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what was written before, by plain JDBC: a hundred thousand rows need no entities. Writes nothing. */
@ApplicationScoped
class Past {

    /** A span of scores: bins of .02. */
    static final int BINS = 50;

    /** So many newest comments tell how scores are spread; more would not show another picture. */
    private static final int MOST = 100_000;

    /**
     * What a policy of a scope would steer. Comments that were taken back or erased are left out. An article that only
     * readers told of takes the strictest of all categories, so it belongs to each.
     *
     * @param sites the only ones that may be seen; null: all
     * @param since only comments from this moment on; null: all
     */
    record Range(PolicyScope scope, String scopeRef, UUID @Nullable [] sites, @Nullable Instant since) {

        private String where() {
            var scoped =
                    switch (scope) {
                        case TENANT -> "";
                        case SITE -> " and c.site_id = ?";
                        case CATEGORY -> " and (a.provisional or ? = any (a.categories))";
                        case ARTICLE -> " and c.article_id = ?";
                    };
            return " from comment c"
                    + " join revision r on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = c.revision"
                    + " join article a on a.tenant_id = c.tenant_id and a.id = c.article_id"
                    + " where c.tenant_id = ? and c.status <> 'WITHDRAWN' and r.body <> ''"
                    + scoped
                    + (sites == null ? "" : " and c.site_id = any (?)")
                    + (since == null ? "" : " and c.created_at >= ?");
        }

        private int bind(Connection connection, PreparedStatement statement, String tenant) throws SQLException {
            int at = 1;
            statement.setString(at++, tenant);
            switch (scope) {
                case TENANT -> {}
                case SITE, ARTICLE -> statement.setObject(at++, UUID.fromString(scopeRef));
                case CATEGORY -> statement.setString(at++, scopeRef);
            }
            if (sites != null) {
                statement.setArray(at++, connection.createArrayOf("uuid", sites));
            }
            if (since != null) {
                statement.setObject(at++, since.atOffset(ZoneOffset.UTC));
            }
            return at;
        }
    }

    /** What is shown of a revision, as it is now. */
    record Shown(String body, @Nullable String articleTitle, Instant createdAt, String scores) {}

    // The records and not the state: an approval stays in it when the comment is rejected later. What was decided
    // before there were records (V0040) counts as not decided.
    private static final String RULING =
            "(select case d.action when 'APPROVE' then 'APPROVED' else 'REJECTED' end from moderation_decision d"
                    + " where d.tenant_id = c.tenant_id and d.comment_id = c.id and d.revision = c.revision"
                    + " and d.undone_at is null and d.action <> 'ESCALATE'"
                    + " order by d.state_version_after desc limit 1)";

    private final DataSource dataSource;
    private final TenantContext context;

    Past(DataSource dataSource, TenantContext context) {
        this.dataSource = dataSource;
        this.context = context;
    }

    /** How many comments there are, at most a number. */
    int count(Range range, int most) {
        return query(
                "select count(*) from (select 1" + range.where() + " limit ?) newest",
                (connection, statement) -> {
                    statement.setInt(range.bind(connection, statement, context.current()), most);
                },
                rows -> {
                    rows.next();
                    return rows.getInt(1);
                });
    }

    /** The next comments, newest first, before one. */
    List<PastComment> before(Range range, @Nullable UUID comment, int limit) {
        return query(
                "select c.id, c.article_id, r.number, r.body, r.scores::text, r.signals::text, r.created_at, "
                        + RULING
                        + range.where()
                        + (comment == null ? "" : " and c.id < ?")
                        + " order by c.id desc limit ?",
                (connection, statement) -> {
                    int at = range.bind(connection, statement, context.current());
                    if (comment != null) {
                        statement.setObject(at++, comment);
                    }
                    statement.setInt(at, limit);
                },
                rows -> {
                    var found = new ArrayList<PastComment>();
                    while (rows.next()) {
                        var ruling = rows.getString(8);
                        found.add(
                                new PastComment(
                                        rows.getObject(1, UUID.class),
                                        rows.getObject(2, UUID.class),
                                        rows.getInt(3),
                                        rows.getString(4),
                                        rows.getString(5),
                                        rows.getString(6),
                                        moment(rows, 7),
                                        ruling == null ? null : Ruling.valueOf(ruling)));
                    }
                    return found;
                });
    }

    /** Revisions by comment and number ({@code id/number}); those that are erased or taken back are missing. */
    Map<String, Shown> shown(Collection<Findings.Sample> samples) {
        return query(
                "select r.comment_id, r.number, r.body, a.title, r.created_at, r.scores::text from revision r"
                        + " join comment c on c.tenant_id = r.tenant_id and c.id = r.comment_id"
                        + " join article a on a.tenant_id = c.tenant_id and a.id = c.article_id"
                        + " where r.tenant_id = ? and r.comment_id = any (?) and c.status <> 'WITHDRAWN' and r.body <> ''",
                (connection, statement) -> {
                    statement.setString(1, context.current());
                    var ids = samples.stream().map(Findings.Sample::comment).distinct().toArray();
                    statement.setArray(2, connection.createArrayOf("uuid", ids));
                },
                rows -> {
                    var found = new HashMap<String, Shown>();
                    while (rows.next()) {
                        found.put(
                                rows.getObject(1, UUID.class) + "/" + rows.getInt(2),
                                new Shown(rows.getString(3), rows.getString(4), moment(rows, 5), rows.getString(6)));
                    }
                    return found;
                });
    }

    /**
     * How many of the newest comments since a time have a score in each of {@link #BINS} spans, by attribute.
     *
     * @param total is given how many comments were looked at, scored or not
     */
    Map<String, int[]> spread(Instant from, UUID @Nullable [] sites, java.util.function.IntConsumer total) {
        return query(
                "with newest as (select r.scores from comment c"
                        + " join revision r on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = c.revision"
                        + " where c.tenant_id = ? and c.created_at >= ?"
                        + (sites == null ? "" : " and c.site_id = any (?)")
                        + " order by c.id desc limit ?)"
                        + " select null, 0, count(*) from newest union all"
                        // numeric, because .58 * 50 is less than 29 in floating point
                        + " select s.key, least(floor((s.value ->> 'value')::numeric * ?), ?)::int, count(*)"
                        + " from newest cross join lateral jsonb_each(case jsonb_typeof(scores -> 'byAttribute')"
                        + " when 'object' then scores -> 'byAttribute' else '{}' end) s group by 1, 2",
                (connection, statement) -> {
                    int at = 1;
                    statement.setString(at++, context.current());
                    statement.setObject(at++, from.atOffset(ZoneOffset.UTC));
                    if (sites != null) {
                        statement.setArray(at++, connection.createArrayOf("uuid", sites));
                    }
                    statement.setInt(at++, MOST);
                    statement.setInt(at++, BINS);
                    statement.setInt(at, BINS - 1);
                },
                rows -> {
                    Map<String, int[]> bins = new TreeMap<>();
                    while (rows.next()) {
                        var attribute = rows.getString(1);
                        if (attribute == null) {
                            total.accept(rows.getInt(3));
                        } else {
                            bins.computeIfAbsent(attribute, _ -> new int[BINS])[rows.getInt(2)] = rows.getInt(3);
                        }
                    }
                    return new LinkedHashMap<>(bins);
                });
    }

    private interface Bind {
        void to(Connection connection, PreparedStatement statement) throws SQLException;
    }

    private interface Read<T> {
        T from(ResultSet rows) throws SQLException;
    }

    private <T> T query(String sql, Bind bind, Read<T> read) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind.to(connection, statement);
            try (var rows = statement.executeQuery()) {
                return read.from(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The past can't be read: " + e.getSQLState(), e);
        }
    }

    private static Instant moment(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
