-- Few items are left to the admins; without this, finding them would walk through all that wait.
create index queue_item_escalated on queue_item (tenant_id, risk desc, comment_id) where escalated_at is not null;
