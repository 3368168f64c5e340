package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.coordinator.TxControl;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

/** How long a transaction may take is the database's to say, by its own timer. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class TransactionTimeTest {

    private static final String LIMIT = "idle_in_transaction_session_timeout";

    @Inject EntityManager entityManager;

    private Object ask(String sql) {
        return entityManager.createNativeQuery(sql).getSingleResult();
    }

    private Object limit() {
        return QuarkusTransaction.requiringNew().call(() -> ask("select current_setting('" + LIMIT + "')"));
    }

    @Test
    void the_transaction_manager_ends_none_by_the_clock_of_its_machine() {
        assertThat(TxControl.getDefaultTimeout()).as("0: none").isZero();
        assertThat(limit()).isEqualTo("1min");
    }

    @Test
    void one_in_which_nothing_comes_is_ended_by_the_database_and_its_connection_is_not_used_again() {
        assertThatThrownBy(() ->
                        QuarkusTransaction.requiringNew()
                                .run(() -> {
                                    ask("select set_config('" + LIMIT + "', '50ms', true)");
                                    try {
                                        Thread.sleep(500);
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                    ask("select 1");
                                }))
                .isInstanceOf(DatabaseGone.class)
                .hasStackTraceContaining("idle-in-transaction timeout");

        assertThat(limit()).isEqualTo("1min");
    }
}
