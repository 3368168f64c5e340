-- What waits in each tenant's queue and outbox, counted inside its walls about once a minute by whichever replica comes
-- first: every replica reports these numbers, and none counts at a scrape.
create table tenant_backlog (
    id text not null constraint tenant_backlog_pk primary key
        constraint tenant_backlog_tenant_fk references tenant (id),
    pending bigint not null,
    pending_since timestamptz,
    undelivered bigint not null,
    undelivered_since timestamptz,
    given_up bigint not null,
    measured_at timestamptz not null,
    constraint tenant_backlog_pending_since_then check ((pending = 0) = (pending_since is null)),
    constraint tenant_backlog_undelivered_since_then check ((undelivered = 0) = (undelivered_since is null))
);
comment on table tenant_backlog is 'Directory: counts and ages only, no content and no personal data.';
grant select, insert, update on tenant_backlog to parley_app;
