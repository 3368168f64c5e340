-- A commenter who was merged stays as a sign that points to whom they became.
alter table commenter
    add column merged_into uuid,
    add column mails boolean not null default false,
    add column erased_at timestamptz,
    add constraint commenter_merged_into_fk foreign key (tenant_id, merged_into) references commenter (tenant_id, id),
    add constraint commenter_is_not_merged_into_itself check (merged_into <> id);
create index commenter_by_survivor on commenter (tenant_id, merged_into) where merged_into is not null;
comment on column commenter.merged_into is 'The proven commenter whom this one became; never one who was merged in turn.';
comment on column commenter.mails is 'True once the reader asked for mails, until they are switched off.';
comment on column commenter.erased_at is 'When the reader had everything erased; name and texts are gone since then.';

create table link (
    tenant_id text not null,
    id uuid not null,
    commenter_id uuid not null,
    site_id uuid not null,
    purpose text not null constraint link_purpose_known check (purpose in ('MANAGE', 'UNSUBSCRIBE')),
    hash bytea not null constraint link_hash_size check (octet_length(hash) = 32),
    created_at timestamptz not null,
    lapses_at timestamptz not null,
    constraint link_pk primary key (tenant_id, id),
    constraint link_commenter_fk foreign key (tenant_id, commenter_id) references commenter (tenant_id, id),
    constraint link_site_fk foreign key (tenant_id, site_id) references site (tenant_id, id),
    constraint link_hash_once unique (tenant_id, hash)
);
comment on column link.hash is 'SHA-256 of the 32 random bytes that were mailed: nobody gets the token back from it.';
create index link_by_commenter on link (tenant_id, commenter_id);
create index link_by_end on link (tenant_id, lapses_at);
call raise_wall('link');
grant select, insert, update, delete on link to parley_app;

create table link_request (
    tenant_id text not null,
    id uuid not null,
    site_id uuid not null,
    lookup bytea not null,
    created_at timestamptz not null,
    constraint link_request_pk primary key (tenant_id, id),
    constraint link_request_site_fk foreign key (tenant_id, site_id) references site (tenant_id, id)
);
comment on table link_request is 'Who asked for a link, known here or not, by keyed look-up; forgotten after a day.';
create index link_request_by_age on link_request (tenant_id, created_at);
call raise_wall('link_request');
grant select, insert, delete on link_request to parley_app;
