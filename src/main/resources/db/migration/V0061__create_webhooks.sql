-- Addresses of a tenant that are told of events. The secret is derived from the tenant's key, never stored.
create table webhook (
    tenant_id text not null constraint webhook_tenant_fk references tenant (id),
    id uuid not null,
    address text not null constraint webhook_address_size check (char_length(address) between 1 and 500),
    description text not null constraint webhook_description_size check (char_length(description) <= 200),
    events text[] not null constraint webhook_events_some check (cardinality(events) > 0),
    sites uuid[] not null,
    enabled boolean not null,
    disabled_because text constraint webhook_disabled_known check (disabled_because in ('STAFF', 'GONE', 'FAILING')),
    secret_version integer not null constraint webhook_secret_version_counts check (secret_version >= 1),
    previous_until timestamptz,
    failures integer not null default 0 constraint webhook_failures_is_a_number check (failures >= 0),
    failing_since timestamptz,
    retry_at timestamptz,
    created_by uuid not null,
    created_at timestamptz not null,
    constraint webhook_pk primary key (tenant_id, id),
    constraint webhook_off_has_cause check (enabled = (disabled_because is null)),
    constraint webhook_failing_has_start check ((failures > 0) = (failing_since is not null))
);
comment on column webhook.sites is 'Only events of these sites; empty: of all.';
comment on column webhook.previous_until is 'Until then the secret before the present one signs too.';
comment on column webhook.failures is 'Attempts that failed since the last one that did not.';
comment on column webhook.retry_at is 'Set while nothing but a trial now and then is sent, since too many attempts failed.';
comment on column webhook.created_by is 'The member who made it; kept when they are gone.';
call raise_wall('webhook');
grant select, insert, update, delete on webhook to parley_app;

-- What goes to them, and what became of it: the outbox of each webhook and its log.
create table webhook_delivery (
    tenant_id text not null,
    id uuid not null,
    webhook_id uuid not null,
    event_id uuid not null,
    type text not null,
    subject_id uuid not null,
    version bigint not null,
    payload text not null,
    state text not null constraint webhook_delivery_state_known check (state in ('WAITING', 'DELIVERED', 'DEAD')),
    attempts integer not null default 0,
    created_at timestamptz not null,
    due_at timestamptz not null,
    give_up_at timestamptz not null,
    last_status integer,
    last_failure text,
    attempted_at timestamptz,
    ended_at timestamptz,
    constraint webhook_delivery_pk primary key (tenant_id, id),
    constraint webhook_delivery_once unique (tenant_id, webhook_id, event_id, subject_id),
    constraint webhook_delivery_webhook_fk foreign key (tenant_id, webhook_id)
        references webhook (tenant_id, id) on delete cascade,
    constraint webhook_delivery_end_is_said check ((state = 'WAITING') = (ended_at is null))
);
comment on column webhook_delivery.event_id is 'Id of the outbox event that it was made of, once for each webhook and comment.';
comment on column webhook_delivery.subject_id is 'The comment. Of one comment only the earliest that waits is sent.';
comment on column webhook_delivery.payload is 'The signed JSON text: ids, codes and counters only.';
comment on column webhook_delivery.due_at is 'Not before. Moved on by each attempt before it begins, so that a killed sender''s delivery comes again.';
comment on column webhook_delivery.give_up_at is 'An attempt that fails after this is the last one.';
comment on column webhook_delivery.last_failure is 'A code, never a message or an answer of the receiver.';
create index webhook_delivery_due on webhook_delivery (tenant_id, webhook_id, due_at, id) where state = 'WAITING';
create index webhook_delivery_order on webhook_delivery (tenant_id, webhook_id, subject_id, version, id)
    where state = 'WAITING';
create index webhook_delivery_log on webhook_delivery (tenant_id, webhook_id, id);
create index webhook_delivery_by_state on webhook_delivery (tenant_id, webhook_id, state, id);
create index webhook_delivery_by_end on webhook_delivery (tenant_id, ended_at) where ended_at is not null;
call raise_wall('webhook_delivery');
grant select, insert, update, delete on webhook_delivery to parley_app;
