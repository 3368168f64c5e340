-- For the statistics of a span of days.
create index comment_by_time on comment (tenant_id, created_at);
