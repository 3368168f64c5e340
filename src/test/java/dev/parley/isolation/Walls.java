package dev.parley.isolation;

import dev.parley.tenant.HibernateWall;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.PostgresResource;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes one wall away, so that the other is seen to hold alone. */
enum Walls {
    BOTH,
    ROW_SECURITY_ALONE,
    HIBERNATE_ALONE,
    NONE;

    private static volatile boolean filterOff;

    /** As the migrations leave it. */
    private static boolean rowSecurityStands = true;

    void stand() throws SQLException {
        filterOff = this == ROW_SECURITY_ALONE || this == NONE;
        rowSecurity(this == BOTH || this == ROW_SECURITY_ALONE);
    }

    private static void rowSecurity(boolean on) throws SQLException {
        if (on == rowSecurityStands) {
            return;
        }
        try (var owner = PostgresResource.asOwner();
                var statement = owner.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var rows =
                    statement.executeQuery(
                            "select polrelid::regclass::text from pg_policy where polname = 'tenant_wall'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            if (tables.size() < 10) {
                throw new IllegalStateException("Only these tables have a wall: " + tables);
            }
            for (var table : tables) {
                statement.execute("alter table " + table + (on ? " enable" : " disable") + " row level security");
            }
        }
        rowSecurityStands = on;
    }

    /** Answers "root" when told to: then Hibernate filters nothing. */
    @Alternative
    @Priority(1)
    @PersistenceUnitExtension
    @Singleton
    static class Switchable extends HibernateWall {
        private static final String ROOT = "root";

        Switchable(TenantContext context) {
            super(context);
        }

        @Override
        public String resolveTenantId() {
            return filterOff ? ROOT : super.resolveTenantId();
        }

        @Override
        public boolean isRoot(String tenantId) {
            return ROOT.equals(tenantId);
        }
    }
}
