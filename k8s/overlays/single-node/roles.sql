-- The three roles of a Parley database. Run once per server by a superuser, before the first start; running it again
-- changes nothing but the passwords that are given. Flyway never does this: it runs as parley_owner itself.
--
--   psql -d postgres <<'SQL'
--   set parley.owner_password = '…'; set parley.app_password = '…'; set parley.backup_password = '…';
--   \i roles.sql
--   create database parley owner parley_owner;
--   \c parley
--   \i database.sql
--   SQL
--
-- The passwords are settings of the session and not literals of these statements, so that no statement log holds them.

do $bootstrap$
declare
    wanted record;
    password text;
begin
    for wanted in
        select * from (values
            -- Owns the schema; migrations run as it. Row security binds it too, since the tables say FORCE.
            ('parley_owner', 'nobypassrls', 'parley.owner_password'),
            -- The application. Owns nothing, so that it can neither switch row security off nor grant itself anything.
            ('parley_app', 'nobypassrls', 'parley.app_password'),
            -- Dumps of all tenants. Never in the application's configuration.
            ('parley_backup', 'bypassrls', 'parley.backup_password')
        ) as role (name, row_security, password_setting)
    loop
        password := nullif(current_setting(wanted.password_setting, true), '');
        if not exists (select from pg_roles where rolname = wanted.name) then
            if password is null then
                raise exception 'Role % does not exist yet: set % first', wanted.name, wanted.password_setting;
            end if;
            execute format('create role %I', wanted.name);
        end if;
        execute format(
            'alter role %I with login nosuperuser nocreatedb nocreaterole noreplication %s',
            wanted.name, wanted.row_security);
        if password is not null then
            execute format('alter role %I with password %L', wanted.name, password);
        end if;
    end loop;
end
$bootstrap$;

grant pg_read_all_data to parley_backup;
