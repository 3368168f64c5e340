create table commenter (
    tenant_id text not null constraint commenter_tenant_fk references tenant (id),
    id uuid not null,
    name text not null,
    website text,
    verified_at timestamptz,
    created_at timestamptz not null,
    constraint commenter_pk primary key (tenant_id, id)
);
comment on column commenter.id is 'Random (version 4), so that it says nothing about the address or the time.';
call raise_wall('commenter');
grant select, insert, update on commenter to parley_app;

create table commenter_address (
    tenant_id text not null,
    commenter_id uuid not null,
    sealed bytea not null,
    lookup bytea not null,
    constraint commenter_address_pk primary key (tenant_id, commenter_id),
    constraint commenter_address_commenter_fk foreign key (tenant_id, commenter_id) references commenter (tenant_id, id)
);
create index commenter_address_lookup on commenter_address (tenant_id, lookup);
call raise_wall('commenter_address');
-- The application writes sealed addresses but cannot read them back: opening goes through open_address below.
grant select (tenant_id, commenter_id, lookup), insert, delete on commenter_address to parley_app;

-- Hands out a sealed address only to a transaction that has itself written the audit entry for it.
create function open_address(commenter uuid, entry uuid) returns bytea
    language sql stable security definer set search_path = parley, pg_temp as $$
    select a.sealed
    from commenter_address a
    join audit_entry e on e.tenant_id = a.tenant_id and e.id = entry
    where a.tenant_id = nullif(current_setting('parley.tenant', true), '')
      and a.commenter_id = commenter
      and e.subject_kind = 'commenter' and e.subject_id = commenter::text
      and e.action = 'EMAIL_REVEALED'
      and e.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text
$$;
revoke all on function open_address(uuid, uuid) from public;
grant execute on function open_address(uuid, uuid) to parley_app;

create table comment (
    tenant_id text not null,
    id uuid not null,
    site_id uuid not null,
    article_id uuid not null,
    parent_id uuid,
    depth integer not null,
    commenter_id uuid not null,
    name text not null,
    status text not null constraint comment_status_known
        check (status in ('PUBLISHED', 'HELD', 'REJECTED', 'WITHDRAWN')),
    state_version bigint not null,
    revision integer not null,
    visible_revision integer,
    visible_replies integer not null default 0,
    statement_id uuid,
    spam boolean not null default false,
    network cidr,
    created_at timestamptz not null,
    edited_at timestamptz,
    constraint comment_pk primary key (tenant_id, id),
    constraint comment_site_fk foreign key (tenant_id, site_id) references site (tenant_id, id),
    constraint comment_article_fk foreign key (tenant_id, article_id) references article (tenant_id, id),
    constraint comment_parent_fk foreign key (tenant_id, parent_id) references comment (tenant_id, id),
    constraint comment_commenter_fk foreign key (tenant_id, commenter_id) references commenter (tenant_id, id),
    constraint comment_published_is_visible
        check (status <> 'PUBLISHED' or visible_revision is not distinct from revision),
    constraint comment_gone_is_invisible check (status not in ('REJECTED', 'WITHDRAWN') or visible_revision is null),
    -- DSA article 17: no restriction without a statement of reasons, but for spam.
    constraint comment_restriction_has_statement
        check (status not in ('HELD', 'REJECTED') or statement_id is not null or spam)
);
comment on column comment.network is 'Network of the sender, cut to /24 or /48; forgotten after 14 days.';
create index comment_roots on comment (tenant_id, article_id, id)
    where parent_id is null and (visible_revision is not null or visible_replies > 0);
create index comment_replies on comment (tenant_id, parent_id, id)
    where visible_revision is not null or visible_replies > 0;
create index comment_recent on comment (tenant_id, site_id, id) where visible_revision is not null;
create index comment_by_commenter on comment (tenant_id, commenter_id, id);
create index comment_with_network on comment (tenant_id, created_at) where network is not null;
call raise_wall('comment');
grant select, insert, update on comment to parley_app;

create table revision (
    tenant_id text not null,
    comment_id uuid not null,
    number integer not null,
    body text not null,
    language text not null,
    scores jsonb not null,
    signals jsonb not null,
    decision jsonb not null,
    created_at timestamptz not null,
    constraint revision_pk primary key (tenant_id, comment_id, number),
    constraint revision_comment_fk foreign key (tenant_id, comment_id) references comment (tenant_id, id)
);
call raise_wall('revision');
grant select, insert on revision to parley_app;

create table statement (
    tenant_id text not null,
    id uuid not null,
    comment_id uuid not null,
    revision integer not null,
    restriction text not null constraint statement_restriction_known check (restriction in ('HELD', 'REJECTED')),
    reasons jsonb not null,
    automated boolean not null,
    created_at timestamptz not null,
    constraint statement_pk primary key (tenant_id, id),
    -- Deferred: a comment and its statement name each other and are inserted in one transaction.
    constraint statement_comment_fk foreign key (tenant_id, comment_id) references comment (tenant_id, id)
        deferrable initially deferred
);
create index statement_by_comment on statement (tenant_id, comment_id, id);
comment on table statement is 'Statement of reasons for a restriction (DSA article 17): what, why, by machine or person.';
call raise_wall('statement');
grant select, insert on statement to parley_app;
alter table comment add constraint comment_statement_fk foreign key (tenant_id, statement_id)
    references statement (tenant_id, id) deferrable initially deferred;

create table queue_item (
    tenant_id text not null,
    comment_id uuid not null,
    site_id uuid not null,
    article_id uuid not null,
    revision integer not null,
    reasons text[] not null,
    language text not null,
    risk double precision not null,
    entered_at timestamptz not null,
    constraint queue_item_pk primary key (tenant_id, comment_id),
    constraint queue_item_comment_fk foreign key (tenant_id, comment_id) references comment (tenant_id, id)
);
create index queue_item_by_risk on queue_item (tenant_id, risk desc, comment_id);
create index queue_item_by_site_and_risk on queue_item (tenant_id, site_id, risk desc, comment_id);
create index queue_item_by_site on queue_item (tenant_id, site_id, comment_id);
call raise_wall('queue_item');
grant select, insert, update, delete on queue_item to parley_app;

create table idempotency (
    tenant_id text not null,
    id bytea not null,
    digest bytea not null,
    subject_id uuid not null,
    created_at timestamptz not null,
    constraint idempotency_pk primary key (tenant_id, id)
);
comment on table idempotency is 'Answered POSTs by keyed hash of endpoint and Idempotency-Key; kept 24 hours.';
create index idempotency_by_age on idempotency (tenant_id, created_at);
call raise_wall('idempotency');
grant select, insert, delete on idempotency to parley_app;
