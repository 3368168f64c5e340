create table policy (
    tenant_id text not null constraint policy_tenant_fk references tenant (id),
    id uuid not null,
    scope text not null constraint policy_scope_known check (scope in ('TENANT', 'SITE', 'CATEGORY', 'ARTICLE')),
    scope_ref text not null,
    version integer not null,
    document jsonb not null,
    reason text not null,
    created_by text not null,
    created_at timestamptz not null,
    constraint policy_pk primary key (tenant_id, id),
    constraint policy_version_once unique (tenant_id, scope, scope_ref, version)
);
comment on table policy is 'Versions of policies: inserted, never changed. The highest version of a scope is in force.';
call raise_wall('policy');
grant select, insert on policy to parley_app;
