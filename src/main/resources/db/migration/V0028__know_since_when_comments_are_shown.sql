alter table comment add column shown_from bigint;
comment on column comment.shown_from is 'The state version that readers saw first; null if they never saw any.';
create index comment_newest on comment (tenant_id, article_id, id) where visible_revision is not null;

do $backfill$
declare
    one text;
begin
    for one in select id from tenant loop
        perform set_config('parley.tenant', one, true);
        update comment set shown_from = 0 where tenant_id = one and visible_revision is not null;
    end loop;
    perform set_config('parley.tenant', '', true);
end
$backfill$;
