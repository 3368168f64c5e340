#!/bin/sh
# Run by PostgreSQL's image at the very first start: Parley's roles and database, and Keycloak's.
set -eu
psql --no-psqlrc -v ON_ERROR_STOP=1 -d postgres <<'SQL'
\set owner `cat /etc/parley/owner/password`
\set app `cat /etc/parley/app/password`
\set backup `cat /etc/parley/backup/password`
\set keycloak `cat /etc/parley/keycloak/password`
\o /dev/null
select set_config('parley.owner_password', :'owner', false), set_config('parley.app_password', :'app', false),
    set_config('parley.backup_password', :'backup', false);
\o
\i /etc/parley/bootstrap/roles.sql
create database parley owner parley_owner;
create role keycloak with login password :'keycloak';
create database keycloak owner keycloak;
revoke all on database keycloak from public;
\c parley
\i /etc/parley/bootstrap/database.sql
SQL
