create table label (
    tenant_id text not null constraint label_tenant_fk references tenant (id),
    id uuid not null,
    text_hash bytea not null constraint label_text_hash_size check (octet_length(text_hash) = 32),
    text text not null constraint label_text_not_empty check (text <> ''),
    language text not null constraint label_language_shape check (language ~ '^[a-z]{2,3}$'),
    scores jsonb not null,
    client_token text,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    constraint label_pk primary key (tenant_id, id),
    constraint label_text_once unique (tenant_id, text_hash)
);
comment on table label is 'Texts with what people said of them, to train with. Nothing of who wrote or who said so.';
comment on column label.text is 'Without email addresses and phone numbers.';
comment on column label.scores is 'Suggested probability, 0 to 1, by attribute; the last word on each.';
comment on column label.client_token is 'What the sender calls it, so that it can be found again.';
create index label_by_age on label (tenant_id, changed_at);
call raise_wall('label');
grant select, insert, update, delete on label to parley_app;
