-- What the relay must not forget, one row per replication slot. The slot itself remembers how far it was read; this
-- row remembers that there was one, so that a missing or lost slot is noticed and the gap is sent from the table.
create table relay_state (
    slot                  text        primary key,
    -- Every event of a transaction below this one has reached the broker. Positions cannot say that: a late commit
    -- may carry an early position.
    relayed_below         xid8        not null default '0',
    -- The highest position that reached the broker; for people to look at.
    last_position         bigint      not null default 0,
    -- A slot was made anew: everything from relayed_below on is owed from the table before streaming goes on.
    refill_owed           boolean     not null default false,
    -- Transactions from here on began after the slot was there: the stream shows them. Null: not known, send all.
    refill_until          xid8,
    refills               int         not null default 0,
    -- What was acknowledged last before an orderly stop, because the server sends its last transaction once more.
    acknowledged_last     bigint[]    not null default '{}',
    slot_made_at          timestamptz
);

-- Runs that fill <topic>.rebuild for one consumer group. A running one holds an advisory lock, so that a run that died
-- with its process is told from a living one.
create table republish_run (
    id             uuid        primary key,
    topic          text        not null,
    consumer_group text        not null,
    state          text        not null check (state in ('RUNNING', 'DONE', 'FAILED')),
    sent           bigint      not null default 0,
    total          bigint      not null default 0,
    reason         text,
    started_at     timestamptz not null,
    finished_at    timestamptz
);

create unique index republish_run_running on republish_run (topic, consumer_group) where state = 'RUNNING';
