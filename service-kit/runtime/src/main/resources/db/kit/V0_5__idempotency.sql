-- Responses of idempotent posts, stored in the transaction of the change and kept for a day.
create table idempotency_key (
    client     text        not null,
    route      text        not null,
    key        text        not null,
    body_hash  text        not null,
    status     integer     not null,
    headers    jsonb       not null,
    body       text,
    created_at timestamptz not null,
    primary key (client, route, key)
);

create index idempotency_key_age on idempotency_key (created_at);
