-- A tenant may have readers asked whether they want to say differently what would be held for how it reads.
alter table tenant_settings add column nudges boolean not null default false;
comment on column tenant_settings.nudges is 'Whether a comment that reads as hostile is first given back to its writer.';
