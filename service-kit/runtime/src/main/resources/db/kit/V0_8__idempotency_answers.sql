-- The body of an answer, which may hold personal data, is emptied long before its key is forgotten.
create index idempotency_key_answer on idempotency_key (created_at) where body is not null;
