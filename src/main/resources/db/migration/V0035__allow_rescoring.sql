-- Scores can be made again: after a failure of the scorer, and with newer models. What was written stays as it is: the
-- application may write over what was thought of a text, not over the text.
alter table revision add column models text;
comment on column revision.models is 'Short name of the set of models that made the scores; null if there are none, or if they are older than this column.';
grant update (language, scores, models, signals, decision) on revision to parley_app;
create index revision_unscored on revision (tenant_id, comment_id) where scores = 'null'::jsonb and body <> '';
