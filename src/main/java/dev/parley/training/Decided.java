package dev.parley.training;

import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what a tenant's people said of texts, by plain JDBC: that many rows need no entities. Writes nothing. */
@ApplicationScoped
class Decided {

    /**
     * A moderator's last word on a revision that was not undone.
     *
     * @param writer id of one of the commenters at the address that wrote it
     * @param reason of a rejection
     */
    record Decision(
            String writer, String action, @Nullable String reason, String body, String siteLanguage, Instant at) {}

    /**
     * What a program or a person suggested.
     *
     * @param scores JSON of probabilities by attribute
     */
    record Suggestion(UUID id, String text, String language, String scores, Instant at) {}

    // At an address that nobody proved each comment has a commenter of its own: those of one address are one writer.
    // What was taken back or erased teaches nothing any more, and an escalation says nothing of the text.
    private static final String DECISIONS =
            "select case when lookup is null then commenter_id::text"
                    + " else min(commenter_id::text) over (partition by lookup) end,"
                    + " action, reason, body, language, decided_at"
                    + " from (select distinct on (d.comment_id, d.revision) c.commenter_id, a.lookup, d.action,"
                    + " d.reason, r.body, s.language, d.decided_at from (select * from moderation_decision"
                    + " where tenant_id = ? and undone_at is null and action <> 'ESCALATE'"
                    + " order by decided_at desc limit ?) d"
                    + " join comment c on c.tenant_id = d.tenant_id and c.id = d.comment_id"
                    + " join revision r on r.tenant_id = d.tenant_id and r.comment_id = d.comment_id"
                    + " and r.number = d.revision"
                    + " join site s on s.tenant_id = c.tenant_id and s.id = c.site_id"
                    + " left join commenter_address a on a.tenant_id = c.tenant_id and a.commenter_id = c.commenter_id"
                    + " where c.status <> 'WITHDRAWN' and r.body <> ''"
                    + " order by d.comment_id, d.revision, d.state_version_after desc) last"
                    + " order by decided_at desc";

    private static final String SUGGESTIONS =
            "select id, text, language, scores::text, changed_at from label where tenant_id = ?"
                    + " order by changed_at desc limit ?";

    private static final String COUNT =
            "select count(*) from (select 1 from moderation_decision where tenant_id = ? and undone_at is null"
                    + " and action <> 'ESCALATE' and decided_at >= ? limit ?) newest";

    private final DataSource dataSource;
    private final TenantContext context;

    Decided(DataSource dataSource, TenantContext context) {
        this.dataSource = dataSource;
        this.context = context;
    }

    /**
     * The entered tenant's newest decisions, newest first.
     *
     * @param most so many are looked at
     */
    List<Decision> decisions(int most) {
        return query(
                DECISIONS,
                statement -> statement.setInt(2, most),
                rows ->
                        new Decision(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getObject(6, OffsetDateTime.class).toInstant()));
    }

    /** The entered tenant's newest labels, newest first. */
    List<Suggestion> suggestions(int most) {
        return query(
                SUGGESTIONS,
                statement -> statement.setInt(2, most),
                rows ->
                        new Suggestion(
                                rows.getObject(1, UUID.class),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getObject(5, OffsetDateTime.class).toInstant()));
    }

    /** How many decisions there are since a moment, at most a number. */
    int countSince(Instant moment, int most) {
        return query(
                        COUNT,
                        statement -> {
                            statement.setObject(2, moment.atOffset(ZoneOffset.UTC));
                            statement.setInt(3, most);
                        },
                        rows -> rows.getInt(1))
                .getFirst();
    }

    private interface Bind {
        void to(PreparedStatement statement) throws SQLException;
    }

    private interface Read<T> {
        T from(ResultSet row) throws SQLException;
    }

    /**
     * @param sql its first parameter is the entered tenant
     * @param bind the others
     */
    private <T> List<T> query(String sql, Bind bind, Read<T> read) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, context.current());
            bind.to(statement);
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read.from(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("What was decided can't be read: " + e.getSQLState(), e);
        }
    }
}
