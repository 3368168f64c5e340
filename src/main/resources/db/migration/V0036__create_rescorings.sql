create table rescoring (
    tenant_id text not null constraint rescoring_tenant_fk references tenant (id),
    id uuid not null,
    scope text not null constraint rescoring_scope_known check (scope in ('UNSCORED', 'PENDING', 'ALL')),
    state text not null constraint rescoring_state_known check (state in ('RUNNING', 'DONE', 'CANCELLED')),
    requested_by text not null,
    models text not null,
    model_versions jsonb not null,
    total integer not null,
    done integer not null,
    failed integer not null,
    last_comment uuid,
    worker uuid,
    leased_until timestamptz,
    started_at timestamptz not null,
    finished_at timestamptz,
    constraint rescoring_pk primary key (tenant_id, id),
    constraint rescoring_end_has_time check ((state = 'RUNNING') = (finished_at is null))
);
comment on table rescoring is 'Jobs that score comments again, in the order of their ids.';
comment on column rescoring.requested_by is 'Subject of the member who asked, or parley where it began by itself.';
comment on column rescoring.last_comment is 'The last comment that was dealt with, by the transaction that did so.';
comment on column rescoring.worker is 'The process that works on it until leased_until; after that any other may.';
create unique index rescoring_one_at_a_time on rescoring (tenant_id) where state = 'RUNNING';
call raise_wall('rescoring');
grant select, insert, update on rescoring to parley_app;

create table rescoring_failure (
    tenant_id text not null,
    comment_id uuid not null,
    revision integer not null,
    rescoring_id uuid not null,
    models text not null,
    attempts integer not null,
    last_error text not null,
    failed_at timestamptz not null,
    constraint rescoring_failure_pk primary key (tenant_id, comment_id),
    constraint rescoring_failure_comment_fk foreign key (tenant_id, comment_id) references comment (tenant_id, id),
    constraint rescoring_failure_job_fk foreign key (tenant_id, rescoring_id) references rescoring (tenant_id, id)
);
comment on table rescoring_failure is 'Comments that could not be scored again while others could.';
comment on column rescoring_failure.last_error is 'Class, never a message: it could repeat the text.';
create index rescoring_failure_by_job on rescoring_failure (tenant_id, rescoring_id);
call raise_wall('rescoring_failure');
grant select, insert, update, delete on rescoring_failure to parley_app;
