-- A tenant may have the texts of what was rejected or withdrawn erased after so many days.
alter table tenant_settings add column rejected_retention_days integer
    constraint tenant_settings_rejected_retention check (rejected_retention_days between 30 and 3650);
comment on column tenant_settings.rejected_retention_days is 'Null keeps those texts.';

-- As blank_revisions does for a commenter who had everything erased. Which comments are due is checked here again, from
-- the tenant's own settings, so that nobody can have other texts erased by it.
create function blank_rejected(comments uuid[], entry uuid) returns integer
    language sql volatile security definer set search_path = parley, pg_temp as $$
    with due as (
        select c.tenant_id, c.id
        from comment c, tenant_settings s, audit_entry e
        where c.tenant_id = nullif(current_setting('parley.tenant', true), '')
          and c.id = any (comments)
          and c.status in ('REJECTED', 'WITHDRAWN')
          and s.tenant_id = c.tenant_id
          and greatest(c.created_at, c.edited_at,
              (select max(t.created_at) from statement t where t.tenant_id = c.tenant_id and t.comment_id = c.id))
              < now() - make_interval(days => s.rejected_retention_days)
          and e.tenant_id = c.tenant_id and e.id = entry
          and e.subject_kind = 'tenant' and e.subject_id = c.tenant_id and e.action = 'TEXTS_ERASED'
          and e.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text),
    blanked as (
        update revision r
        set body = '', language = 'und', scores = 'null',
            signals = case when r.signals ? 'linkHosts' then jsonb_set(r.signals, '{linkHosts}', '[]') else r.signals end,
            decision = case when jsonb_typeof(r.decision -> 'reasons') = 'array' then
                jsonb_set(r.decision, '{reasons}',
                    (select coalesce(jsonb_agg(reason || '{"detail": ""}'), '[]')
                     from jsonb_array_elements(r.decision -> 'reasons') reason))
                else r.decision end
        from due
        where r.tenant_id = due.tenant_id and r.comment_id = due.id
        returning 1)
    select count(*)::integer from blanked
$$;
revoke all on function blank_rejected(uuid[], uuid) from public;
grant execute on function blank_rejected(uuid[], uuid) to parley_app;
create index revision_with_text on revision (tenant_id, comment_id) where body <> '';
