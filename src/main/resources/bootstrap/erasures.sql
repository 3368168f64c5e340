-- All erasures that a database knows, as lines of the list that PARLEY_ERASURES_LOG names, for an installation that
-- keeps no such list: taken from the newest state that can be recovered, before an older one takes its place.
--
--   psql -XAtq -U parley_backup -d parley -f erasures.sql > erasures.log
--
-- Ids and times only.
select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || e.tenant_id || ' '
    || case e.action when 'COMMENTER_ERASED' then 'COMMENTER' else 'ADDRESS' end || ' ' || s.subject || ' .'
from parley.audit_entry e,
    lateral (
        select e.subject_id as subject
        union
        -- Whoever was one with them by then, and might not have been yet when the backup was made.
        select m.id from jsonb_array_elements_text(
            case e.action when 'COMMENTER_ERASED' then e.detail::jsonb -> 'merged' else '[]' end) as m (id)) s
where e.action in ('COMMENTER_ERASED', 'ADDRESS_ERASED')
union all
select to_char(t.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || t.id || ' TENANT ' || t.id || ' .'
from parley.tenant t
where t.status = 'CLOSED'
order by 1;
