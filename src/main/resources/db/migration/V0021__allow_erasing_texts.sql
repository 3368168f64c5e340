-- Revisions are insert-only for the application. What a commenter had erased is emptied by this function alone, and
-- only in a transaction that has itself written the audit entry for it. Reasons stay, without what they quote.
create function blank_revisions(commenter uuid, entry uuid) returns integer
    language sql volatile security definer set search_path = parley, pg_temp as $$
    with blanked as (
        update revision r
        set body = '', language = 'und', scores = 'null',
            signals = case when r.signals ? 'linkHosts' then jsonb_set(r.signals, '{linkHosts}', '[]') else r.signals end,
            decision = case when jsonb_typeof(r.decision -> 'reasons') = 'array' then
                jsonb_set(r.decision, '{reasons}',
                    (select coalesce(jsonb_agg(reason || '{"detail": ""}'), '[]')
                     from jsonb_array_elements(r.decision -> 'reasons') reason))
                else r.decision end
        from comment c, audit_entry e
        where r.tenant_id = nullif(current_setting('parley.tenant', true), '')
          and c.tenant_id = r.tenant_id and c.id = r.comment_id and c.commenter_id = commenter
          and e.tenant_id = r.tenant_id and e.id = entry
          and e.subject_kind = 'commenter' and e.subject_id = commenter::text
          and e.action = 'COMMENTER_ERASED'
          and e.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text
        returning 1)
    select count(*)::integer from blanked
$$;
revoke all on function blank_revisions(uuid, uuid) from public;
grant execute on function blank_revisions(uuid, uuid) to parley_app;
