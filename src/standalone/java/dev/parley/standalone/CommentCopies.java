package dev.parley.standalone;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes many comments of a few that came over the API, so that they have all that comments have: copies of their rows,
 * made in the database, with commenters of their own (one for ten comments). Entries of the audit trail and answered
 * keys are not copied. For measurements.
 */
public final class CommentCopies {

    private static final int COMMENTS_OF_A_COMMENTER = 10;

    private CommentCopies() {}

    /**
     * Prepares a connection of the superuser, which commits by itself no more. Copies of what is whole are whole; to
     * check each of their references would take minutes.
     */
    public static Statement prepared(Connection connection) throws SQLException {
        var sql = connection.createStatement();
        sql.execute("set search_path = parley");
        sql.execute("set session_replication_role = replica");
        connection.setAutoCommit(false);
        return sql;
    }

    /**
     * Adds copies of the first three comments of a tenant that have a status; what waits gets places in the queue of
     * its own, in risk and in time.
     *
     * @param status {@code PUBLISHED} or {@code HELD}
     * @param article key of the article that gets all of them; if null, they are spread over all but {@code thread}
     */
    public static void add(Statement sql, String tenant, String status, int number, @Nullable String article)
            throws SQLException {
        sql.execute("drop table if exists copy, writer");
        sql.execute(
                """
                create temp table copy as
                select gen_random_uuid() id, n,
                    (select commenter_id from commenter_address where tenant_id = '%s' limit 1) original
                from generate_series(0, %d) n\
                """
                        .formatted(tenant, number / COMMENTS_OF_A_COMMENTER));
        RowCopies.add(sql, tenant, "commenter", Map.of("id", "c.id"), "t.id = c.original");
        RowCopies.add(
                sql,
                tenant,
                "commenter_address",
                Map.of("commenter_id", "c.id", "lookup", "sha256(c.id::text::bytea)"),
                "t.commenter_id = c.original");
        sql.execute("alter table copy rename to writer");
        sql.execute(
                """
                create temp table copy as
                select uuidv7() id, gen_random_uuid() statement, w.id commenter, a.id article, o.id original, g.n
                from generate_series(1, %1$d) g(n)
                join (select id, row_number() over () - 1 place, count(*) over () total
                      from (select id from comment where tenant_id = '%2$s' and status = '%3$s' order by id limit 3)) o
                    on g.n %% o.total = o.place
                join (select id, row_number() over (order by key) - 1 place, count(*) over () total
                      from article where tenant_id = '%2$s' and %4$s) a
                    on (g.n / 7) %% a.total = a.place
                join writer w on w.n = g.n / %5$d
                order by g.n\
                """
                        .formatted(
                                number,
                                tenant,
                                status,
                                article == null ? "key <> 'thread'" : "key = '" + article + "'",
                                COMMENTS_OF_A_COMMENTER));
        if (status.equals("HELD")) {
            RowCopies.add(
                    sql,
                    tenant,
                    "statement",
                    Map.of("id", "c.statement", "comment_id", "c.id"),
                    "t.comment_id = c.original");
        }
        var others =
                status.equals("HELD")
                        ? Map.of(
                                "id", "c.id",
                                "article_id", "c.article",
                                "commenter_id", "c.commenter",
                                "statement_id", "c.statement")
                        : Map.of("id", "c.id", "article_id", "c.article", "commenter_id", "c.commenter");
        RowCopies.add(sql, tenant, "comment", others, "t.id = c.original");
        RowCopies.add(sql, tenant, "revision", Map.of("comment_id", "c.id"), "t.comment_id = c.original");
        RowCopies.add(
                sql,
                tenant,
                "queue_item",
                Map.of(
                        "comment_id", "c.id",
                        "article_id", "c.article",
                        "risk", "t.risk * (1 - c.n / 1e7)",
                        "entered_at", "t.entered_at - interval '1 day' * c.n / 1e6"),
                "t.comment_id = c.original");
        if (status.equals("PUBLISHED")) {
            sql.execute(
                    """
                    update article a set comment_count = comment_count + added, thread_version = thread_version + 1
                    from (select article, count(*) added from copy group by article) x
                    where a.tenant_id = '%s' and a.id = x.article\
                    """
                            .formatted(tenant));
        }
    }
}
