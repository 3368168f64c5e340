package dev.parley.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.Ed25519Verify;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditChain;
import dev.parley.audit.AuditChain.Look;
import dev.parley.audit.AuditEntryView;
import dev.parley.audit.AuditFilter;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.InvalidInput;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantStatus;
import dev.parley.tenant.Tenants;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chain over the audit trail in a real database, with a second tenant beside. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AuditVerificationsTest {

    @Inject TenantContext context;
    @Inject Tenants tenants;
    @Inject AuditTrail trail;
    @Inject AuditChain chain;
    @Inject AuditVerifications verifications;

    private String one;
    private String two;

    @BeforeEach
    void twoTenants() {
        String suffix = Long.toString(System.nanoTime(), 36);
        one = tenant("audit-one-" + suffix);
        two = tenant("audit-two-" + suffix);
    }

    @Test
    void a_sealed_trail_is_valid_and_its_signed_head_can_be_verified_by_others() throws Exception {
        entries(one, 7);
        entries(two, 3);
        assertThat(verify(one))
                .extracting(AuditVerification::sealed, AuditVerification::unsealed, AuditVerification::head)
                .containsExactly(0L, 7L, null);

        assertThat(seal(one)).isEqualTo(7);

        var found = verify(one);
        assertThat(found.valid()).isTrue();
        assertThat(found.sealed()).isEqualTo(7);
        assertThat(found.unsealed()).isZero();
        assertThat(found.firstBroken()).isNull();
        assertThat(found.head().seq()).isEqualTo(7);
        new Ed25519Verify(Base64.getDecoder().decode(found.head().publicKey()))
                .verify(
                        Base64.getDecoder().decode(found.head().signature()),
                        AuditVerifications.statement(one, 7, HexFormat.of().parseHex(found.head().hash())));
        assertThat(verify(two).unsealed()).isEqualTo(3);
        assertThat(verify(two).sealed()).isZero();
    }

    @Test
    void entries_that_come_later_go_on_with_the_same_chain() {
        entries(one, 2);
        seal(one);
        var before = verify(one).head();
        entries(one, 2);
        in(one, () -> chain.seal(one, Look.NEAR));

        assertThat(verify(one).valid()).isTrue();
        assertThat(verify(one).head().seq()).isEqualTo(4);
        assertThat(verify(one).head().hash()).isNotEqualTo(before.hash());
        assertThat(seal(one)).isZero();
    }

    @Test
    void an_entry_that_was_committed_late_is_found() throws SQLException {
        entries(one, 3);
        seal(one);
        // Made before the last link was, as by a transaction that took its time.
        sql(
                "insert into parley.audit_entry select tenant_id, overlay(id::text placing 'aaaa' from 20 for 4)::uuid, at, actor_kind, actor_id,"
                        + " action, subject_kind, 'late', detail from parley.audit_entry where tenant_id = ? order by id limit 1",
                one);

        assertThat(in(one, () -> chain.seal(one, Look.NEAR))).isOne();
        assertThat(verify(one).valid()).isTrue();
        assertThat(verify(one).unsealed()).isZero();
    }

    @Test
    void a_changed_entry_is_found_in_each_of_its_fields() throws SQLException {
        for (var change :
                List.of(
                        "at = at + interval '1 microsecond'",
                        "actor_kind = 'system'",
                        "actor_id = 'x'",
                        "action = 'SITE_CREATED'",
                        "subject_kind = 'x'",
                        "subject_id = 'x'",
                        "detail = detail || ' '")) {
            String tenant = tenant("audit-c-" + Long.toString(System.nanoTime(), 36));
            entries(tenant, 5);
            seal(tenant);
            sql(
                    "update parley.audit_entry set "
                            + change
                            + " where (tenant_id, id) = (select tenant_id, entry_id from parley.audit_link"
                            + " where tenant_id = ? and seq = 3)",
                    tenant);

            var found = verify(tenant);
            assertThat(found.valid()).as(change).isFalse();
            assertThat(found.firstBroken()).as(change).isEqualTo(3);
            assertThat(found.head().seq()).as(change).isEqualTo(2);
        }
    }

    @Test
    void a_deleted_link_is_found() throws SQLException {
        entries(one, 5);
        seal(one);
        sql("delete from parley.audit_link where tenant_id = ? and seq = 2", one);

        assertThat(verify(one).firstBroken()).isEqualTo(2);
        assertThat(verify(one).unsealed()).isOne();
    }

    @Test
    void a_swapped_order_is_found() throws SQLException {
        entries(one, 5);
        seal(one);
        sql(
                "update parley.audit_link set seq = case seq when 2 then 1003 else 1002 end where tenant_id = ? and seq in (2, 3)",
                one);
        sql("update parley.audit_link set seq = seq - 1000 where tenant_id = ? and seq > 1000", one);

        assertThat(verify(one).valid()).isFalse();
        assertThat(verify(one).firstBroken()).isEqualTo(2);
    }

    @Test
    void links_of_another_tenant_do_not_fit() throws SQLException {
        entries(one, 1);
        entries(two, 1);
        seal(one);
        seal(two);
        sql(
                "update parley.audit_link t set hash = f.hash from parley.audit_link f where f.tenant_id = ? and t.tenant_id = ?",
                two,
                one);

        assertThat(verify(one).valid()).isFalse();
        assertThat(verify(two).valid()).isTrue();
    }

    @Test
    void many_sealers_at_once_make_one_chain_and_leave_another_tenants_alone() throws Exception {
        entries(one, 1200);
        entries(two, 2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> sealers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sealers.add(() -> {
                    int sealed = 0;
                    while (in(one, () -> verifications.verify()).unsealed() > 0) {
                        sealed += in(one, () -> chain.seal(one, Look.BACK));
                    }
                    return sealed;
                });
            }
            int all = 0;
            for (var done : threads.invokeAll(sealers)) {
                all += done.get();
            }
            assertThat(all).isEqualTo(1200);
        }
        assertThat(verify(one).valid()).isTrue();
        assertThat(verify(one).sealed()).isEqualTo(1200);
        assertThat(verify(two).sealed()).isZero();
    }

    @Test
    void the_trail_of_a_closed_tenant_is_still_sealed_and_signed() {
        entries(one, 2);
        verify(one);
        in(one, () -> tenants.change(one, TenantStatus.CLOSED));
        seal(one);

        assertThat(verify(one).valid()).isTrue();
        assertThat(verify(one).head()).isNotNull();
    }

    @Test
    void the_application_can_neither_change_nor_delete_the_trail() {
        entries(one, 1);
        seal(one);
        for (var sql :
                List.of(
                        "update audit_entry set actor_id = 'x'",
                        "delete from audit_entry",
                        "update audit_link set seq = 9",
                        "delete from audit_link",
                        "truncate audit_link")) {
            assertThatThrownBy(
                            () -> {
                                try (var connection = PostgresResource.asApp();
                                        var statement = connection.createStatement()) {
                                    statement.execute(sql);
                                }
                            })
                    .as(sql)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void pages_go_from_new_to_old_through_one_tenant_and_one_action() {
        entries(one, 5);
        entries(two, 1);
        in(one, () -> trail.add(one, new Act(Act.By.SYSTEM, Action.SITE_CREATED, "site", "s", Map.of("key", "k"))));

        var seen = new ArrayList<AuditEntryView>();
        String cursor = null;
        do {
            String from = cursor;
            var page = in(one, () -> trail.page(one, of(Action.COMMENT_DECIDED), 2, from));
            seen.addAll(page.items());
            cursor = page.cursor();
        } while (cursor != null);

        assertThat(seen).extracting(e -> e.detail().get("n")).containsExactly(4, 3, 2, 1, 0);
        var first = in(one, () -> trail.page(one, AuditFilter.ALL, 1, null));
        assertThat(first.items().getFirst().action()).isEqualTo("SITE_CREATED");
        assertThatThrownBy(() -> in(two, () -> trail.page(two, AuditFilter.ALL, 1, first.cursor())))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> in(one, () -> trail.page(one, of(Action.SITE_CREATED), 1, first.cursor())))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> in(one, () -> trail.page(one, AuditFilter.ALL, 201, null)))
                .isInstanceOf(InvalidInput.class);
    }

    private void entries(String tenant, int count) {
        in(
                tenant,
                () -> {
                    for (int i = 0; i < count; i++) {
                        trail.add(
                                tenant,
                                new Act(
                                        new Act.By("member", "m"),
                                        Action.COMMENT_DECIDED,
                                        "comment",
                                        UUID.randomUUID().toString(),
                                        Map.of("n", i)));
                    }
                    return count;
                });
    }

    private int seal(String tenant) {
        return in(tenant, () -> chain.seal(tenant, Look.EVERYWHERE));
    }

    private AuditVerification verify(String tenant) {
        return in(tenant, () -> verifications.verify());
    }

    private static void sql(String sql, String... values) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    private String tenant(String id) {
        in(id, () -> tenants.create(id, "Tenant " + id));
        return id;
    }

    private <T> T in(String tenant, Supplier<T> work) {
        return context.call(tenant, () -> QuarkusTransaction.requiringNew().call(work::get));
    }

    private static AuditFilter of(Action action) {
        return new AuditFilter(action, null, null, null, null, null);
    }
}
