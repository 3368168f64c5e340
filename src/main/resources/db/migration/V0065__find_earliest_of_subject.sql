set lock_timeout = 0;
-- What an attempt left that was cut off; it would not be used, and be in the way of the next one.
drop index concurrently if exists outbox_event_order;
-- The relay hands over of each subject the earliest version first, and looks that up for each event that waits.
create index concurrently outbox_event_order on outbox_event (tenant_id, subject_id, version, id)
    where delivered_at is null;
