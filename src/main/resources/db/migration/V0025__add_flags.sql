create table flag (
    tenant_id text not null,
    id uuid not null,
    comment_id uuid not null,
    revision integer not null,
    reason text not null constraint flag_reason_known
        check (reason in ('SPAM', 'HARASSMENT', 'HATE', 'VIOLENCE', 'OFF_TOPIC', 'ILLEGAL', 'OTHER')),
    note text,
    network cidr,
    created_at timestamptz not null,
    outcome text not null constraint flag_outcome_known check (outcome in ('OPEN', 'UPHELD', 'DISMISSED', 'MOOT')),
    resolved_at timestamptz,
    constraint flag_pk primary key (tenant_id, id),
    constraint flag_comment_fk foreign key (tenant_id, comment_id) references comment (tenant_id, id),
    constraint flag_open_or_resolved check ((outcome = 'OPEN') = (resolved_at is null))
);
comment on table flag is 'Readers'' reports of comments.';
comment on column flag.id is 'Random (version 4): a repeated report is answered with it, and it must not say when the first one came.';
comment on column flag.network is 'Network of the sender, cut to /24 or /48; forgotten after 14 days.';
create index flag_by_comment on flag (tenant_id, comment_id, created_at);
create index flag_open on flag (tenant_id, comment_id) where outcome = 'OPEN';
create index flag_with_network on flag (tenant_id, created_at) where network is not null;
call raise_wall('flag');
grant select, insert, update on flag to parley_app;

-- Reports of what a moderator has approved do not bring it back.
alter table comment add column approved_revision integer;
comment on column comment.approved_revision is 'The newest revision that a moderator approved; null if none.';
