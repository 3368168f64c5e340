package dev.parley.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.platform.DatabaseGone;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a row when its connection dies: never that there is none. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class DatabaseGoneTest {

    @Inject OutboxEventRepository repository;
    @Inject EntityManager entityManager;
    @Inject TenantContext context;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_connection_that_died_is_told_by_find_also_in_a_transaction_that_is_marked_for_rollback(boolean marked) {
        assertThrows(
                DatabaseGone.class,
                () ->
                        context.run(
                                "gazette",
                                () ->
                                        QuarkusTransaction.requiringNew()
                                                .run(() -> {
                                                    assertThat(repository.findByIdOptional(UUID.randomUUID()))
                                                            .isEmpty();
                                                    cut();
                                                    if (marked) {
                                                        QuarkusTransaction.setRollbackOnly();
                                                    }
                                                    repository.findByIdOptional(UUID.randomUUID());
                                                })));
    }

    private void cut() {
        var own = (Integer) entityManager.createNativeQuery("select pg_backend_pid()").getSingleResult();
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_terminate_backend(" + own + ", 10000)")) {
            assertThat(rows.next() && rows.getBoolean(1)).isTrue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
