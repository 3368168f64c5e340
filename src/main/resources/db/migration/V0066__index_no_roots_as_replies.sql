set lock_timeout = 0;
-- What an attempt left that was cut off; it would not be used, and be in the way of the next one.
drop index concurrently if exists comment_shown_replies;
-- The index before it held every comment that is no reply, too, with nothing for a parent.
create index concurrently comment_shown_replies on comment (tenant_id, parent_id, id)
    where parent_id is not null and (visible_revision is not null or visible_replies > 0);
drop index concurrently if exists comment_replies;
