-- The database of Parley, inside it, as a superuser, after roles.sql. Can be run again.
-- Which role may do what with which column of a table is said by the migration that creates the table.

create schema if not exists parley authorization parley_owner;
grant usage on schema parley to parley_app, parley_backup;
revoke all on schema public from public;

do $bootstrap$
declare
    role_name text;
begin
    execute format('revoke all on database %I from public', current_database());
    foreach role_name in array array['parley_owner', 'parley_app', 'parley_backup'] loop
        execute format('grant connect on database %I to %I', current_database(), role_name);
        -- Only our own schema: a table slipped into another one is never found by name.
        execute format('alter role %I in database %I set search_path = parley', role_name, current_database());
    end loop;
end
$bootstrap$;
