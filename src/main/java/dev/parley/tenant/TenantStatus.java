package dev.parley.tenant;

/** Whether a tenant is served. All but active ones answer as if they were not there. */
public enum TenantStatus {
    ACTIVE,
    SUSPENDED,
    /** To be closed when its time of grace is over; until then it can be taken back. */
    CLOSING,
    CLOSED
}
