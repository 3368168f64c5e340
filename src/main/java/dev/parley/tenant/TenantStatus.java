package dev.parley.tenant;

/** Whether a tenant is served. Suspended and closed tenants answer as if they were not there. */
public enum TenantStatus {
    ACTIVE,
    SUSPENDED,
    CLOSED
}
