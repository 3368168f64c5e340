-- Models that a tenant's moderators taught, on top of the shipped ones.
create table own_model (
    tenant_id text not null constraint own_model_tenant_fk references tenant (id),
    id uuid not null,
    language text not null constraint own_model_language_shape check (language ~ '^[a-z]{2,3}$'),
    attribute text not null constraint own_model_attribute_shape check (attribute ~ '^[a-z_]{1,40}$'),
    state text not null constraint own_model_state_known
        check (state in ('CANDIDATE', 'ACTIVE', 'RETIRED', 'NOT_BETTER')),
    base text,
    version text not null,
    file bytea constraint own_model_file_size check (octet_length(file) <= 8388608),
    report jsonb not null,
    trained_at timestamptz not null,
    activated_at timestamptz,
    activated_by uuid,
    constraint own_model_pk primary key (tenant_id, id),
    constraint own_model_file_where_usable check ((state = 'NOT_BETTER') = (file is null)),
    constraint own_model_active_since check (state <> 'ACTIVE' or activated_at is not null)
);
comment on table own_model is 'Models learnt from decisions. A word is in one only if it is in comments of three addresses, or in as many suggested texts.';
comment on column own_model.base is 'Version of the shipped model that it stands on; null where there is none.';
comment on column own_model.file is 'An OpenNLP model; of one that is not better only its figures are kept.';
comment on column own_model.activated_by is 'The member who put it in force last; kept when they are gone.';
create unique index own_model_one_active on own_model (tenant_id, language, attribute) where state = 'ACTIVE';
call raise_wall('own_model');
grant select, insert, update, delete on own_model to parley_app;

create table own_training (
    tenant_id text not null constraint own_training_tenant_fk references tenant (id),
    id uuid not null,
    state text not null constraint own_training_state_known check (state in ('RUNNING', 'DONE', 'FAILED')),
    requested_by text not null,
    decisions integer not null,
    outcomes jsonb not null,
    leased_until timestamptz,
    started_at timestamptz not null,
    finished_at timestamptz,
    constraint own_training_pk primary key (tenant_id, id),
    constraint own_training_end_has_time check ((state = 'RUNNING') = (finished_at is null))
);
comment on table own_training is 'When models were taught from decisions, and what came of it: counts and ids, never a text.';
comment on column own_training.leased_until is 'Until when its process has to tell of progress; after that it has failed.';
create unique index own_training_one_at_a_time on own_training (tenant_id) where state = 'RUNNING';
call raise_wall('own_training');
grant select, insert, update on own_training to parley_app;
