-- Directory tables: what must be read before a tenant is known, or across tenants. They hold no content and no
-- personal data, and they are the only tables without a wall (CatalogueTest names them and refuses any other).

create table tenant (
    id text not null constraint tenant_pk primary key
        constraint tenant_id_is_slug check (id ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
    name text not null constraint tenant_name_size check (char_length(name) between 1 and 120),
    status text not null constraint tenant_status_known check (status in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
    created_at timestamptz not null,
    changed_at timestamptz not null
);
comment on table tenant is 'Directory. Rows are never deleted, so that a slug is never used twice.';

create table site_directory (
    site_key text not null constraint site_directory_pk primary key
        constraint site_directory_key_shape check (site_key ~ '^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$'),
    tenant_id text not null constraint site_directory_tenant_fk references tenant (id),
    site_id uuid not null
);
comment on table site_directory is 'Directory: public site key to tenant. Keys of closed tenants stay taken.';

create table site_origin (
    origin text not null,
    site_key text not null constraint site_origin_site_fk references site_directory (site_key),
    constraint site_origin_pk primary key (origin, site_key)
);
comment on table site_origin is 'Directory: web origin to site key.';

create table member_directory (
    subject text not null,
    tenant_id text not null constraint member_directory_tenant_fk references tenant (id),
    constraint member_directory_pk primary key (subject, tenant_id)
);
comment on table member_directory is 'Directory: subject of an OIDC token to the tenants it may enter. Says no role.';

grant select, insert, update on tenant to parley_app;
grant select, insert, update on site_directory to parley_app;
grant select, insert, delete on site_origin to parley_app;
grant select, insert, delete on member_directory to parley_app;
alter default privileges grant select on tables to parley_backup;
grant select on all tables in schema parley to parley_backup;

-- The wall. Every other table is passed to this procedure in the migration that creates it.
create procedure raise_wall(walled regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', walled);
    execute format('alter table %s force row level security', walled);
    execute format(
        'create policy tenant_wall on %s '
        'using (tenant_id = nullif(current_setting(''parley.tenant'', true), '''')) '
        'with check (tenant_id = nullif(current_setting(''parley.tenant'', true), ''''))', walled);
end
$$;
