-- For the console's lists: who did what since when, and how much was written under each article.
create index audit_entry_by_time on audit_entry (tenant_id, at);
create index audit_entry_by_actor on audit_entry (tenant_id, actor_id, id);
create index audit_entry_by_subject on audit_entry (tenant_id, subject_id, id);
create index comment_by_article on comment (tenant_id, article_id);
create index queue_item_by_article on queue_item (tenant_id, article_id);
