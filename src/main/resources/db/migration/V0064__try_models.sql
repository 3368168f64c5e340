-- A simulation may try a tenant's own model instead of a policy, or both.
alter table simulation add column model_id uuid;
alter table simulation alter column document drop not null;
comment on column simulation.model_id is 'The tenant''s own model that was tried; may be gone by now. Null: what scored the comments then.';
comment on column simulation.document is 'The policy that was tried; null: those in force.';
