package dev.parley.testing;

import dev.parley.testing.History.Attempt;
import dev.parley.testing.History.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Compares what writers were told with what the tables hold, and the tables with each other. Looks past row security,
 * so that it sees what the application would not show. Each body must be posted under one key only: it stands for the
 * key, since the tables hold keys as hashes.
 */
public final class HistoryChecker {

    private record Stored(UUID id, String status) {}

    /** What holds between the tables after every commit: a name, and a query for the comments where it does not. */
    private static final Map<String, String> INVARIANTS = invariants();

    private final Connection connection;
    private final String tenant;

    /**
     * @param connection of a role that sees all rows, with schema parley on its path
     */
    public HistoryChecker(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Names of what is checked between the tables. */
    public static List<String> invariantNames() {
        return List.copyOf(INVARIANTS.keySet());
    }

    /**
     * Every acknowledged, doubled, refused or unasked-for comment that is not as it must be; then broken invariants.
     */
    public List<String> faults(History history) throws SQLException {
        var faults = new ArrayList<String>();
        compare(history, faults);
        faults.addAll(brokenInvariants());
        return faults;
    }

    /** A line for each row that breaks an invariant: its name and the id of the comment or article. */
    public List<String> brokenInvariants() throws SQLException {
        var faults = new ArrayList<String>();
        for (var invariant : INVARIANTS.entrySet()) {
            try (var query = connection.prepareStatement(invariant.getValue())) {
                for (int i = 1; i <= query.getParameterMetaData().getParameterCount(); i++) {
                    query.setString(i, tenant);
                }
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        faults.add(invariant.getKey() + ": " + rows.getString(1));
                    }
                }
            }
        }
        return faults;
    }

    /** Posts without an answer so far whose comment is stored all the same. */
    public List<String> storedButUnanswered(History history) throws SQLException {
        var byDigest = stored();
        return history.posts(Outcome.UNKNOWN).values().stream()
                .filter(attempt -> byDigest.containsKey(attempt.digest()))
                .map(Attempt::key)
                .toList();
    }

    /** Digest of a body, as the log of a writer holds it. */
    public static String digest(String body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compare(History history, List<String> faults) throws SQLException {
        var byDigest = stored();
        var keys = keys();
        var withdrawn = history.withdrawals(Outcome.OK);
        var unsure = history.withdrawals(Outcome.UNKNOWN);
        var asked = new HashSet<String>();
        for (var attempt : history.attempts()) {
            asked.add(attempt.digest());
            attempt.id()
                    .ifPresent(id -> {
                        var found = byDigest.getOrDefault(attempt.digest(), List.of());
                        if (found.stream().noneMatch(comment -> comment.id().equals(id))) {
                            faults.add("acknowledged and lost: key %s, comment %s".formatted(attempt.key(), id));
                        }
                    });
        }
        history.posts(Outcome.OK)
                .forEach((key, post) -> {
                    var id = post.id().orElseThrow();
                    int times = keys.getOrDefault(id, 0);
                    if (times != 1) {
                        faults.add("key %s of comment %s is noted %d times".formatted(key, id, times));
                    }
                    var expected = withdrawn.containsKey(key) ? "WITHDRAWN" : post.status().orElseThrow();
                    for (var comment : byDigest.getOrDefault(post.digest(), List.of())) {
                        if (!comment.status().equals(expected) && !unsure.containsKey(key)) {
                            faults.add(
                                    "key %s: comment %s was answered %s and is %s"
                                            .formatted(key, comment.id(), expected, comment.status()));
                        }
                    }
                });
        history.posts(Outcome.REFUSED)
                .forEach((key, post) ->
                        byDigest.getOrDefault(post.digest(), List.of())
                                .forEach(comment ->
                                        faults.add(
                                                "key %s was refused and is stored as %s"
                                                        .formatted(key, comment.id()))));
        byDigest.forEach((digest, comments) -> {
            if (comments.size() > 1) {
                faults.add("doubled: " + comments);
            }
            if (!asked.contains(digest)) {
                faults.add("nobody posted " + comments);
            }
        });
    }

    /** Comments by the digest of their first body. */
    private Map<String, List<Stored>> stored() throws SQLException {
        var byDigest = new TreeMap<String, List<Stored>>();
        try (var query =
                connection.prepareStatement(
                        "select c.id, c.status, r.body from comment c left join revision r"
                                + " on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = 1"
                                + " where c.tenant_id = ?")) {
            query.setString(1, tenant);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var body = rows.getString(3);
                    byDigest.computeIfAbsent(body == null ? "no revision" : digest(body), _ -> new ArrayList<>())
                            .add(new Stored(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
        }
        return byDigest;
    }

    /** How many idempotency keys lead to each comment. */
    private Map<UUID, Integer> keys() throws SQLException {
        var counts = new HashMap<UUID, Integer>();
        try (var query =
                connection.prepareStatement(
                        "select subject_id, count(*)::int from idempotency where tenant_id = ? group by subject_id")) {
            query.setString(1, tenant);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getObject(1, UUID.class), rows.getInt(2));
                }
            }
        }
        return counts;
    }

    private static Map<String, String> invariants() {
        var all = new TreeMap<String, String>();
        all.put(
                "revisions are numbered from 1 to the comment's",
                """
                select c.id from comment c where c.tenant_id = ?
                and (select array_agg(r.number order by r.number) from revision r
                     where r.tenant_id = c.tenant_id and r.comment_id = c.id)
                is distinct from (select array_agg(n) from generate_series(1, c.revision) n)
                """);
        all.put(
                "every revision has scores or the mark that there are none",
                """
                select r.comment_id from revision r where r.tenant_id = ?
                and not coalesce(r.scores = 'null' or jsonb_typeof(r.scores -> 'byAttribute') = 'object', false)
                """);
        all.put(
                "every comment has one author with one sealed address",
                """
                select c.id from comment c where c.tenant_id = ?
                and 1 <> (select count(*) from commenter p join commenter_address a
                          on a.tenant_id = p.tenant_id and a.commenter_id = p.id
                          where p.tenant_id = c.tenant_id and p.id = c.commenter_id)
                """);
        all.put(
                "a comment is in the queue just if it is held or reports are open, with its newest revision",
                """
                select coalesce(c.id, q.comment_id)
                from (select * from comment where tenant_id = ?) c
                full join (select * from queue_item where tenant_id = ?) q
                on q.comment_id = c.id and q.revision = c.revision
                where (c.status = 'HELD' or exists (select from flag f where f.tenant_id = c.tenant_id
                       and f.comment_id = c.id and f.outcome = 'OPEN'))
                is distinct from (q.comment_id is not null)
                """);
        all.put(
                "every state has one entry in the trail",
                """
                select c.id from comment c where c.tenant_id = ?
                and (select array_agg((e.detail::jsonb ->> 'stateVersion')::bigint
                            order by (e.detail::jsonb ->> 'stateVersion')::bigint) from audit_entry e
                     where e.tenant_id = c.tenant_id and e.subject_kind = 'comment' and e.subject_id = c.id::text
                     and (starts_with(e.action, 'COMMENT_') or e.action = 'DECISION_UNDONE'))
                is distinct from (select array_agg(n) from generate_series(0, c.state_version) n)
                """);
        all.put(
                "every state has one event in the outbox",
                """
                select c.id from comment c
                left join (select subject_id, array_agg(version order by version) as versions from outbox_event
                           where tenant_id = ? group by subject_id) o -- there is no index to look for one
                on o.subject_id = c.id
                where c.tenant_id = ?
                and o.versions is distinct from (select array_agg(n) from generate_series(0, c.state_version) n)
                """);
        all.put(
                "a comment has a statement just if it is restricted, about this restriction",
                """
                select c.id from comment c left join statement s
                on s.tenant_id = c.tenant_id and s.id = c.statement_id and s.comment_id = c.id
                and s.restriction = c.status and s.revision = c.revision
                where c.tenant_id = ?
                and (c.status in ('HELD', 'REJECTED')) is distinct from (s.id is not null)
                """);
        all.put(
                "a published comment shows its newest revision, a gone one none",
                """
                select c.id from comment c where c.tenant_id = ?
                and case c.status when 'PUBLISHED' then c.visible_revision is distinct from c.revision
                    when 'HELD' then c.visible_revision > c.revision
                    else c.visible_revision is not null end
                """);
        all.put(
                "an article counts its visible comments",
                """
                select a.id from article a where a.tenant_id = ?
                and a.comment_count <> (select count(*) from comment c where c.tenant_id = a.tenant_id
                                        and c.article_id = a.id and c.visible_revision is not null)
                """);
        all.put(
                "a comment counts its replies that are shown",
                """
                select c.id from comment c where c.tenant_id = ?
                and c.visible_replies <> (select count(*) from comment r where r.tenant_id = c.tenant_id
                    and r.parent_id = c.id and (r.visible_revision is not null or r.visible_replies > 0))
                """);
        all.put(
                "every key leads to a comment or a report",
                """
                select i.subject_id from idempotency i where i.tenant_id = ?
                and not exists (select from comment c where c.tenant_id = i.tenant_id and c.id = i.subject_id)
                and not exists (select from flag f where f.tenant_id = i.tenant_id and f.id = i.subject_id)
                """);
        all.put(
                "a gone comment has no open report",
                """
                select c.id from comment c where c.tenant_id = ? and c.visible_revision is null and c.status <> 'HELD'
                and exists (select from flag f where f.tenant_id = c.tenant_id and f.comment_id = c.id
                            and f.outcome = 'OPEN')
                """);
        all.put(
                "no row of another tenant is referred to",
                """
                select c.id from comment c where c.tenant_id = ?
                and (not exists (select from article a where a.tenant_id = c.tenant_id and a.id = c.article_id
                                 and a.site_id = c.site_id)
                     or not exists (select from site s where s.tenant_id = c.tenant_id and s.id = c.site_id)
                     or (c.parent_id is not null and not exists (select from comment p
                         where p.tenant_id = c.tenant_id and p.id = c.parent_id and p.article_id = c.article_id)))
                """);
        return all;
    }
}
