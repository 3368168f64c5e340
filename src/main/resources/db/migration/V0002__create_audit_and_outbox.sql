create table audit_entry (
    tenant_id text not null constraint audit_entry_tenant_fk references tenant (id),
    id uuid not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_id text not null,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    detail text not null,
    constraint audit_entry_pk primary key (tenant_id, id)
);
comment on column audit_entry.detail is 'JSON kept as the text that was hashed. Never holds what must be erasable.';
call raise_wall('audit_entry');
grant select, insert on audit_entry to parley_app;

create table audit_link (
    tenant_id text not null,
    seq bigint not null,
    entry_id uuid not null,
    previous_hash bytea not null,
    hash bytea not null,
    sealed_at timestamptz not null,
    constraint audit_link_pk primary key (tenant_id, seq),
    constraint audit_link_entry_once unique (tenant_id, entry_id),
    constraint audit_link_entry_fk foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id)
);
comment on table audit_link is 'The chain over audit_entry, written by the sealer only.';
call raise_wall('audit_link');
grant select, insert on audit_link to parley_app;

create table outbox_event (
    tenant_id text not null constraint outbox_event_tenant_fk references tenant (id),
    id uuid not null,
    type text not null,
    subject_id uuid not null,
    version bigint not null,
    payload jsonb not null,
    created_at timestamptz not null,
    delivered_at timestamptz,
    attempts integer not null default 0,
    last_error text,
    constraint outbox_event_pk primary key (tenant_id, id)
);
create index outbox_event_undelivered on outbox_event (tenant_id, id) where delivered_at is null;
comment on table outbox_event is 'What must leave. No personal data, by schema of the payload records.';
call raise_wall('outbox_event');
grant select, insert, update, delete on outbox_event to parley_app;
