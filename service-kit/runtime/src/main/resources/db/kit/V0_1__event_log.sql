-- A change of state and the event that tells of it are one row in one transaction: this row.
create table domain_event (
    position       bigint generated always as identity primary key,
    id             uuid        not null unique,
    topic          text        not null,
    type           text        not null,
    subject        uuid        not null,
    sequence       bigint      not null check (sequence > 0),
    occurred_at    timestamptz not null,
    actor          jsonb       not null,
    causation_id   uuid,
    correlation_id uuid        not null,
    traceparent    text,
    schema_version int         not null,
    data           jsonb       not null,
    personal       jsonb       not null,
    -- Cursors are (transaction, position), bounded by the oldest running transaction: identity order is not commit order.
    transaction_id xid8        not null default pg_current_xact_id(),
    unique (subject, sequence)
);

create index domain_event_cursor on domain_event (transaction_id, position);
create index domain_event_topic on domain_event (topic, position);

-- The last event taken in, per consumer and subject: small for ever, because it grows with subjects and not with events.
create table inbox (
    consumer      text   not null,
    subject       uuid   not null,
    last_sequence bigint not null,
    primary key (consumer, subject)
);

-- Events that cannot be handled, and the later ones of the same subject that wait behind them.
create table dead_letter (
    id             uuid        primary key,
    consumer       text        not null,
    subject        uuid,
    sequence       bigint,
    event_id       text,
    type           text,
    headers        jsonb       not null,
    value          bytea       not null,
    reason         text        not null,
    parked         boolean     not null,
    state          text        not null check (state in ('OPEN', 'REDRIVEN', 'DISCARDED')),
    arrived_at     timestamptz not null,
    settled_at     timestamptz
);

create index dead_letter_open on dead_letter (consumer, subject, sequence) where state = 'OPEN';
create index dead_letter_page on dead_letter (arrived_at desc, id desc);

-- While a projection is being rebuilt the live events wait; one row, because a service rebuilds as a whole.
create table rebuild_state (
    one          boolean     primary key default true check (one),
    run          uuid,
    running      boolean     not null default false,
    started_at   timestamptz,
    finished_at  timestamptz,
    taken_in     bigint      not null default 0,
    open_markers text[]      not null default '{}'
);

insert into rebuild_state default values;
