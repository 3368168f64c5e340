package dev.parley.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The mapping of the composite key (ADR 0002) and both walls, seen from a repository. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class WallTest {

    @Inject TenantContext context;
    @Inject Tenants tenants;
    @Inject Sites sites;
    @Inject SiteRepository repository;
    @Inject EntityManager entityManager;

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
