package dev.parley.tenant;

/** Fired inside the transaction that closes a tenant, with its walls entered: features destroy what must go at once. */
public record TenantClosed(String tenant) {}
