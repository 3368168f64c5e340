create table article (
    tenant_id text not null,
    id uuid not null,
    site_id uuid not null,
    key text not null constraint article_key_shape check (key ~ '^[A-Za-z0-9._~-]+$' and length(key) <= 512),
    url text,
    title text,
    authors text[] not null default '{}',
    categories text[] not null default '{}',
    published_at timestamptz,
    provisional boolean not null,
    open boolean not null default true,
    comment_count integer not null default 0,
    thread_version bigint not null default 0,
    created_at timestamptz not null,
    constraint article_pk primary key (tenant_id, id),
    constraint article_site_fk foreign key (tenant_id, site_id) references site (tenant_id, id),
    constraint article_key_once unique (tenant_id, site_id, key)
);
comment on column article.provisional is 'Known from a reader''s request only: its metadata must not steer policy.';
comment on column article.thread_version is 'Counts visible changes of the thread; the ETag of its pages.';
call raise_wall('article');
grant select, insert, update on article to parley_app;
