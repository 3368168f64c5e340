create table simulation (
    tenant_id text not null constraint simulation_tenant_fk references tenant (id),
    id uuid not null,
    state text not null constraint simulation_state_known check (state in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    scope text not null,
    scope_ref text not null,
    document jsonb not null,
    sites uuid[],
    requested_by text not null,
    total integer not null,
    done integer not null,
    result jsonb,
    leased_until timestamptz,
    created_at timestamptz not null,
    finished_at timestamptz,
    constraint simulation_pk primary key (tenant_id, id),
    constraint simulation_end_has_time check ((state = 'RUNNING') = (finished_at is null)),
    constraint simulation_result_when_done check ((state = 'DONE') = (result is not null))
);
comment on table simulation is 'Policies tried on the past. Holds counts and ids, never a text: texts are read when the result is.';
comment on column simulation.sites is 'The sites that it was limited to, as its member is; null: all.';
comment on column simulation.leased_until is 'Until when its process has to tell of progress; after that it has failed.';
create unique index simulation_one_at_a_time on simulation (tenant_id) where state = 'RUNNING';
call raise_wall('simulation');
grant select, insert, update on simulation to parley_app;
