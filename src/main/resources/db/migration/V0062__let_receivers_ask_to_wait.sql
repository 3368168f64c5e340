-- A receiver of webhooks can ask by Retry-After not to be called for a while.
alter table webhook add column asked_until timestamptz;
comment on column webhook.asked_until is 'Until then the receiver asked not to be called; what was in the air by then may get through.';
