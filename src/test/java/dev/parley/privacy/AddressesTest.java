package dev.parley.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantStatus;
import dev.parley.tenant.Tenants;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses in a real database, with a second tenant beside. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AddressesTest {

    private static final Act.By MODERATOR = new Act.By("member", "m-1");

    @Inject TenantContext context;
    @Inject Tenants tenants;
    @Inject Addresses addresses;
    @Inject Tokens tokens;
    @Inject TenantKeys keys;
    @Inject AuditTrail trail;
    @Inject EntityManager entityManager;

    private String one;
    private String two;

    @BeforeEach
    void twoTenants() {
        String suffix = Long.toString(System.nanoTime(), 36);
        one = tenant("addr-one-" + suffix);
        two = tenant("addr-two-" + suffix);
    }

    @Test
    void a_stored_address_is_found_by_lookup_in_its_own_tenant_only() {
        var address = EmailAddress.parse("Tango@example.test");
        var ann = commenter(one, "tango@example.test");
        var again = commenter(one, "TANGO@example.test");
        var other = commenter(one, "uniform@example.test");
        commenter(two, "tango@example.test");

        assertThat(in(one, () -> addresses.belongs(ann, address))).isTrue();
        assertThat(in(one, () -> addresses.belongs(other, address))).isFalse();
        assertThat(in(two, () -> addresses.belongs(ann, address))).isFalse();
        assertThat(in(one, () -> addresses.commentersAt(addresses.lookup(address))))
                .containsExactlyInAnyOrder(ann, again);
        assertThat(in(one, () -> addresses.sameAddress(ann))).containsExactly(again);
        assertThat(in(two, () -> addresses.sameAddress(ann))).isEmpty();
        byte[] inOne = in(one, () -> addresses.lookup(address));
        byte[] inTwo = in(two, () -> addresses.lookup(address));
        assertThat(inOne).hasSize(32).isNotEqualTo(inTwo).isEqualTo(in(one, () -> addresses.lookupOf(ann)));
        assertThat(in(two, () -> addresses.commentersAt(inOne))).isEmpty();
        assertThatThrownBy(() -> in(two, () -> addresses.lookupOf(ann))).isInstanceOf(NotFound.class);
    }

    @Test
    void an_address_when_revealed_is_given_as_typed_and_the_trail_says_so() throws SQLException {
        var ann = commenter(one, "Victor.W@example.test");

        var revealed = in(one, () -> addresses.reveal(ann, MODERATOR, "threat reported to the police"));

        assertThat(revealed.forStaff()).isEqualTo("Victor.W@example.test");
        assertThat(
                        strings(
                                "select actor_id || ' ' || action || ' ' || detail from audit_entry where tenant_id = ? and subject_id = ?",
                                one,
                                ann.toString()))
                .containsExactly("m-1 EMAIL_REVEALED {\"reason\":\"threat reported to the police\"}");
    }

    @Test
    void a_reveal_without_reason_or_by_another_tenant_gives_nothing_and_writes_nothing() throws SQLException {
        var ann = commenter(one, "whiskey@example.test");

        assertThatThrownBy(() -> in(one, () -> addresses.reveal(ann, MODERATOR, "  ")))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> in(two, () -> addresses.reveal(ann, MODERATOR, "why not")))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> in(one, () -> addresses.reveal(UUID.randomUUID(), MODERATOR, "why not")))
                .isInstanceOf(NotFound.class);

        assertThat(strings("select action from audit_entry where tenant_id in (?, ?)", one, two)).isEmpty();
    }

    @Test
    void a_reveal_that_is_rolled_back_leaves_no_entry_and_handed_nothing_out_beyond_it() throws SQLException {
        var ann = commenter(one, "xray@example.test");

        assertThatThrownBy(() ->
                        in(
                                one,
                                () -> {
                                    addresses.reveal(ann, MODERATOR, "then it fails");
                                    throw new IllegalStateException("later failure");
                                }))
                .hasMessageContaining("later failure");

        assertThat(strings("select action from audit_entry where tenant_id = ?", one)).isEmpty();
    }

    @Test
    void the_application_cannot_read_the_sealed_column() {
        commenter(one, "yankee@example.test");

        for (var sql :
                List.of(
                        "select sealed from commenter_address",
                        "select * from commenter_address",
                        "update commenter_address set lookup = sealed",
                        "update commenter_address set commenter_id = commenter_id")) {
            assertThatThrownBy(() ->
                            in(
                                    one,
                                    () ->
                                            sql.startsWith("update")
                                                    ? entityManager.createNativeQuery(sql).executeUpdate()
                                                    : entityManager.createNativeQuery(sql).getResultList()))
                    .as(sql)
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void the_database_hands_out_nothing_without_an_entry_of_the_same_transaction() {
        var ann = commenter(one, "zulu@example.test");
        var bob = commenter(one, "alpha@example.test");
        var reveal = new Act(MODERATOR, Action.EMAIL_REVEALED, "commenter", ann.toString(), Map.of("reason", "r"));

        assertThat(in(one, () -> open(ann, UUID.randomUUID()))).isNull();
        UUID earlier = in(one, () -> trail.addAtOnce(one, reveal));
        assertThat(in(one, () -> open(ann, earlier))).as("entry of an older transaction").isNull();
        assertThat(in(one, () -> open(bob, written(reveal)))).as("entry for somebody else").isNull();
        var otherAct = new Act(MODERATOR, Action.COMMENT_DECIDED, "commenter", ann.toString(), Map.of());
        assertThat(in(one, () -> open(ann, written(otherAct)))).as("entry of another kind").isNull();
        assertThat(in(two, () -> open(ann, written(reveal)))).as("another tenant").isNull();
        assertThat(in(one, () -> open(ann, written(reveal)))).as("the right one").isNotNull();
    }

    @Test
    void a_sealed_address_in_another_row_does_not_open() throws SQLException {
        var ann = commenter(one, "bravo@example.test");
        var bob = commenter(one, "charlie@example.test");
        var foreign = commenter(two, "delta@example.test");

        move(one, ann, one, bob);
        assertThatThrownBy(() -> in(one, () -> addresses.reveal(bob, MODERATOR, "swapped")))
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining(bob.toString())
                .hasMessageNotContaining("bravo");
        move(one, ann, two, foreign);
        assertThatThrownBy(() -> in(two, () -> addresses.reveal(foreign, MODERATOR, "swapped")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(in(one, () -> addresses.reveal(ann, MODERATOR, "own")).forStaff()).isEqualTo("bravo@example.test");
    }

    @Test
    void an_erased_address_is_gone_and_that_of_another_tenant_is_not_touched() {
        var ann = commenter(one, "echo@example.test");

        in(
                two,
                () -> {
                    addresses.erase(ann, MODERATOR);
                    return true;
                });
        assertThat(in(one, () -> addresses.belongs(ann, EmailAddress.parse("echo@example.test")))).isTrue();

        in(
                one,
                () -> {
                    addresses.erase(ann, MODERATOR);
                    return true;
                });
        assertThat(in(one, () -> addresses.commentersAt(addresses.lookup(EmailAddress.parse("echo@example.test")))))
                .isEmpty();
        assertThatThrownBy(() -> in(one, () -> addresses.reveal(ann, MODERATOR, "late"))).isInstanceOf(NotFound.class);
    }

    @Test
    void a_tenant_when_closed_loses_its_keys_for_good_and_others_keep_theirs() throws SQLException {
        var ann = commenter(one, "foxtrot@example.test");
        var bob = commenter(two, "foxtrot@example.test");

        in(one, () -> tenants.change(one, TenantStatus.CLOSED));

        assertThat(strings("select purpose from tenant_keyset where tenant_id = ?", one)).containsExactly("AUDIT");
        assertThatThrownBy(() -> in(one, () -> addresses.reveal(ann, MODERATOR, "closed")))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> in(one, () -> addresses.lookup(EmailAddress.parse("foxtrot@example.test"))))
                .isInstanceOf(NotFound.class);
        assertThat(strings("select purpose from tenant_keyset where tenant_id = ?", one))
                .as("not made anew")
                .containsExactly("AUDIT");
        assertThat(in(two, () -> addresses.reveal(bob, MODERATOR, "open")).forStaff())
                .isEqualTo("foxtrot@example.test");
    }

    @Test
    void a_closing_that_is_rolled_back_keeps_the_keys() {
        var ann = commenter(one, "golf@example.test");

        assertThatThrownBy(() ->
                        in(
                                one,
                                () -> {
                                    tenants.change(one, TenantStatus.CLOSED);
                                    throw new IllegalStateException("no");
                                }))
                .hasMessageContaining("no");

        assertThat(in(one, () -> addresses.reveal(ann, MODERATOR, "still here")).forStaff())
                .isEqualTo("golf@example.test");
    }

    @Test
    void a_wrapped_key_does_not_open_for_another_tenant() throws SQLException {
        commenter(one, "hotel@example.test");
        String third = tenant("addr-three-" + Long.toString(System.nanoTime(), 36));
        try (var connection = PostgresResource.asSuperuser();
                var copy =
                        connection.prepareStatement(
                                "insert into parley.tenant_keyset select ?, purpose, wrapped, created_at from parley.tenant_keyset where tenant_id = ?")) {
            copy.setString(1, third);
            copy.setString(2, one);
            copy.executeUpdate();
        }
        assertThatThrownBy(() -> in(third, () -> keys.mine()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not open");
    }

    @Test
    void the_database_log_and_its_errors_hold_no_address() throws IOException {
        var ann = commenter(one, "juliett.needle@example.test");
        assertThatThrownBy(() ->
                        in(
                                one,
                                () -> {
                                    addresses.store(ann, EmailAddress.parse("juliett.needle@example.test"));
                                    return true;
                                }))
                .hasStackTraceContaining("commenter_address_pk")
                .satisfies(
                        e -> assertThat(org.assertj.core.util.Throwables.getStackTrace(e)).doesNotContain("juliett"));
        in(one, () -> addresses.reveal(ann, MODERATOR, "look"));

        try (var files = Files.walk(PostgresResource.logFolder())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("juliett");
            }
        }
    }

    @Test
    void tokens_fit_their_own_comment_and_tenant_only() {
        var comment = UUID.randomUUID();
        String edit = in(one, () -> tokens.editToken(comment));
        String reader = in(one, () -> tokens.readerToken(comment));

        assertThat(in(one, () -> tokens.editToken(comment))).isEqualTo(edit);
        assertThat(in(one, () -> tokens.fitsEdit(edit, comment))).isTrue();
        assertThat(in(one, () -> tokens.fitsEdit(edit, UUID.randomUUID()))).isFalse();
        assertThat(in(two, () -> tokens.fitsEdit(edit, comment))).isFalse();
        assertThat(in(one, () -> tokens.reader(reader))).contains(comment);
        assertThat(in(two, () -> tokens.reader(reader))).isEmpty();
        assertThat(in(one, () -> tokens.fitsEdit(reader, comment))).isFalse();
        for (String bad :
                new String[] {
                    null,
                    "",
                    "x",
                    edit + "=",
                    edit + "A",
                    edit.substring(1),
                    "!".repeat(43),
                    "\u00e9".repeat(43),
                    "A".repeat(43),
                    "A".repeat(64),
                    reader.substring(1),
                    edit.substring(0, 42) + (char) (edit.charAt(42) + 1)
                }) {
            assertThat(in(one, () -> tokens.fitsEdit(bad, comment))).as("%s", bad).isFalse();
            assertThat(in(one, () -> tokens.reader(bad))).as("%s", bad).isEmpty();
        }
    }

    @Test
    void digests_count_the_length_of_each_part() {
        byte[] ab = in(one, () -> tokens.digest("x", bytes("a"), bytes("b")));
        assertThat(ab).hasSize(32).isEqualTo(in(one, () -> tokens.digest("x", bytes("a"), bytes("b"))));
        assertThat(ab).isNotEqualTo(in(one, () -> tokens.digest("x", bytes("ab"), bytes(""))));
        assertThat(ab).isNotEqualTo(in(one, () -> tokens.digest("y", bytes("a"), bytes("b"))));
        assertThat(ab).isNotEqualTo(in(two, () -> tokens.digest("x", bytes("a"), bytes("b"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Object open(UUID commenter, UUID entry) {
        return entityManager
                .createNativeQuery("select open_address(:commenter, :entry)", byte[].class)
                .setParameter("commenter", commenter)
                .setParameter("entry", entry)
                .getSingleResult();
    }

    private UUID written(Act act) {
        UUID id = trail.addAtOnce(context.current(), act);
        entityManager.flush();
        return id;
    }

    private UUID commenter(String tenant, String email) {
        return in(
                tenant,
                () -> {
                    var id = UUID.randomUUID();
                    entityManager
                            .createNativeQuery(
                                    "insert into commenter (tenant_id, id, name, created_at) values (:tenant, :id, 'Ann', now())")
                            .setParameter("tenant", tenant)
                            .setParameter("id", id)
                            .executeUpdate();
                    addresses.store(id, EmailAddress.parse(email));
                    return id;
                });
    }

    private static void move(String fromTenant, UUID from, String toTenant, UUID to) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var update =
                        connection.prepareStatement(
                                "update parley.commenter_address set sealed = (select sealed from parley.commenter_address where tenant_id = ? and commenter_id = ?) where tenant_id = ? and commenter_id = ?")) {
            update.setString(1, fromTenant);
            update.setObject(2, from);
            update.setString(3, toTenant);
            update.setObject(4, to);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    private static List<String> strings(String sql, String... values) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            var found = new java.util.ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    private String tenant(String id) {
        in(id, () -> tenants.create(id, "Tenant " + id));
        return id;
    }

    private <T> T in(String tenant, Supplier<T> work) {
        return context.call(tenant, () -> QuarkusTransaction.requiringNew().call(work::get));
    }
}
