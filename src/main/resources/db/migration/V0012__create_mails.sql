-- What is to be mailed, and what became of it. No address, no token, no text: all three are made when a mail is sent.
create table mail (
    tenant_id text not null,
    id uuid not null,
    kind text not null constraint mail_kind_known check (kind in ('PROOF', 'LINK', 'REPLY', 'DECISION')),
    commenter_id uuid not null,
    site_id uuid not null,
    article_id uuid,
    subjects uuid[] not null,
    others integer not null default 0 constraint mail_others_is_a_number check (others >= 0),
    language text not null constraint mail_language_known check (language in ('en', 'de', 'ar')),
    created_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    last_error text,
    outcome text constraint mail_outcome_known check (outcome in ('SENT', 'DROPPED', 'GIVEN_UP')),
    ended_at timestamptz,
    constraint mail_pk primary key (tenant_id, id),
    constraint mail_commenter_fk foreign key (tenant_id, commenter_id) references commenter (tenant_id, id),
    constraint mail_site_fk foreign key (tenant_id, site_id) references site (tenant_id, id),
    constraint mail_article_fk foreign key (tenant_id, article_id) references article (tenant_id, id),
    constraint mail_end_has_outcome check ((outcome is null) = (ended_at is null))
);
comment on column mail.subjects is 'Ids of the comments that the mail is about.';
comment on column mail.others is 'How many more answers there were than subjects names.';
comment on column mail.due_at is 'Not before. Moved on by each attempt before it begins, so that a killed sender''s mail comes again.';
comment on column mail.last_error is 'Class or reply code, never a message: servers repeat the recipient.';
create index mail_due on mail (tenant_id, due_at) where outcome is null;
create index mail_by_commenter on mail (tenant_id, commenter_id, created_at);
create index mail_by_end on mail (tenant_id, ended_at) where ended_at is not null;
call raise_wall('mail');
grant select, insert, update, delete on mail to parley_app;

-- Hands out a sealed address only to the transaction that has itself just claimed a mail to it which is not sent yet.
create function open_address_for_mail(commenter uuid, claimed uuid) returns bytea
    language sql stable security definer set search_path = parley, pg_temp as $$
    select a.sealed
    from commenter_address a
    join mail m on m.tenant_id = a.tenant_id and m.id = claimed and m.commenter_id = a.commenter_id
    where a.tenant_id = nullif(current_setting('parley.tenant', true), '')
      and a.commenter_id = commenter
      and m.outcome is null and m.attempts > 0
      and m.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text
$$;
revoke all on function open_address_for_mail(uuid, uuid) from public;
grant execute on function open_address_for_mail(uuid, uuid) to parley_app;
