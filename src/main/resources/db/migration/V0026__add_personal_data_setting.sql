alter table tenant_settings add column personal_data text not null default 'MASK'
    constraint tenant_settings_personal_data_known check (personal_data in ('MASK', 'HOLD', 'LEAVE'));
comment on column tenant_settings.personal_data is 'What happens to addresses and phone numbers that readers type into comments.';
