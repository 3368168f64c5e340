-- Somebody who was invited to work for a tenant. The token is mailed; only its hash is kept.
create table invitation (
    tenant_id text not null constraint invitation_tenant_fk references tenant (id),
    id uuid not null,
    name text not null constraint invitation_name_size check (char_length(name) between 1 and 80),
    role text not null constraint invitation_role_known check (role in ('MODERATOR', 'ADMIN')),
    sites uuid[] not null,
    invited_by uuid not null,
    hash bytea constraint invitation_hash_size check (octet_length(hash) = 32),
    sendings integer not null,
    created_at timestamptz not null,
    lapses_at timestamptz not null,
    outcome text constraint invitation_outcome_known check (outcome in ('ACCEPTED', 'WITHDRAWN')),
    ended_at timestamptz,
    account_at timestamptz,
    constraint invitation_pk primary key (tenant_id, id),
    constraint invitation_hash_once unique (tenant_id, hash),
    constraint invitation_end_has_outcome check ((outcome is null) = (ended_at is null))
);
comment on column invitation.hash is 'SHA-256 of the random bytes that were mailed last; empty until the first mail is written.';
comment on column invitation.account_at is 'When the sign-in server was asked for an account: that happens once.';
create index invitation_by_end on invitation (tenant_id, lapses_at);
call raise_wall('invitation');
grant select, insert, update, delete on invitation to parley_app;

create table invitation_address (
    tenant_id text not null,
    invitation_id uuid not null,
    sealed bytea not null,
    constraint invitation_address_pk primary key (tenant_id, invitation_id),
    constraint invitation_address_invitation_fk foreign key (tenant_id, invitation_id)
        references invitation (tenant_id, id) on delete cascade
);
call raise_wall('invitation_address');
-- As with commenters: sealed addresses go in, and come out by the function below alone.
grant select (tenant_id, invitation_id), insert, delete on invitation_address to parley_app;

-- Hands out the sealed address of an invitation only to a transaction that has itself written the audit entry for it.
create function open_invited_address(invited uuid, entry uuid) returns bytea
    language sql stable security definer set search_path = parley, pg_temp as $$
    select a.sealed
    from invitation_address a
    join invitation i on i.tenant_id = a.tenant_id and i.id = a.invitation_id
    join audit_entry e on e.tenant_id = a.tenant_id and e.id = entry
    where a.tenant_id = nullif(current_setting('parley.tenant', true), '')
      and a.invitation_id = invited
      and i.outcome is null
      and e.subject_kind = 'invitation' and e.subject_id = invited::text
      and e.action = 'INVITATION_OPENED'
      and e.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text
$$;
revoke all on function open_invited_address(uuid, uuid) from public;
grant execute on function open_invited_address(uuid, uuid) to parley_app;

-- Their mails go the way of readers' mails.
alter table mail
    add column invitation_id uuid,
    alter column commenter_id drop not null,
    alter column site_id drop not null,
    drop constraint mail_kind_known,
    add constraint mail_kind_known check (kind in ('PROOF', 'LINK', 'REPLY', 'DECISION', 'INVITATION')),
    add constraint mail_invitation_fk foreign key (tenant_id, invitation_id) references invitation (tenant_id, id),
    add constraint mail_is_to_somebody check (
        case when kind = 'INVITATION' then invitation_id is not null and commenter_id is null and site_id is null
        else invitation_id is null and commenter_id is not null and site_id is not null end);
