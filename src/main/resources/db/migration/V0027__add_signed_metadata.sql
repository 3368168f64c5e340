alter table site add column secret_version integer not null default 1
    constraint site_secret_version_counts check (secret_version >= 1);
comment on column site.secret_version is 'The secret itself is derived from the tenant''s key and this number, never stored.';
alter table article add column metadata_issued_at timestamptz;
comment on column article.metadata_issued_at is 'When the metadata was signed or set by staff; null if only a reader told of it.';

-- What staff said before counts from when the article was made. Row security binds the owner too: tenant by tenant.
do $backfill$
declare
    one text;
begin
    for one in select id from tenant loop
        perform set_config('parley.tenant', one, true);
        update article set metadata_issued_at = created_at where tenant_id = one and not provisional;
    end loop;
    perform set_config('parley.tenant', '', true);
end
$backfill$;
