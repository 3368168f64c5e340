create table api_key_directory (
    public_id text not null constraint api_key_directory_pk primary key
        constraint api_key_directory_shape check (public_id ~ '^[a-z0-9]{16}$'),
    tenant_id text not null constraint api_key_directory_tenant_fk references tenant (id)
);
comment on table api_key_directory is 'Directory: the public part of an API key to its tenant. Rows stay, so that a part is never used twice.';
grant select, insert on api_key_directory to parley_app;

create table api_key (
    tenant_id text not null constraint api_key_tenant_fk references tenant (id),
    id uuid not null,
    public_id text not null,
    name text not null constraint api_key_name_size check (char_length(name) between 1 and 80),
    hash bytea not null constraint api_key_hash_size check (octet_length(hash) = 32),
    per_minute integer not null constraint api_key_per_minute_positive check (per_minute > 0),
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_on date,
    constraint api_key_pk primary key (tenant_id, id),
    constraint api_key_public_id_once unique (tenant_id, public_id)
);
comment on column api_key.hash is 'SHA-256 of the 32 random bytes of the secret part, as written: nobody gets the key back from it.';
comment on column api_key.created_by is 'The member who made it; kept when they are gone.';
comment on column api_key.last_used_on is 'The day in UTC, and no finer.';
create unique index api_key_name_once on api_key (tenant_id, name) where revoked_at is null;
call raise_wall('api_key');
grant select, insert, update on api_key to parley_app;
