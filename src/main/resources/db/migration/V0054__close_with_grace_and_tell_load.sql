-- Closing waits: until closes_at it can be taken back.
alter table tenant
    add column closes_at timestamptz,
    drop constraint tenant_status_known,
    add constraint tenant_status_known check (status in ('ACTIVE', 'SUSPENDED', 'CLOSING', 'CLOSED')),
    add constraint tenant_closing_has_end check ((status = 'CLOSING') = (closes_at is not null));

-- How much a tenant uses, for the operator, who enters no tenant: counted inside its walls, six numbers and no more.
create table tenant_load (
    id text not null constraint tenant_load_pk primary key constraint tenant_load_tenant_fk references tenant (id),
    sites bigint not null,
    members bigint not null,
    comments bigint not null,
    comments_last_day bigint not null,
    pending bigint not null,
    measured_at timestamptz not null
);
comment on table tenant_load is 'Directory: counts only, no content and no personal data.';
grant select, insert, update on tenant_load to parley_app;
