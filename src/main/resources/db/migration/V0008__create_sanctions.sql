create table sanction (
    tenant_id text not null,
    id uuid not null,
    commenter_id uuid not null,
    lookup bytea not null,
    kind text not null constraint sanction_kind_known check (kind in ('BAN')),
    reason text not null,
    created_by text not null,
    created_at timestamptz not null,
    until timestamptz,
    lifted_at timestamptz,
    constraint sanction_pk primary key (tenant_id, id),
    constraint sanction_commenter_fk foreign key (tenant_id, commenter_id) references commenter (tenant_id, id)
);
create index sanction_by_lookup on sanction (tenant_id, lookup) where lifted_at is null;
call raise_wall('sanction');
grant select, insert, update on sanction to parley_app;
