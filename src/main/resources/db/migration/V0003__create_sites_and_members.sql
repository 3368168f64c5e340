create table tenant_settings (
    tenant_id text not null constraint tenant_settings_tenant_fk references tenant (id),
    id integer not null constraint tenant_settings_only_one check (id = 1),
    reply_depth integer not null default 3
        constraint tenant_settings_reply_depth check (reply_depth between 0 and 8),
    edit_window_seconds integer not null default 300
        constraint tenant_settings_edit_window check (edit_window_seconds between 0 and 86400),
    hide_while_edit_is_held boolean not null default false,
    constraint tenant_settings_pk primary key (tenant_id, id)
);
call raise_wall('tenant_settings');
grant select, insert, update on tenant_settings to parley_app;

create table site (
    tenant_id text not null constraint site_tenant_fk references tenant (id),
    id uuid not null,
    key text not null,
    name text not null constraint site_name_size check (char_length(name) between 1 and 120),
    language text not null constraint site_language_shape check (language ~ '^[a-z]{2,3}$'),
    origins text[] not null,
    created_at timestamptz not null,
    constraint site_pk primary key (tenant_id, id),
    constraint site_key_once unique (tenant_id, key)
);
call raise_wall('site');
grant select, insert, update on site to parley_app;

create table member (
    tenant_id text not null constraint member_tenant_fk references tenant (id),
    id uuid not null,
    subject text not null,
    role text not null constraint member_role_known check (role in ('MODERATOR', 'ADMIN')),
    name text not null constraint member_name_size check (char_length(name) between 1 and 80),
    all_sites boolean not null,
    created_at timestamptz not null,
    constraint member_pk primary key (tenant_id, id),
    constraint member_subject_once unique (tenant_id, subject)
);
call raise_wall('member');
grant select, insert, update, delete on member to parley_app;

create table member_site (
    tenant_id text not null,
    member_id uuid not null,
    site_id uuid not null,
    constraint member_site_pk primary key (tenant_id, member_id, site_id),
    constraint member_site_member_fk foreign key (tenant_id, member_id) references member (tenant_id, id) on delete cascade,
    constraint member_site_site_fk foreign key (tenant_id, site_id) references site (tenant_id, id)
);
call raise_wall('member_site');
grant select, insert, delete on member_site to parley_app;
