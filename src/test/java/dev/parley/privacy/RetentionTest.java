package dev.parley.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantStatus;
import dev.parley.tenant.Tenants;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is forgotten and what is kept, with a second tenant beside. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class RetentionTest {

    @Inject TenantContext context;
    @Inject Tenants tenants;
    @Inject Retention retention;
    @Inject RetentionRounds rounds;
    @Inject RejectedTexts rejected;

    private String one;
    private String two;

    @BeforeEach
    void twoTenants() {
        String suffix = Long.toString(System.nanoTime(), 36);
        one = tenant("keep-one-" + suffix);
        two = tenant("keep-two-" + suffix);
    }

    @Test
    void networks_are_forgotten_after_14_days_and_comments_stay() throws SQLException {
        comment(one, "old", "14 days 1 minute");
        comment(one, "new", "13 days 23 hours");
        comment(two, "old", "15 days");

        forget(one, "networks of senders");

        assertThat(strings("select name from comment where tenant_id = ? and network is not null", one))
                .containsExactly("new");
        assertThat(strings("select name from comment where tenant_id = ?", one))
                .containsExactlyInAnyOrder("old", "new");
        assertThat(strings("select name from comment where tenant_id = ? and network is not null", two))
                .containsExactly("old");
    }

    @Test
    void idempotency_keys_are_forgotten_after_24_hours() throws SQLException {
        idempotency(one, 1, "24 hours 1 minute");
        idempotency(one, 2, "23 hours");
        idempotency(two, 3, "25 hours");

        forget(one, "idempotency keys");

        assertThat(strings("select get_byte(id, 0)::text from idempotency where tenant_id = ?", one))
                .containsExactly("2");
        assertThat(strings("select get_byte(id, 0)::text from idempotency where tenant_id = ?", two))
                .containsExactly("3");
    }

    @Test
    void networks_of_those_who_reported_are_forgotten_after_14_days_and_reports_stay() throws SQLException {
        comment(one, "reported", "1 day");
        flag(one, "OTHER", "14 days 1 minute");
        flag(one, "SPAM", "13 days");
        comment(two, "reported", "1 day");
        flag(two, "OTHER", "15 days");

        forget(one, "networks of those who reported");

        assertThat(strings("select reason from flag where tenant_id = ? and network is not null", one))
                .containsExactly("SPAM");
        assertThat(strings("select reason from flag where tenant_id = ?", one))
                .containsExactlyInAnyOrder("OTHER", "SPAM");
        assertThat(strings("select reason from flag where tenant_id = ? and network is not null", two))
                .containsExactly("OTHER");
    }

    @Test
    void links_are_forgotten_when_they_lapse_and_requests_for_them_after_24_hours() throws SQLException {
        comment(one, "linked", "1 day");
        link(one, "MANAGE", "1 minute");
        link(one, "UNSUBSCRIBE", "-1 minute");
        request(one, "24 hours 1 minute");
        request(one, "23 hours");
        comment(two, "linked", "1 day");
        link(two, "MANAGE", "1 minute");
        request(two, "25 hours");

        forget(one, "lapsed links");
        forget(one, "requests for links");

        assertThat(strings("select purpose from link where tenant_id = ?", one)).containsExactly("UNSUBSCRIBE");
        assertThat(strings("select purpose from link where tenant_id = ?", two)).containsExactly("MANAGE");
        assertThat(
                        strings(
                                "select (now() - created_at > interval '24 hours')::text from link_request"
                                        + " where tenant_id = ?",
                                one))
                .containsExactly("false");
        assertThat(strings("select site_id from link_request where tenant_id = ?", two)).hasSize(1);
    }

    @Test
    void the_hourly_round_goes_through_all_tenants_closed_ones_too() throws SQLException {
        comment(one, "old", "15 days");
        comment(two, "old", "15 days");
        context.call(two, () -> QuarkusTransaction.requiringNew().call(() -> tenants.change(two, TenantStatus.CLOSED)));

        rounds.forget();

        assertThat(strings("select name from comment where tenant_id in (?, ?) and network is not null", one, two))
                .isEmpty();
    }

    @Test
    void deliveries_to_webhooks_go_after_thirty_days_and_what_waits_stays() throws SQLException {
        for (var tenant : List.of(one, two)) {
            sql(
                    "with w as (insert into parley.webhook (tenant_id, id, address, description, events, sites, enabled,"
                            + " secret_version, created_by, created_at) values (?, gen_random_uuid(),"
                            + " 'https://hooks.example/', '', '{comment.held}', '{}', true, 1, gen_random_uuid(), now())"
                            + " returning tenant_id, id)"
                            + " insert into parley.webhook_delivery (tenant_id, id, webhook_id, event_id, type, subject_id,"
                            + " version, payload, state, created_at, due_at, give_up_at, ended_at)"
                            + " select w.tenant_id, gen_random_uuid(), w.id, gen_random_uuid(), d.type, gen_random_uuid(), 0,"
                            + " '{}', d.state, now(), now(), now(), d.ended from w, (values"
                            + " ('old', 'DELIVERED', now() - interval '31 days'), ('dead', 'DEAD', now() - interval '31 days'),"
                            + " ('new', 'DELIVERED', now() - interval '29 days'), ('waits', 'WAITING', null))"
                            + " as d (type, state, ended)",
                    tenant);
        }

        forget(one, "deliveries to webhooks");

        var types = "select type from webhook_delivery where tenant_id = ? order by 1";
        assertThat(strings(types, one)).containsExactly("new", "waits");
        assertThat(strings(types, two)).hasSize(4);
    }

    @Test
    void texts_of_what_was_rejected_or_withdrawn_go_after_as_many_days_as_the_tenant_says() throws SQLException {
        for (var tenant : List.of(one, two)) {
            gone(tenant, "withdrawn long ago", "WITHDRAWN", "31 days", "31 days");
            gone(tenant, "rejected long ago", "REJECTED", "90 days", "31 days");
            gone(tenant, "rejected lately", "REJECTED", "90 days", "29 days");
            comment(tenant, "shown", "90 days");
            text(tenant, "shown");
        }
        sql("update parley.tenant_settings set rejected_retention_days = 30 where tenant_id = ?", one);

        rounds.forget();

        assertThat(strings(WITH_TEXT, one)).containsExactly("rejected lately", "shown");
        assertThat(strings(WITH_TEXT, two)).hasSize(4);
        assertThat(
                        strings(
                                "select distinct r.decision #>> '{reasons,0,code}' from revision r where r.tenant_id = ?"
                                        + " and r.body = '' and r.scores = 'null'",
                                one))
                .containsExactly("TOXICITY");
        assertThat(
                        strings(
                                "select (detail::jsonb ->> 'comments') from audit_entry where tenant_id = ?"
                                        + " and action = 'TEXTS_ERASED'",
                                one))
                .containsExactly("2");
    }

    @Test
    void a_look_ahead_says_what_the_round_then_does_and_changes_nothing() throws SQLException {
        for (var tenant : List.of(one, two)) {
            comment(tenant, "old", "15 days");
            comment(tenant, "older", "20 days");
            comment(tenant, "new", "1 day");
            flag(tenant, "OTHER", "15 days");
            idempotency(tenant, tenant.equals(one) ? 1 : 2, "25 hours");
            link(tenant, "MANAGE", "1 minute");
            request(tenant, "25 hours");
            gone(tenant, "withdrawn long ago", "WITHDRAWN", "31 days", "31 days");
            invitation(tenant, "91 days", "31 days");
            invitation(tenant, "91 days", "29 days"); // stays with its mail
        }
        sql("update parley.tenant_settings set rejected_retention_days = 30 where tenant_id = ?", one);
        idempotency(one, 3, "26 hours");

        var due = ahead();

        assertThat(ahead()).as("nothing was changed").isEqualTo(due);
        assertThat(due)
                .containsEntry(one + " networks of senders", 3L)
                .containsEntry(one + " idempotency keys", 2L)
                .containsEntry(one + " rejected texts", 1L)
                .containsEntry(two + " idempotency keys", 1L)
                .containsEntry(two + " mails", 1L)
                .containsEntry(two + " invitations", 1L)
                .containsEntry(two + " addresses of lapsed invitations", 2L)
                .doesNotContainKey(two + " rejected texts");
        var done = new TreeMap<String, Long>();
        for (var tenant : List.of(one, two)) {
            context.run(
                    tenant,
                    () -> {
                        for (var rule : Retention.RULES) {
                            count(done, tenant + " " + rule.what(), () -> retention.forget(rule));
                        }
                        count(done, tenant + " rejected texts", rejected::erase);
                    });
        }
        assertThat(done).isEqualTo(due);
        assertThat(ahead()).isEmpty();
    }

    /** Of the two tenants, by tenant and kind. */
    private TreeMap<String, Long> ahead() throws SQLException {
        var counts = new TreeMap<String, Long>();
        try (var connection = PostgresResource.asBackup()) {
            for (var due : RetentionPreview.of(connection)) {
                if (due.tenant().equals(one) || due.tenant().equals(two)) {
                    assertThat(due.oldest()).isBefore(Instant.now());
                    counts.put(due.tenant() + " " + due.what(), due.count());
                }
            }
        }
        return counts;
    }

    private static void count(TreeMap<String, Long> done, String what, IntSupplier batch) {
        long all = 0;
        for (int some = batch.getAsInt(); some > 0; some = batch.getAsInt()) {
            all += some;
        }
        if (all > 0) {
            done.put(what, all);
        }
    }

    /** One with its address that lapsed so long ago, and a mail that ended so long ago. */
    private static void invitation(String tenant, String lapsed, String mailed) throws SQLException {
        sql(
                ("with i as (insert into parley.invitation (tenant_id, id, name, role, sites, invited_by, sendings,"
                                + " created_at, lapses_at) values (?, gen_random_uuid(), 'I', 'ADMIN', '{}', gen_random_uuid(), 1,"
                                + " now() - interval '1 year', now() - interval '%s') returning tenant_id, id),"
                                + " a as (insert into parley.invitation_address select tenant_id, id, '' from i)"
                                + " insert into parley.mail (tenant_id, id, kind, invitation_id, subjects, language, created_at,"
                                + " due_at, ended_at, outcome) select tenant_id, gen_random_uuid(), 'INVITATION', id, '{}', 'en',"
                                + " now() - interval '1 year', now(), now() - interval '%s', 'SENT' from i")
                        .formatted(lapsed, mailed),
                tenant);
    }

    private static final String WITH_TEXT =
            "select c.name from comment c join revision r on r.tenant_id = c.tenant_id and r.comment_id = c.id"
                    + " where c.tenant_id = ? and r.body <> '' order by 1";

    private static void gone(String tenant, String name, String status, String age, String since) throws SQLException {
        comment(tenant, name, age);
        text(tenant, name);
        sql(
                "with s as (insert into parley.statement (tenant_id, id, comment_id, revision, restriction, reasons,"
                        + " automated, created_at) select tenant_id, gen_random_uuid(), id, 1, 'REJECTED', '[]', true,"
                        + " now() - interval '"
                        + since
                        + "' from parley.comment where tenant_id = ? and name = '"
                        + name
                        + "' returning id, comment_id)"
                        + " update parley.comment c set status = '"
                        + status
                        + "', visible_revision = null, statement_id = s.id from s where c.id = s.comment_id",
                tenant);
    }

    private static void text(String tenant, String name) throws SQLException {
        sql(
                "insert into parley.revision (tenant_id, comment_id, number, body, language, scores, signals, decision,"
                        + " created_at) select tenant_id, id, 1, 'a text', 'en', '{}', '{}',"
                        + " '{\"reasons\": [{\"code\": \"TOXICITY\", \"detail\": \"0.9\"}]}', created_at"
                        + " from parley.comment where tenant_id = ? and name = '"
                        + name
                        + "'",
                tenant);
    }

    private void forget(String tenant, String what) {
        var rule = Retention.RULES.stream().filter(r -> r.what().equals(what)).findFirst().orElseThrow();
        context.run(
                tenant,
                () -> {
                    while (retention.forget(rule) > 0) {
                        // on
                    }
                });
    }

    /** Lapsed so long ago. */
    private static void link(String tenant, String purpose, String ago) throws SQLException {
        sql(
                "insert into parley.link (tenant_id, id, commenter_id, site_id, purpose, hash, created_at, lapses_at)"
                        + " select c.tenant_id, gen_random_uuid(), c.commenter_id, c.site_id, '"
                        + purpose
                        + "', sha256(random()::text::bytea), now() - interval '2 years', now() - interval '"
                        + ago
                        + "' from parley.comment c where c.tenant_id = ?",
                tenant);
    }

    private static void request(String tenant, String age) throws SQLException {
        sql(
                "insert into parley.link_request (tenant_id, id, site_id, lookup, created_at)"
                        + " select tenant_id, gen_random_uuid(), id, '\\x00', now() - interval '"
                        + age
                        + "' from parley.site where tenant_id = ?",
                tenant);
    }

    private static void comment(String tenant, String name, String age) throws SQLException {
        var key = "s-" + UUID.randomUUID();
        sql(
                "with s as (insert into parley.site values (?, gen_random_uuid(), '"
                        + key
                        + "', 's', 'en', '{}', now()) returning tenant_id, id),"
                        + " a as (insert into parley.article (tenant_id, id, site_id, key, provisional, created_at)"
                        + "  select tenant_id, gen_random_uuid(), id, 'a', false, now() from s returning tenant_id, id),"
                        + " c as (insert into parley.commenter (tenant_id, id, name, created_at)"
                        + "  select tenant_id, gen_random_uuid(), 'n', now() from s returning id)"
                        + " insert into parley.comment (tenant_id, id, site_id, article_id, depth, commenter_id, name, status, state_version,"
                        + "  revision, visible_revision, network, created_at)"
                        + " select s.tenant_id, gen_random_uuid(), s.id, a.id, 0, c.id, '"
                        + name
                        + "', 'PUBLISHED', 0, 1, 1, '192.0.2.0/24',"
                        + "  now() - interval '"
                        + age
                        + "' from s, a, c",
                tenant);
    }

    private static void flag(String tenant, String reason, String age) throws SQLException {
        sql(
                "insert into parley.flag (tenant_id, id, comment_id, revision, reason, network, created_at, outcome)"
                        + " select tenant_id, gen_random_uuid(), id, 1, '"
                        + reason
                        + "', '192.0.2.0/24', now() - interval '"
                        + age
                        + "', 'OPEN' from parley.comment where tenant_id = ?",
                tenant);
    }

    private static void idempotency(String tenant, int id, String age) throws SQLException {
        sql(
                "insert into parley.idempotency values (?, '\\x0"
                        + id
                        + "', '\\x00', gen_random_uuid(), now() - interval '"
                        + age
                        + "')",
                tenant);
    }

    private static void sql(String sql, String tenant) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.executeUpdate();
        }
    }

    private static List<String> strings(String sql, String... values) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    private String tenant(String id) {
        context.call(id, () -> QuarkusTransaction.requiringNew().call(() -> tenants.create(id, "Tenant " + id)));
        return id;
    }
}
