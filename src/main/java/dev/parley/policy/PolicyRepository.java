package dev.parley.policy;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PolicyRepository implements PanacheRepositoryBase<Policy, UUID> {

    /** The version of each scope that is in force. */
    List<Policy> inForce(String tenant) {
        return getEntityManager()
                .createNativeQuery(
                        "select p.* from policy p where p.tenant_id = :tenant and p.version ="
                                + " (select max(q.version) from policy q where q.tenant_id = p.tenant_id"
                                + "  and q.scope = p.scope and q.scope_ref = p.scope_ref)"
                                + " order by p.scope, p.scope_ref",
                        Policy.class)
                .setParameter("tenant", tenant)
                .getResultList();
    }

    List<Policy> history(PolicyScope scope, String scopeRef) {
        return list("scope = ?1 and scopeRef = ?2 order by version desc", scope, scopeRef);
    }
}
