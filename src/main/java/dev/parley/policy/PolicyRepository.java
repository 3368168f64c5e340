package dev.parley.policy;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PolicyRepository implements PanacheRepositoryBase<Policy, UUID> {

    /** The version of each scope that is in force. */
    List<Policy> inForce() {
        return list(
                "from Policy p where p.version = (select max(q.version) from Policy q"
                        + " where q.tenantId = p.tenantId and q.scope = p.scope and q.scopeRef = p.scopeRef)"
                        + " order by p.scope, p.scopeRef");
    }

    List<Policy> history(PolicyScope scope, String scopeRef) {
        return list("scope = ?1 and scopeRef = ?2 order by version desc", scope, scopeRef);
    }
}
