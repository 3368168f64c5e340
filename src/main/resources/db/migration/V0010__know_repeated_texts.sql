-- A 64-bit hash of the normalised text, for texts long enough that a repeat says something; null for the others.
alter table comment add column text_hash bigint;
create index comment_by_text on comment (tenant_id, text_hash, created_at) where text_hash is not null;
