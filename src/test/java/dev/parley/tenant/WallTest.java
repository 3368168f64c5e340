package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/** The mapping of the composite key (ADR 0002) and both walls, seen from a repository. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class WallTest {

    @Inject TenantContext context;
    @Inject Tenants tenants;
    @Inject Sites sites;
    @Inject SiteRepository repository;
    @Inject EntityManager entityManager;
    @Inject AgroalDataSource source;

    @Test
    void a_row_of_another_tenant_is_not_found_by_id_and_not_changed() {
        tenant("wall-one");
        tenant("wall-two");
        UUID id = in("wall-one", () -> sites.create(site("wall-one-site")).id());

        assertThat(in("wall-one", () -> repository.findByIdOptional(id).isPresent())).isTrue();
        assertThat(in("wall-two", () -> repository.findByIdOptional(id).isPresent())).isFalse();
        assertThat(in("wall-two", () -> repository.update("name = 'x' where id = ?1", id))).isZero();
        assertThat(in("wall-one", () -> repository.update("name = 'x' where id = ?1", id))).isOne();
        in(
                "wall-one",
                () -> {
                    var s = repository.findById(id);
                    s.name = "y";
                    return 1;
                });
        in(
                "wall-one",
                () -> {
                    var s = repository.findById(id);
                    entityManager.detach(s);
                    s.name = "z";
                    entityManager.merge(s);
                    return 1;
                });
        assertThat(in("wall-one", () -> repository.findById(id).name)).isEqualTo("z");
        assertThat(in("wall-one", () -> sites.all())).hasSize(1);
    }

    @Test
    void a_connection_that_came_back_tells_the_next_one_nothing() {
        tenant("wall-left");
        in("wall-left", () -> sites.create(site("wall-left-site")));

        // Outside of transactions a thread gets its last connection again.
        assertThat(context.call("wall-left", () -> seen(source))).isEqualTo("wall-left sees 1");
        assertThat(seen(source)).isEqualTo(" sees 0");
        assertThat(in("wall-left", () -> seen(source))).isEqualTo("wall-left sees 1");
        assertThat(seen(source)).isEqualTo(" sees 0");
        assertThat(context.callForNobody(() -> QuarkusTransaction.requiringNew().call(() -> seen(source))))
                .isEqualTo(" sees 0");
    }

    @Test
    void a_tenant_ends_with_its_transaction_before_the_connection_is_back() {
        tenant("wall-ended");
        in("wall-ended", () -> sites.create(site("wall-ended-site")));

        context.call(
                "wall-ended",
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> {
                                    try (var connection = source.getConnection()) {
                                        assertThat(seen(connection)).isEqualTo("wall-ended sees 1");
                                        connection.unwrap(PgConnection.class).execSQLUpdate("commit");
                                        assertThat(seen(connection)).isEqualTo(" sees 0");
                                        return 0;
                                    } catch (SQLException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }));
    }

    private static String seen(DataSource source) {
        try (var connection = source.getConnection()) {
            return seen(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String seen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select coalesce(current_setting('parley.tenant', true), '') || ' sees '"
                                        + " || count(*) from site")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static NewSite site(String key) {
        return new NewSite(key, "A site", "en", List.of("http://localhost:1"));
    }

    private void tenant(String id) {
        in(id, () -> tenants.create(id, "Tenant " + id));
    }

    private <T> T in(String tenant, Supplier<T> work) {
        return context.call(tenant, () -> QuarkusTransaction.requiringNew().call(work::get));
    }
}
