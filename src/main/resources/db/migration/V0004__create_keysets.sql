create table tenant_keyset (
    tenant_id text not null constraint tenant_keyset_tenant_fk references tenant (id),
    purpose text not null constraint tenant_keyset_purpose_known
        check (purpose in ('ADDRESS', 'LOOKUP', 'TOKEN', 'AUDIT')),
    wrapped text not null,
    created_at timestamptz not null,
    constraint tenant_keyset_pk primary key (tenant_id, purpose)
);
comment on table tenant_keyset is 'Tink keysets, wrapped by the master key. Deleting the rows of a tenant makes its addresses unreadable.';
call raise_wall('tenant_keyset');
grant select, insert, delete on tenant_keyset to parley_app;
