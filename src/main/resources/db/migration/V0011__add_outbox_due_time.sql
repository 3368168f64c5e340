-- When an event that failed may be tried again.
alter table outbox_event add column due_at timestamptz;
comment on column outbox_event.due_at is 'Not before; null: at once.';
