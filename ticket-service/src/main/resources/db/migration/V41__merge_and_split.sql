-- Aliases of a ticket are found from their survivor; chains are followed.
create index ticket_aliases on ticket (merged_into) where merged_into is not null;

-- The merges that stand. What was undone is in the history.
create table ticket_merge (
    ticket_id      uuid        primary key references ticket,
    survivor_id    uuid        not null references ticket,
    merged_at      timestamptz not null,
    merged_by      uuid,
    merged_by_name text,
    -- Since when the survivor's customer had been waiting before, and what the merge made of it.
    waiting_before timestamptz,
    waiting_after  timestamptz
);

create index ticket_merge_survivor on ticket_merge (survivor_id);

create table ticket_split (
    ticket_id uuid        primary key references ticket,
    origin_id uuid        not null references ticket,
    split_at  timestamptz not null
);

create index ticket_split_origin on ticket_split (origin_id);

-- Messages that were copied into a split-off ticket. When the two are merged again, only the original is shown.
create table message_copy (
    message_id  uuid primary key references message,
    original_id uuid not null references message
);
