-- Timers and effects outside, scheduled in the transaction of the change they belong to.
create table due_work (
    position       bigint generated always as identity primary key,
    id             uuid        not null unique,
    kind           text        not null,
    subject        text        not null,
    due_at         timestamptz not null,
    ordering_key   text,
    payload        jsonb,
    once           boolean     not null default false,
    state          text        not null default 'OPEN'
        check (state in ('OPEN', 'DONE', 'FAILED', 'CANCELLED', 'SUPERSEDED')),
    attempt        integer     not null default 0,
    in_doubt       boolean     not null default false,
    lease_owner    uuid,
    lease_until    timestamptz,
    last_error     text,
    actor          jsonb       not null,
    causation_id   uuid,
    correlation_id uuid        not null,
    traceparent    text,
    created_at     timestamptz not null,
    finished_at    timestamptz,
    check ((lease_owner is null) = (lease_until is null)),
    check ((state = 'OPEN') = (finished_at is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- One waiting piece per kind and subject. A running one is outside: scheduling must neither wait for it nor be lost in it.
create unique index due_work_waiting on due_work (kind, subject) where state = 'OPEN' and lease_owner is null;
create unique index due_work_once on due_work (kind, subject) where once;
create index due_work_open on due_work (kind, subject, position) where state = 'OPEN';
create index due_work_due on due_work (kind, due_at, position) where state = 'OPEN';
create index due_work_ordering on due_work (ordering_key, position) where state = 'OPEN' and ordering_key is not null;
create index due_work_leased on due_work (lease_until) where state = 'OPEN' and lease_owner is not null;
create index due_work_finished on due_work (finished_at) where state <> 'OPEN';
create index due_work_state on due_work (state, position) where state <> 'DONE';
