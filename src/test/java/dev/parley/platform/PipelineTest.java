package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.tenant.TenantContext;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Statements that wait and go together, on the real driver and database. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class PipelineTest {

    @Inject Pipeline pipeline;
    @Inject EntityManager entityManager;
    @Inject TenantContext context;

    /** Adds to a setting that lasts as long as the transaction. */
    private static final String ADD =
            "select set_config('parley.trial', coalesce(current_setting('parley.trial', true), '') || ?, true)";

    private static final String LOCK = "select pg_try_advisory_xact_lock(?)";

    private static final String SHOW = "select coalesce(current_setting('parley.trial', true), '')";

    private static String text(ResultSet rows) throws SQLException {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
    }

    private Object shown() {
        return entityManager.createNativeQuery(SHOW).getSingleResult();
    }

    @Test
    void statements_wait_and_go_in_their_order() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    pipeline.send(ADD, "a");
                    var first = pipeline.ask(SHOW, PipelineTest::text);
                    pipeline.send(ADD, "b");
                    var none = pipeline.ask("select 1 where false", ResultSet::next);
                    var both = pipeline.ask(SHOW, PipelineTest::text);
                    assertThat(shown()).as("nothing was sent").isEqualTo("");

                    assertThat(both.get()).isEqualTo("ab");
                    assertThat(first.get()).isEqualTo("a");
                    assertThat(none.get()).isFalse();
                    assertThat(shown()).isEqualTo("ab");
                });
    }

    @Test
    void many_more_than_go_at_once_all_arrive() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    for (int i = 0; i < 200; i++) {
                        pipeline.send(ADD, Integer.toString(i % 10));
                    }
                    pipeline.flush();
                    assertThat(shown()).isEqualTo("0123456789".repeat(20));
                });
    }

    @Test
    void every_kind_of_value_comes_back_as_it_went() {
        var id = UUID.randomUUID();
        var at = Instant.parse("2026-02-28T23:59:59.123456Z");
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    var row =
                            pipeline.ask(
                                    "select cast(? as uuid), cast(? as timestamptz), cast(? as bytea),"
                                            + " cast(? as text[]), cast(? as text), cast(? as bigint), cast(? as text),"
                                            + " cast(? as boolean)",
                                    rows -> {
                                        assertThat(rows.next()).isTrue();
                                        assertThat(rows.getBytes(3)).containsExactly(0, -1, 7);
                                        assertThat((String[]) rows.getArray(4).getArray())
                                                .containsExactly("a,\"b", "{}");
                                        assertThat(rows.getString(5)).isEqualTo("ünï;code'?");
                                        assertThat(rows.getLong(6)).isEqualTo(Long.MIN_VALUE);
                                        assertThat(rows.getString(7)).isNull();
                                        assertThat(rows.getBoolean(8)).isTrue();
                                        assertThat(rows.getObject(2, java.time.OffsetDateTime.class).toInstant())
                                                .isEqualTo(at);
                                        return rows.getObject(1, UUID.class);
                                    },
                                    id,
                                    at,
                                    new byte[] {0, -1, 7},
                                    new String[] {"a,\"b", "{}"},
                                    "ünï;code'?",
                                    Long.MIN_VALUE,
                                    null,
                                    true);
                    assertThat(row.get()).isEqualTo(id);
                });
    }

    @Test
    void what_waits_is_sent_by_the_commit_and_fails_it() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> pipeline.send("select 1 / ?", 0)))
                .hasStackTraceContaining("division by zero");
    }

    @Test
    void what_waits_is_forgotten_with_its_transaction() {
        QuarkusTransaction.begin();
        pipeline.send("select no_such_function()");
        QuarkusTransaction.rollback();
        QuarkusTransaction.requiringNew()
                .run(() -> assertThat(pipeline.ask("select 'there'", PipelineTest::text).get()).isEqualTo("there"));
    }

    @Test
    void it_wants_a_transaction() {
        assertThatThrownBy(() -> pipeline.send("select 1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_first_statement_knows_the_tenant_and_the_next_transaction_nothing() {
        var tenant = "select current_setting('parley.tenant', true)";
        context.run(
                "somebody",
                () ->
                        QuarkusTransaction.requiringNew()
                                .run(() -> {
                                    var told = pipeline.ask(tenant, PipelineTest::text);
                                    pipeline.commit();
                                    assertThat(told.get()).isEqualTo("somebody");
                                }));
        QuarkusTransaction.requiringNew()
                .run(() -> assertThat(pipeline.ask(tenant, PipelineTest::text).get()).isEmpty());
    }

    @Test
    void what_is_sent_with_the_commit_ends_there_and_nothing_comes_after_it() {
        long lock = 7_301;
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    var mine = pipeline.ask(LOCK, PipelineTest::yes, lock);
                    pipeline.flush();
                    assertThat(isFree(lock)).isFalse();
                    for (int i = 0; i < 70; i++) {
                        pipeline.send(ADD, "x");
                    }
                    pipeline.commit();
                    assertThat(mine.get()).isTrue();
                    assertThat(isFree(lock)).as("its transaction is over in the database").isTrue();
                    assertThatThrownBy(() -> pipeline.send("select 1")).isInstanceOf(IllegalStateException.class);
                });
    }

    @Test
    void nothing_is_committed_if_a_statement_fails() {
        long lock = 7_302;
        QuarkusTransaction.begin();
        pipeline.send(LOCK, lock);
        pipeline.flush();
        pipeline.send("select 1 / ?", 0);
        assertThatThrownBy(pipeline::commit).hasStackTraceContaining("division by zero");
        assertThatThrownBy(this::shown).hasStackTraceContaining("current transaction is aborted");
        QuarkusTransaction.rollback();
        assertThat(isFree(lock)).isTrue();
    }

    private boolean isFree(long lock) {
        return QuarkusTransaction.requiringNew().call(() -> pipeline.ask(LOCK, PipelineTest::yes, lock).get());
    }

    private static boolean yes(ResultSet rows) throws SQLException {
        return rows.next() && rows.getBoolean(1);
    }
}
