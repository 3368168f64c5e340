create table note (
    tenant_id text not null,
    id uuid not null,
    comment_id uuid not null,
    member_id uuid not null,
    text text not null,
    created_at timestamptz not null,
    constraint note_pk primary key (tenant_id, id),
    constraint note_comment_fk foreign key (tenant_id, comment_id) references comment (tenant_id, id)
);
create index note_by_comment on note (tenant_id, comment_id, id);
comment on table note is 'What moderators tell each other about a comment. Erasable, unlike the audit trail.';
call raise_wall('note');
grant select, insert, delete on note to parley_app;
