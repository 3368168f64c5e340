package dev.parley.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay on a real database, with a second tenant beside. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class RelayTest {

    record Shown(UUID subject, long version) implements Departure {}

    record OfNoInterest(UUID subject, long version) implements Departure {}

    /** Notes what it gets, and fails for the subjects it is told to. */
    @ApplicationScoped
    static class Notebook implements Receiver {
        private final List<Delivery> got = new CopyOnWriteArrayList<>();
        private final Set<UUID> refused = ConcurrentHashMap.newKeySet();

        List<Delivery> got() {
            return got;
        }

        Set<UUID> refused() {
            return refused;
        }

        @Override
        public boolean wants(String type) {
            return type.equals("Shown");
        }

        @Override
        public void receive(List<Delivery> deliveries) {
            if (deliveries.stream().anyMatch(delivery -> refused.contains(delivery.subject()))) {
                throw new IllegalArgumentException("not now");
            }
            got.addAll(deliveries);
        }
    }

    @Inject TenantContext context;
    @Inject Tenants tenants;
    @Inject Outbox outbox;
    @Inject Relay relay;
    @Inject Notebook notebook;

    private String one;
    private String two;

    @BeforeEach
    void twoTenants() {
        String suffix = Long.toString(System.nanoTime(), 36);
        one = tenant("relay-one-" + suffix);
        two = tenant("relay-two-" + suffix);
        notebook.got().clear();
        notebook.refused().clear();
    }

    @Test
    void events_of_one_tenant_reach_the_receiver_once_and_those_of_another_stay() throws SQLException {
        var subject = UUID.randomUUID();
        add(one, new Shown(subject, 1));
        add(two, new Shown(UUID.randomUUID(), 1));

        deliverAll(one);
        deliverAll(one);

        assertThat(notebook.got()).hasSize(1);
        var delivery = notebook.got().getFirst();
        assertThat(delivery.subject()).isEqualTo(subject);
        assertThat(delivery.tenant()).isEqualTo(one);
        assertThat(delivery.attempt()).isEqualTo(1);
        assertThat(delivery.payload()).contains(subject.toString());
        assertThat(count("delivered_at is null", one)).isZero();
        assertThat(count("delivered_at is null", two)).isOne();
    }

    @Test
    void events_of_one_subject_leave_in_the_order_of_their_versions() {
        var subject = UUID.randomUUID();
        add(one, new Shown(subject, 3));
        add(one, new Shown(subject, 1));
        add(one, new Shown(subject, 2));

        deliverAll(one);

        assertThat(notebook.got()).extracting(Delivery::version).containsExactly(1L, 2L, 3L);
    }

    @Test
    void what_nobody_wants_is_marked_as_delivered() throws SQLException {
        add(one, new OfNoInterest(UUID.randomUUID(), 1));

        deliverAll(one);

        assertThat(notebook.got()).isEmpty();
        assertThat(count("delivered_at is not null", one)).isOne();
    }

    @Test
    void an_event_that_keeps_failing_is_given_up_and_holds_only_its_own_subject_up() throws SQLException {
        var bad = UUID.randomUUID();
        var good = UUID.randomUUID();
        notebook.refused().add(bad);
        add(one, new Shown(bad, 1));
        add(one, new Shown(bad, 2));
        add(one, new Shown(good, 1));

        deliverAll(one);

        assertThat(notebook.got()).extracting(Delivery::subject).containsExactly(good);
        assertThat(count("attempts = 1 and due_at > now() and last_error = 'java.lang.IllegalArgumentException'", one))
                .isOne();
        for (int attempt = 2; attempt <= Relay.ATTEMPTS; attempt++) {
            assertThat(count("attempts > 0", one)).as("version 2 waits").isOne();
            makeDue(one);
            deliverOnce(one);
        }
        notebook.refused().clear();
        makeDue(one);
        deliverAll(one);
        assertThat(count("attempts = 5 and delivered_at is null", one)).as("version 1 was given up").isOne();
        assertThat(notebook.got()).as("version 2 went on").extracting(Delivery::version).containsExactly(1L, 2L);
    }

    @Test
    void an_event_whose_receiver_failed_comes_again() throws SQLException {
        var subject = UUID.randomUUID();
        notebook.refused().add(subject);
        add(one, new Shown(subject, 1));
        deliverAll(one);
        notebook.refused().clear();

        deliverAll(one);
        assertThat(notebook.got()).as("not before its time").isEmpty();
        makeDue(one);
        deliverAll(one);

        assertThat(notebook.got()).extracting(Delivery::attempt).containsExactly(2);
    }

    @Test
    void many_relays_at_once_deliver_each_event_once_and_in_order() throws Exception {
        var subjects = new ArrayList<UUID>();
        for (int i = 0; i < 20; i++) {
            subjects.add(UUID.randomUUID());
            for (int version = 1; version <= 5; version++) {
                add(one, new Shown(subjects.getLast(), version));
            }
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> work =
                    () -> {
                        while (notebook.got().size() < 100) {
                            deliverOnce(one);
                        }
                        return 1;
                    };
            for (var done : threads.invokeAll(List.of(work, work, work, work))) {
                done.get();
            }
        }
        assertThat(notebook.got()).hasSize(100);
        for (var subject : subjects) {
            assertThat(notebook.got().stream().filter(d -> d.subject().equals(subject)).map(Delivery::version))
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void what_was_delivered_a_week_ago_is_purged_and_another_tenants_is_kept() throws SQLException {
        add(one, new Shown(UUID.randomUUID(), 1));
        add(two, new Shown(UUID.randomUUID(), 1));
        deliverAll(one);
        deliverAll(two);
        sql(
                "update parley.outbox_event set delivered_at = now() - interval '8 days' where tenant_id in (?, ?)",
                one,
                two);
        add(one, new Shown(UUID.randomUUID(), 1));

        assertThat(in(one, () -> relay.purge())).isOne();

        assertThat(count("true", one)).isOne();
        assertThat(count("true", two)).isOne();
    }

    @Test
    void a_hint_is_left_after_a_commit_only() {
        add(one, new Shown(UUID.randomUUID(), 1));
        assertThatThrownBy(() ->
                        in(
                                two,
                                () -> {
                                    outbox.add(two, new Shown(UUID.randomUUID(), 1));
                                    throw new IllegalStateException("rolled back");
                                }))
                .hasMessageContaining("rolled back");

        assertThat(outbox.takeHints()).contains(one).doesNotContain(two);
        assertThat(outbox.takeHints()).doesNotContain(one);
    }

    private void add(String tenant, Departure event) {
        in(
                tenant,
                () -> {
                    outbox.add(tenant, event);
                    return true;
                });
    }

    private Relay.Again deliverOnce(String tenant) {
        return context.call(tenant, () -> relay.deliver(tenant));
    }

    private void deliverAll(String tenant) {
        while (deliverOnce(tenant) == Relay.Again.AT_ONCE) {
            // on
        }
    }

    private static void makeDue(String tenant) throws SQLException {
        sql("update parley.outbox_event set due_at = now() - interval '1 second' where tenant_id = ?", tenant);
    }

    private static void sql(String sql, String... values) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static long count(String condition, String tenant) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var select =
                        connection.prepareStatement(
                                "select count(*) from outbox_event where tenant_id = ? and " + condition)) {
            select.setString(1, tenant);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
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
