alter table queue_item add column escalated_at timestamptz, add column escalated_by uuid,
    add constraint queue_item_escalated_by_somebody check ((escalated_at is null) = (escalated_by is null));
comment on column queue_item.escalated_at is 'When a moderator passed it on: only admins decide on it then.';

create table queue_claim (
    tenant_id text not null,
    comment_id uuid not null,
    id uuid not null,
    member_id uuid not null,
    expires_at timestamptz not null,
    constraint queue_claim_pk primary key (tenant_id, comment_id),
    constraint queue_claim_known_by_id unique (tenant_id, id),
    constraint queue_claim_item_fk foreign key (tenant_id, comment_id) references queue_item (tenant_id, comment_id)
        on delete cascade
);
comment on table queue_claim is 'Who works on an item of the queue; lapses by itself.';
create index queue_claim_by_member on queue_claim (tenant_id, member_id);
call raise_wall('queue_claim');
grant select, insert, update, delete on queue_claim to parley_app;

create table moderation_decision (
    tenant_id text not null,
    id uuid not null,
    comment_id uuid not null,
    site_id uuid not null,
    member_id uuid not null,
    action text not null constraint moderation_decision_action_known
        check (action in ('APPROVE', 'REJECT', 'SPAM', 'ESCALATE')),
    reason text,
    revision integer not null,
    state_version_after bigint not null,
    before jsonb not null,
    batch_id uuid,
    entered_at timestamptz,
    decided_at timestamptz not null,
    undone_at timestamptz,
    undone_by uuid,
    constraint moderation_decision_pk primary key (tenant_id, id),
    constraint moderation_decision_comment_fk foreign key (tenant_id, comment_id) references comment (tenant_id, id),
    constraint moderation_decision_undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
comment on table moderation_decision is 'What moderators decided, and what it takes to undo it.';
comment on column moderation_decision.before is 'State, place in the queue and settled reports: codes, ids and times, no text.';
comment on column moderation_decision.entered_at is 'Since when the comment had waited; null if it was not in the queue.';
create index moderation_decision_by_time on moderation_decision (tenant_id, decided_at);
create index moderation_decision_by_comment on moderation_decision (tenant_id, comment_id);
create index moderation_decision_by_batch on moderation_decision (tenant_id, batch_id) where batch_id is not null;
call raise_wall('moderation_decision');
grant select, insert, update on moderation_decision to parley_app;
