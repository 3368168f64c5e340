-- For what a moderator is shown with each comment, which must not cost more where many wait.
-- Whether its commenter is banned: a sanction of one whose address was erased is known by the commenter alone.
create index sanction_by_commenter on sanction (tenant_id, commenter_id);
-- What answers it, whatever became of that; without this, finding out that nothing does walked through all comments.
create index comment_by_parent on comment (tenant_id, parent_id, id) where parent_id is not null;
-- What was written just before and after it under the article; this counts what is there as the old one did.
drop index comment_by_article;
create index comment_by_article on comment (tenant_id, article_id, id);
