package dev.parley.identity;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Members and the sites they are limited to. */
@ApplicationScoped
class MemberRepository implements PanacheRepositoryBase<Member, UUID> {

    private final EntityManager entityManager;

    MemberRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<Member> bySubject(String tenant, String subject) {
        return entityManager
                .createNativeQuery(
                        "select * from member where tenant_id = :tenant and subject = :subject", Member.class)
                .setParameter("tenant", tenant)
                .setParameter("subject", subject)
                .getResultStream()
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    List<UUID> sitesOf(Member member) {
        return entityManager
                .createNativeQuery(
                        "select site_id from member_site where tenant_id = :tenant and member_id = :member"
                                + " order by site_id")
                .setParameter("tenant", member.tenantId)
                .setParameter("member", member.id)
                .getResultList();
    }

    /** Members of a served tenant with the sites that they are limited to: a row for each site, or one without. */
    @SuppressWarnings("unchecked")
    List<Object[]> standing(String tenant, Collection<UUID> members) {
        return entityManager
                .createNativeQuery(
                        "select m.id, m.name, m.role, m.all_sites, s.site_id from member m"
                                + " join tenant t on t.id = m.tenant_id and t.status = 'ACTIVE'"
                                + " left join member_site s on s.tenant_id = m.tenant_id and s.member_id = m.id"
                                + " and not m.all_sites"
                                + " where m.tenant_id = :tenant and m.id = any (cast(:members as uuid[]))",
                        Object[].class)
                .setParameter("tenant", tenant)
                .setParameter("members", members.toArray(UUID[]::new))
                .getResultList();
    }

    /** Ids of a tenant's admins, whom nobody else changes or removes until the transaction ends. */
    @SuppressWarnings("unchecked")
    List<UUID> lockAdmins(String tenant) {
        return entityManager
                .createNativeQuery(
                        "select id from member where tenant_id = :tenant and role = 'ADMIN' order by id for update")
                .setParameter("tenant", tenant)
                .getResultList();
    }

    /** Takes away which sites a member is limited to. */
    void unlimit(Member member) {
        entityManager
                .createNativeQuery("delete from member_site where tenant_id = :tenant and member_id = :member")
                .setParameter("tenant", member.tenantId)
                .setParameter("member", member.id)
                .executeUpdate();
    }

    void limit(Member member, UUID site) {
        entityManager
                .createNativeQuery(
                        "insert into member_site (tenant_id, member_id, site_id) values (:tenant, :member, :site)")
                .setParameter("tenant", member.tenantId)
                .setParameter("member", member.id)
                .setParameter("site", site)
                .executeUpdate();
    }

    void enterInDirectory(Member member) {
        entityManager
                .createNativeQuery(
                        "insert into member_directory (subject, tenant_id) values (:subject, :tenant)"
                                + " on conflict do nothing")
                .setParameter("subject", member.subject)
                .setParameter("tenant", member.tenantId)
                .executeUpdate();
    }

    void strikeFromDirectory(Member member) {
        entityManager
                .createNativeQuery("delete from member_directory where subject = :subject and tenant_id = :tenant")
                .setParameter("subject", member.subject)
                .setParameter("tenant", member.tenantId)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked")
    List<String> tenantsOf(String subject) {
        return entityManager
                .createNativeQuery(
                        "select d.tenant_id from member_directory d join tenant t on t.id = d.tenant_id"
                                + " where d.subject = :subject and t.status = 'ACTIVE' order by 1")
                .setParameter("subject", subject)
                .getResultList();
    }
}
